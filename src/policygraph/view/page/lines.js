// Which names and lines are on the picture: parallel statements of one stance become one line.
const drawn = new Map(); // node number → {x, y}
let LINES = new Map();
let DEGREE = new Map();

function lineName(a, b, stance) {
  return `${G.nodes[a].id}~${G.nodes[b].id}~${stance}`;
}

// Read in either order: a page made again may have met the names the other way round.
function readLineName(name) {
  const [one, two, stance] = (name || "").split("~");
  if (!G.byId.has(one) || !G.byId.has(two) || !META.stances.includes(stance)) return null;
  const [a, b] = [G.byId.get(one).i, G.byId.get(two).i].sort((x, y) => x - y);
  return { a, b, stance, name: lineName(a, b, stance) };
}

function findLines() {
  LINES = new Map();
  DEGREE = new Map();
  for (const node of drawn.keys()) {
    for (const i of G.nodes[node].statements) {
      const s = G.statements[i];
      if (s.subject !== node || !drawn.has(s.object) || !passes(s)) continue;
      const [a, b] = s.subject < s.object ? [s.subject, s.object] : [s.object, s.subject];
      const name = lineName(a, b, s.stance);
      if (!LINES.has(name)) LINES.set(name, { name, a, b, stance: s.stance, statements: [], forward: false, back: false, disputed: false });
      const line = LINES.get(name);
      line.statements.push(s.i);
      line.forward ||= s.subject === a;
      line.back ||= s.subject === b;
      line.disputed ||= s.disputed;
      for (const end of [a, b]) DEGREE.set(end, (DEGREE.get(end) || 0) + 1);
    }
  }
  bendParallels();
}

// Two stances between the same names are drawn beside each other.
function bendParallels() {
  const pairs = new Map();
  for (const line of LINES.values()) {
    const pair = `${line.a} ${line.b}`;
    pairs.set(pair, [...(pairs.get(pair) || []), line]);
  }
  for (const lines of pairs.values()) {
    lines.forEach((line, k) => (line.bend = lines.length === 1 ? 0 : (k - (lines.length - 1) / 2) * 0.22));
  }
}

// A name without a line under these filters is left out, unless the reader chose it.
function isShown(node) {
  if (S.categoriesOff.has(G.nodes[node].category)) return false;
  if (DEGREE.has(node) || node === S.node) return true;
  return G.nodes[node].statements.every((i) => G.statements[i].object < 0) && !S.categoriesOff.size;
}

// What stands out: the chosen name or line with its surroundings, the focus, the way. Null: everything.
function lit() {
  if (S.path) return new Set(S.path);
  if (S.focus) return around(S.focus.node, S.focus.steps);
  if (S.line) {
    const line = readLineName(S.line);
    return line ? new Set([line.a, line.b]) : null;
  }
  if (S.node !== null) return around(S.node, 1);
  return null;
}

function lineIsLit(line, set) {
  if (!set) return true;
  if (S.path) {
    const at = S.path.indexOf(line.a);
    return at >= 0 && (S.path[at + 1] === line.b || S.path[at - 1] === line.b);
  }
  if (S.line) return line.name === S.line;
  if (S.node !== null && !S.focus) return line.a === S.node || line.b === S.node;
  return set.has(line.a) && set.has(line.b);
}

// New names stand on a spiral around the one they were called from.
function draw(node, beside) {
  if (drawn.has(node)) return false;
  const centre = drawn.get(beside) || middle();
  let spot = centre;
  for (let k = 1; k < 400; k += 1) {
    const angle = k * 2.4;
    const far = 70 + 16 * Math.sqrt(k * 6);
    spot = { x: centre.x + far * Math.cos(angle) * 1.3, y: centre.y + far * Math.sin(angle) };
    if ([...drawn.values()].every((p) => Math.hypot(p.x - spot.x, p.y - spot.y) > 58)) break;
  }
  drawn.set(node, spot);
  if (!S.extra.includes(node) && !START.has(node)) S.extra.push(node);
  return true;
}

function middle() {
  const points = [...drawn.values()];
  const sum = points.reduce((t, p) => ({ x: t.x + p.x, y: t.y + p.y }), { x: 0, y: 0 });
  return points.length ? { x: sum.x / points.length, y: sum.y / points.length } : { x: 0, y: 0 };
}
