// The drawing itself, by vis-network: positions come with the page, nothing moves by itself.
let network = null;
let nodeSet = null;
let lineSet = null;
let START = new Map(); // node number → what the page was made with (position, size, own colours)
let OWN_LINES = new Map();

const MANY_LINES = 700;
const BESIDE = 74; // room for names beside and below the outer signs
const BELOW = 40;
const MOST_SPREAD = 1.5;

function startPicture(made) {
  for (const node of made.nodes) {
    const known = G.byId.get(node.id);
    if (!known) continue;
    START.set(known.i, node);
    drawn.set(known.i, { x: node.x, y: node.y });
  }
  for (const line of made.edges) OWN_LINES.set(line.id, line);
  fillFrame();
  nodeSet = new vis.DataSet();
  lineSet = new vis.DataSet();
  const options = {
    ...made.options,
    autoResize: true,
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: true, tooltipDelay: 1e9, keyboard: false, multiselect: false, selectConnectedEdges: false, hideEdgesOnDrag: false, hideEdgesOnZoom: false },
    nodes: { chosen: false, borderWidth: 1.2 },
    edges: { chosen: false, smooth: false, selectionWidth: 0, hoverWidth: 0, arrowStrikethrough: false },
  };
  network = new vis.Network(byId("graph"), { nodes: nodeSet, edges: lineSet }, options);
  window.network = network;
  // The frame around the canvas is the one stop for the keyboard, not the canvas within.
  byId("graph").querySelectorAll("[tabindex]").forEach((inner) => inner.setAttribute("tabindex", "-1"));
  network.on("afterDrawing", drawLabels);
  network.on("click", (event) => clicked(event));
  network.on("doubleClick", (event) => event.nodes.length && showNeighbours(event.nodes[0]));
  network.on("dragEnd", (event) => event.nodes.forEach((n) => drawn.set(n, network.getPosition(n))));
  network.on("hoverNode", (event) => showTip(nodeTip(event.node), event.event));
  network.on("hoverEdge", (event) => showTip(lineTip(event.edge), event.event));
  for (const gone of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(gone, hideTip);
  network.on("dragStart", () => { moving = true; });
  network.on("dragEnd", () => { moving = false; network.redraw(); });
  network.on("zoom", () => settleSoon());
}

// Spread what is shown at first over the frame, whether it is wide or high; nothing comes closer together.
function fillFrame() {
  findLines();
  const points = [...drawn].filter(([n]) => DEGREE.has(n)).map(([, p]) => p);
  const [wide, high] = ["x", "y"].map((k) => points.reduce((m, p) => Math.max(m, p[k]), -Infinity) - points.reduce((m, p) => Math.min(m, p[k]), Infinity));
  const frame = byId("graph").getBoundingClientRect();
  if (!(wide > 0 && high > 0 && frame.width > 2 * BESIDE && frame.height > 2 * BELOW)) return;
  const ratio = ((frame.width - 2 * BESIDE) / (frame.height - 2 * BELOW)) * (high / wide);
  const [fx, fy] = ratio > 1 ? [Math.min(MOST_SPREAD, ratio), 1] : [1, Math.min(MOST_SPREAD, 1 / ratio)];
  drawn.forEach((p, n) => drawn.set(n, { x: p.x * fx, y: p.y * fy }));
}

// While names travel they are not placed anew; when the picture has come to rest they are, and strokes fit the new size.
let settling = 0;
function settleSoon(wait = 160) {
  moving = true;
  clearTimeout(settling);
  settling = setTimeout(settle, wait);
}

function settle() {
  moving = false;
  if (Math.abs(Math.log(strokeScale() / drawnScale)) > 0.12) redraw();
  else network.redraw();
}

// Each change would draw the whole picture anew: all of them are made, then it is drawn once.
function atOnce(change) {
  const tell = (word) => network.body.emitter.emit(word);
  const { renderer } = network;
  const soon = renderer.redrawRequested;
  tell("_blockRedraw");
  try { change(); } finally { tell("_allowRedraw"); }
  // To allow it forgets what was asked for before.
  if (soon) renderer.redrawRequested = true;
  else tell("_requestRedraw");
}

// Strokes keep their thickness on the screen when the picture is far away; in crowded pictures they are thinner.
let drawnScale = 1;
const strokeScale = () => Math.min(3, Math.max(1, 0.95 / network.getScale()));
const crowded = () => LINES.size > FEW_LINES;

const sizeOf = (node) => 9 + Math.min(20, 3.2 * Math.sqrt(DEGREE.get(node) || 0));
// Signs shrink with the picture, but not beyond what can still be told apart.
const shownSize = (node) => sizeOf(node) * Math.min(1.9, Math.max(1, 0.62 / network.getScale()));

function nodeLook(node, set, colours) {
  const { category } = G.nodes[node];
  const made = START.get(node) || {};
  const dim = set && !set.has(node);
  const chosen = node === S.node || (S.path && S.path.includes(node));
  const own = made.color && (made.color.background || made.color);
  const size = made.size || shownSize(node) * (META.categories[category].colour ? 1 : 0.72);
  return {
    id: node, ...drawn.get(node), shape: made.shape || META.categories[category].shape, size,
    color: { background: dim ? colours.dim : own || fillOf(category, colours), border: dim ? colours.dim : colours.outline },
    borderWidth: chosen ? 3.2 : META.categories[category].colour ? 1.2 : 2, hidden: !isShown(node),
  };
}

function lineLook(line, set, colours) {
  const stroke = strokeOf(line.stance);
  const on = lineIsLit(line, set);
  const n = line.statements.length;
  const own = OWN_LINES.get(line.name) || {};
  const arrow = { enabled: true, scaleFactor: (set && on ? 0.42 : crowded() ? 0.4 : 0.55) * Math.sqrt(drawnScale) };
  const dashes = line.disputed ? [5, 4] : stroke.dashes;
  const width = stroke.width * (1 + Math.min(1.2, Math.log2(n) / 4)) * (set && on ? 1.35 : crowded() ? 0.6 : 1);
  return {
    id: line.name, from: line.a, to: line.b, width: width * drawnScale,
    dashes: dashes.length ? dashes.map((d) => d * drawnScale) : false,
    color: { color: line.disputed ? inkOf("denied", colours) : inkOf(line.stance, colours), opacity: on ? (crowded() && !set ? 0.7 : 1) : 0.13 },
    arrows: LINES.size > MANY_LINES && !(set && on) ? { to: false, from: false } : { to: line.forward ? arrow : false, from: line.back ? arrow : false },
    smooth: line.bend ? { enabled: true, type: line.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(line.bend) } : false,
    ...(own.color ? { color: own.color } : {}), ...(own.width ? { width: own.width } : {}),
  };
}

let linesHide = false;
function hideWhileMoving(wanted) {
  if (wanted === linesHide) return;
  linesHide = wanted;
  network.setOptions({ interaction: { hideEdgesOnDrag: wanted, hideEdgesOnZoom: wanted } });
}

// Bring the picture in line with the state: only what differs is touched.
function redraw() {
  findLines();
  drawnScale = strokeScale();
  const [set, colours] = [lit(), palette()];
  const nodes = [...drawn.keys()].map((n) => nodeLook(n, set, colours));
  const lines = [...LINES.values()].map((l) => lineLook(l, set, colours));
  const keep = new Set(LINES.keys());
  atOnce(() => {
    hideWhileMoving(LINES.size > MANY_LINES);
    lineSet.remove(lineSet.getIds().filter((id) => !keep.has(id)));
    nodeSet.update(nodes);
    lineSet.update(lines);
    // A sign that does not know yet where it stands counts as out of sight, and one drawing would pass it over.
    network.body.emitter.emit("_resizeNodes");
  });
  const over = byId("over");
  const shown = nodes.filter((n) => !n.hidden).length;
  over.hidden = shown > 0;
  over.textContent = say(G.statements.length ? "nothing_left" : "empty");
  describePicture(shown);
}

function describePicture(shown) {
  const counts = { nodes: shown, links: LINES.size, total: G.nodes.length };
  byId("summary").textContent = say("canvas", counts);
  byId("foot").textContent = [G.nodes.length ? say("shown", counts) : "", say("credit")].filter(Boolean).join(" · ");
}

// --- moving the view ---------------------------------------------------------

// The part of the picture that nothing covers: on phones and in other pages details lie over it, at first a hint.
function freeArea() {
  const picture = byId("graph").getBoundingClientRect();
  const panel = byId("panel").getBoundingClientRect();
  const area = { left: 0, top: 0, right: picture.width, bottom: picture.height };
  if (panel.width && panel.top < picture.bottom && panel.bottom > picture.top && panel.left < picture.right && panel.right > picture.left) {
    if (panel.left - picture.left > 40) area.right = panel.left - picture.left;
    else area.bottom = Math.max(140, panel.top - picture.top);
  }
  const hint = byId("hint").getBoundingClientRect();
  // On phones it lies over the lower edge, and the picture is small enough without giving way.
  if (hint.height && hint.top - picture.top < picture.height / 2) area.top = hint.bottom - picture.top;
  return area;
}

function fitTo(nodes, { closest = 1.2, animated = true, then = settle } = {}) {
  const shown = nodes.filter((n) => drawn.has(n) && isShown(n)).map((n) => ({ ...drawn.get(n), r: sizeOf(n) }));
  if (!shown.length) return;
  const edge = (pick, sign) => sign * shown.reduce((m, p) => Math.max(m, sign * p[pick] + p.r), -Infinity);
  const [left, right, top, bottom] = [edge("x", -1), edge("x", 1), edge("y", -1), edge("y", 1)];
  const area = freeArea();
  const [wide, high] = [area.right - area.left, area.bottom - area.top];
  const beside = Math.min(BESIDE, wide * 0.14);
  const scale = Math.max(0.02, Math.min(closest, (wide - 2 * beside) / (right - left), (high - 2 * BELOW) / (bottom - top)));
  const picture = byId("graph").getBoundingClientRect();
  const offset = { x: (area.left + area.right - picture.width) / 2, y: (area.top + area.bottom - picture.height) / 2 };
  moveView({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, offset }, animated ? 350 : 0, then);
}

const fitAll = (options = {}) => fitTo([...drawn.keys()], { closest: 1.5, ...options });

function zoomBy(factor) {
  moveView({ scale: Math.min(6, Math.max(0.02, network.getScale() * factor)) }, 150);
}

// `then` runs at once where nothing moves; on the way the picture settles when it has arrived.
function moveView(target, duration, then = settle) {
  const still = !duration || calm();
  network.moveTo({ ...target, animation: still ? false : { duration, easingFunction: "easeInOutQuad" } });
  if (still) then();
  else settleSoon(duration + 60);
}

// --- hints under the mouse -----------------------------------------------------

function nodeTip(node) {
  return [named(G.nodes[node].name, "strong"), ` ${G.nodes[node].kind}`];
}

function lineTip(name) {
  const line = LINES.get(name);
  if (!line) return [];
  const s = G.statements[line.statements[0]];
  const more = line.statements.length - 1;
  return [named(G.nodes[s.subject].name, "strong"), ` ${s.phrase} `, named(G.nodes[s.object].name, "strong"), more ? ` (+${count(more)})` : "", line.disputed ? ` · ${say("disputed")}` : ""];
}

function showTip(parts, event) {
  if (!parts.length) return;
  const tip = refill(byId("tip"), parts);
  const box = byId("picture").getBoundingClientRect();
  tip.hidden = false;
  const x = Math.min(event.clientX - box.left + 14, box.width - tip.offsetWidth - 8);
  tip.style.left = `${Math.max(4, x)}px`;
  tip.style.top = `${Math.max(4, event.clientY - box.top - tip.offsetHeight - 10)}px`;
  byId("graph").style.cursor = "pointer";
}

function hideTip() {
  byId("tip").hidden = true;
  byId("graph").style.cursor = "";
}

const NEAR = 14; // pixels around a sign or a line that still count as hit

// What lies under the finger, or close to it: lines are thin.
function hit({ nodes, edges, pointer }) {
  if (nodes.length) return { node: nodes[0] };
  const at = pointer.DOM;
  const far = (p) => Math.hypot(p.x - at.x, p.y - at.y);
  const project = (p) => network.canvasToDOM(p);
  const scale = network.getScale();
  const near = [...drawn.keys()].filter(isShown).map((n) => [far(project(drawn.get(n))) - shownSize(n) * scale, n]).sort((a, b) => a[0] - b[0])[0];
  if (near && near[0] < NEAR / 2) return { node: near[1] };
  if (edges.length) return { line: edges[0] };
  const lines = [...LINES.values()].map((line) => [distanceTo(line, at, project), line.name]).sort((a, b) => a[0] - b[0])[0];
  if (lines && lines[0] < NEAR) return { line: lines[1] };
  return near && near[0] < NEAR ? { node: near[1] } : {};
}

// How far a point is from a line, measured at stations along its bow.
function distanceTo(line, at, project) {
  const { a, b, via } = middleOf(line, project);
  let least = Infinity;
  for (let t = 0; t <= 1; t += 0.04) {
    const [x, y] = ["x", "y"].map((k) => (1 - t) * (1 - t) * a[k] + 2 * t * (1 - t) * via[k] + t * t * b[k]);
    least = Math.min(least, Math.hypot(x - at.x, y - at.y));
  }
  return least;
}

function clicked(event) {
  hideTip();
  const { node, line } = hit(event);
  if (node !== undefined) pickNode(node);
  else if (line !== undefined) chooseLine(line);
  else clearChoice();
}
