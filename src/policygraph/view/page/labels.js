// Names beside their signs: the most linked first, none over another, all inside the frame.
const LETTERS = 21;
const MOST_LABELS = 70;
const FONT = '"Helvetica Neue", Helvetica, Arial, "Noto Sans", sans-serif';

// A name in at most two lines that break at a space.
function wrap(text, most = LETTERS) {
  const words = shorten(text, most * 2 - 2).split(" ");
  const lines = [""];
  for (const word of words) {
    const line = lines[lines.length - 1];
    if (line && [...`${line} ${word}`].length > most && lines.length < 2) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.map((line) => shorten(line, most + 4));
}

function labelledNodes() {
  const set = lit();
  const shown = [...drawn.keys()].filter((n) => isShown(n) && (!set || set.has(n)));
  const weight = (n) => (n === S.node ? 1e6 : 0) + (DEGREE.get(n) || 0);
  return shown.sort((a, b) => weight(b) - weight(a) || a - b);
}

// Where each label goes, in the units that `project` maps nodes into: shared by screen and export.
function placeLabels({ project, radius, measure, width, height, size, most }) {
  const taken = [];
  const nodes = labelledNodes();
  for (const n of [...drawn.keys()].filter(isShown)) {
    const [p, r] = [project(drawn.get(n)), radius(n)];
    taken.push([p.x - r, p.y - r, p.x + r, p.y + r, n]);
  }
  const free = (box, node) => taken.every(([a, b, c, d, n]) => n === node || box[2] <= a || box[0] >= c || box[3] <= b || box[1] >= d);
  const placed = [];
  for (const n of nodes) {
    if (placed.length >= most) break;
    const p = project(drawn.get(n));
    if (p.x < -20 || p.y < -20 || p.x > width + 20 || p.y > height + 20) continue;
    const label = fitLabel(n, p, radius(n), { measure, width, height, size, free });
    if (!label) continue;
    taken.push([...label.box, -1]);
    placed.push(label);
  }
  return placed;
}

function fitLabel(n, p, r, { measure, width, height, size, free }) {
  const notes = G.nodes[n].note ? wrap(`✎ ${G.nodes[n].note}`, 34) : [];
  const names = wrap(G.nodes[n].name);
  const lines = [...names, ...notes];
  const [w, h] = [Math.max(...lines.map(measure)) + 6, lines.length * size * 1.18 + 2];
  const inside = (x, y) => [Math.min(Math.max(x, 2), Math.max(2, width - w - 2)), Math.min(Math.max(y, 2), Math.max(2, height - h - 2))];
  const spots = [[p.x - w / 2, p.y + r + 2], [p.x - w / 2, p.y - r - h - 2], [p.x + r + 3, p.y - h / 2], [p.x - r - w - 3, p.y - h / 2]];
  for (const [x0, y0] of spots) {
    const [x, y] = inside(x0, y0);
    const box = [x, y, x + w, y + h];
    if (free(box, n) || n === S.node) return { node: n, names, notes, box, x: x + w / 2, y };
  }
  return null;
}

const widths = new Map();

function drawLabels(context) {
  const scale = network.getScale();
  const colours = palette();
  const canvas = context.canvas;
  const ratio = canvas.width / canvas.clientWidth || 1;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const size = 12.5;
  context.font = `${size}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  const measure = (text) => {
    if (!widths.has(text)) widths.set(text, context.measureText(text).width);
    return widths.get(text);
  };
  const project = (point) => network.canvasToDOM(point);
  const radius = (n) => sizeOf(n) * scale + 2;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  for (const label of placeLabels({ project, radius, measure, width, height, size, most: MOST_LABELS })) paintLabel(context, label, size, colours);
  drawCounts(context, project, colours, scale);
  context.restore();
}

function paintLabel(context, label, size, colours) {
  const strong = label.node === S.node || (S.path && S.path.includes(label.node));
  const lines = [...label.names, ...label.notes];
  lines.forEach((line, k) => {
    context.font = `${strong ? "600 " : ""}${k >= label.names.length ? "italic " : ""}${size}px ${FONT}`;
    context.lineWidth = 4;
    context.strokeStyle = colours.halo;
    context.strokeText(line, label.x, label.y + 1 + k * size * 1.18);
    context.fillStyle = k >= label.names.length ? colours.soft : colours.ink;
    context.fillText(line, label.x, label.y + 1 + k * size * 1.18);
  });
}

// Middle of a line, on its bow where it has one.
function middleOf(line, project) {
  const [a, b] = [project(drawn.get(line.a)), project(drawn.get(line.b))];
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  return { a, b, via: { x: (a.x + b.x) / 2 + dy * line.bend, y: (a.y + b.y) / 2 - dx * line.bend }, x: (a.x + b.x) / 2 + (dy * line.bend) / 2, y: (a.y + b.y) / 2 - (dx * line.bend) / 2 };
}

const badgeOf = (line) => (line.disputed ? say("disputed") : line.statements.length > 1 ? count(line.statements.length) : line.stance === "denied" ? "✕" : "");

function drawCounts(context, project, colours, scale) {
  if (scale < 0.35 || LINES.size > MANY_LINES) return;
  const set = lit();
  context.font = `600 10.5px ${FONT}`;
  context.textBaseline = "middle";
  for (const line of LINES.values()) {
    const badge = badgeOf(line);
    if (!badge || !lineIsLit(line, set)) continue;
    const { x, y } = middleOf(line, project);
    context.lineWidth = 4;
    context.strokeStyle = colours.halo;
    context.strokeText(badge, x, y);
    context.fillStyle = inkOf(line.disputed ? "denied" : line.stance, colours);
    context.fillText(badge, x, y);
  }
}
