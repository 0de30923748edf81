// The drawing itself, by vis-network: positions come with the page, nothing moves by itself.
let network = null;
let nodeSet = null;
let lineSet = null;
let START = new Map(); // node number → what the page was made with (position, size, own colours)
let OWN_LINES = new Map();

const MANY_LINES = 700;

function startPicture(made) {
  for (const node of made.nodes) {
    const known = G.byId.get(node.id);
    if (!known) continue;
    START.set(known.i, node);
    drawn.set(known.i, { x: node.x, y: node.y });
  }
  for (const line of made.edges) OWN_LINES.set(line.id, line);
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
}

const sizeOf = (node) => 9 + Math.min(20, 3.2 * Math.sqrt(DEGREE.get(node) || 0));

function nodeLook(node, set, colours) {
  const { category } = G.nodes[node];
  const made = START.get(node) || {};
  const dim = set && !set.has(node);
  const chosen = node === S.node || (S.path && S.path.includes(node));
  const own = typeof made.color === "string" ? made.color : null;
  return {
    id: node, ...drawn.get(node), shape: made.shape || META.categories[category].shape, size: sizeOf(node) * (META.categories[category].colour ? 1 : 0.72),
    color: { background: dim ? colours.dim : own || fillOf(category, colours), border: dim ? colours.dim : colours.outline },
    borderWidth: chosen ? 3.2 : META.categories[category].colour ? 1.2 : 2, hidden: !isShown(node),
  };
}

function lineLook(line, set, colours) {
  const stroke = strokeOf(line.stance);
  const on = lineIsLit(line, set);
  const n = line.statements.length;
  const own = OWN_LINES.get(line.name) || {};
  const arrow = { enabled: true, scaleFactor: set && on ? 0.36 : 0.5 };
  return {
    id: line.name, from: line.a, to: line.b, width: stroke.width * (1 + Math.min(1.2, Math.log2(n) / 4)) * (set && on ? 1.35 : 1),
    dashes: line.disputed ? [5, 4] : stroke.dashes.length ? stroke.dashes : false,
    color: { color: line.disputed ? inkOf("denied", colours) : inkOf(line.stance, colours), opacity: on ? 1 : 0.13 },
    arrows: LINES.size > MANY_LINES && !(set && on) ? { to: false, from: false } : { to: line.forward ? arrow : false, from: line.back ? arrow : false },
    smooth: line.bend ? { enabled: true, type: line.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(line.bend) } : false,
    ...(own.color ? { color: own.color } : {}), ...(own.width ? { width: own.width } : {}),
  };
}

// Bring the picture in line with the state: only what differs is touched.
function redraw() {
  findLines();
  const [set, colours] = [lit(), palette()];
  network.setOptions({ interaction: { hideEdgesOnDrag: LINES.size > MANY_LINES, hideEdgesOnZoom: LINES.size > MANY_LINES } });
  const nodes = [...drawn.keys()].map((n) => nodeLook(n, set, colours));
  const lines = [...LINES.values()].map((l) => lineLook(l, set, colours));
  const keep = new Set(LINES.keys());
  lineSet.remove(lineSet.getIds().filter((id) => !keep.has(id)));
  nodeSet.update(nodes);
  lineSet.update(lines);
  const over = byId("over");
  over.hidden = LINES.size > 0;
  over.textContent = say("nothing_left");
  describePicture(nodes.filter((n) => !n.hidden).length);
}

function describePicture(shown) {
  const counts = { nodes: count(shown), links: count(LINES.size), total: count(G.nodes.length) };
  byId("summary").textContent = say("canvas", counts);
  byId("foot").textContent = `${say("shown", counts)} · ${say("credit")}`;
}

// --- moving the view ---------------------------------------------------------

function fitTo(nodes, closest = 1.2) {
  const shown = nodes.filter((n) => drawn.has(n) && isShown(n));
  if (!shown.length) return;
  network.fit({ nodes: shown, maxZoomLevel: closest, minZoomLevel: 0.05, animation: calm() ? false : { duration: 350, easingFunction: "easeInOutQuad" } });
}

function fitAll(animated = true) {
  const shown = [...drawn.keys()].filter(isShown);
  if (!shown.length) return;
  network.fit({ nodes: shown, maxZoomLevel: 1.5, minZoomLevel: 0.02, animation: animated && !calm() ? { duration: 350, easingFunction: "easeInOutQuad" } : false });
}

function zoomBy(factor) {
  network.moveTo({ scale: Math.min(6, Math.max(0.02, network.getScale() * factor)), animation: calm() ? false : { duration: 150 } });
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

function clicked(event) {
  hideTip();
  if (event.nodes.length) pickNode(event.nodes[0]);
  else if (event.edges.length) chooseLine(event.edges[0]);
  else clearChoice();
}
