// Where names and words stand: the most linked first, none over another, all inside the frame.
const MOST_LABELS = 80;
const MOST_WORDS = 40;
const HUBS = 12; // names whose place is worth a smaller sign, from so many lines on
const BUSY = 6;
const FEW_LINES = 260;
const CLOSE = 8; // pixels to a sign within which a name stands at it
const FONT = '"Helvetica Neue", Helvetica, Arial, "Noto Sans", sans-serif';
// A name in two lines, or in three narrow ones where that does not fit; in a part of the picture long names may have three.
const SHAPES = [[21, 2], [13, 3]];
const LONG_SHAPES = [[22, 3], [21, 2], [13, 3]];

function wrap(text, most, rows) {
  const words = shorten(text, most * rows - 2).split(" ");
  const lines = [""];
  for (const word of words) {
    const line = lines[lines.length - 1];
    if (line && [...`${line} ${word}`].length > most && lines.length < rows) lines.push(word);
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

const apart = (p, q) => p[2] <= q[0] || p[0] >= q[2] || p[3] <= q[1] || p[1] >= q[3];

const signBox = ({ x, y }, r) => [x - r, y - r, x + r, y + r];

// Whether a line runs through a box: cut the line at each side in turn.
function crosses({ a, b }, [left, top, right, bottom]) {
  let [from, to] = [0, 1];
  for (const [start, step, low, high] of [[a.x, b.x - a.x, left, right], [a.y, b.y - a.y, top, bottom]]) {
    if (!step) { if (start < low || start > high) return false; continue; }
    const [t, u] = [(low - start) / step, (high - start) / step].sort((x, y) => x - y);
    [from, to] = [Math.max(from, t), Math.min(to, u)];
  }
  return from < to;
}

// Names at their signs, in the units that `project` maps into: shared by the screen and the exports.
// The boxes that are taken come back too, for the words on lines.
function placeLabels({ project, radius, measure, width, height, most, roomy = lit() !== null, blocked = [] }) {
  const at = new Map([...drawn.keys()].filter(isShown).map((n) => [n, project(drawn.get(n))]));
  const signs = [...at].map(([n, p]) => signBox(p, radius(n)));
  const wide = [...at].map(([n, p]) => ({ n, p, r: radius(n), box: signBox(p, radius(n) + CLOSE) }));
  const lines = LINES.size <= FEW_LINES ? [...LINES.values()].map((l) => ({ a: at.get(l.a), b: at.get(l.b) })) : [];
  const away = openSides(at);
  const [names, placed] = [[...blocked], []];
  const line = readLineName(S.line);
  const chosen = new Set([S.node, ...(S.path || []), ...(line ? [line.a, line.b] : [])]);
  const hubs = new Set(labelledNodes().filter((n) => (DEGREE.get(n) || 0) >= BUSY).slice(0, HUBS));
  for (const n of labelledNodes()) {
    if (placed.length >= most) break;
    const p = at.get(n);
    if (p.x < -20 || p.y < -20 || p.x > width + 20 || p.y > height + 20) continue;
    const need = chosen.has(n) ? 2 : hubs.has(n) ? 1 : 0;
    const label = fitLabel(n, p, { p, others: wide.filter((sign) => sign.n !== n), r: radius(n), away: away.get(n), strong: need > 0, need, roomy, measure, width, height, signs, names, lines });
    if (!label) continue;
    names.push(label.box);
    placed.push(label);
  }
  return { placed, taken: [...signs, ...names] };
}

// For each name the direction in which fewest of its lines go.
function openSides(at) {
  const away = new Map();
  for (const { a, b } of LINES.values()) {
    const [p, q] = [at.get(a), at.get(b)];
    const far = Math.hypot(q.x - p.x, q.y - p.y) || 1;
    for (const [node, sign] of [[a, -1], [b, 1]]) {
      const sum = away.get(node) || { x: 0, y: 0.2 };
      away.set(node, { x: sum.x + (sign * (q.x - p.x)) / far, y: sum.y + (sign * (q.y - p.y)) / far });
    }
  }
  return away;
}

function fitLabel(n, p, room) {
  const note = G.nodes[n].note ? wrap(`✎ ${G.nodes[n].note}`, 34, 2) : [];
  for (const [most, rows] of room.roomy ? LONG_SHAPES : SHAPES) {
    const names = wrap(G.nodes[n].name, most, rows);
    const lines = [...names, ...note];
    const size = room.strong ? 14 : 12.5;
    const box = [Math.max(...lines.map((l) => room.measure(l, room.strong))) + 6, lines.length * size * 1.18 + 2];
    const best = bestSpot(spots(p, room.r, box, room.away || { x: 0, y: 1 }), box, room);
    if (best) return { node: n, names, notes: note, size, strong: room.strong, box: best, x: (best[0] + best[2]) / 2, y: best[1] };
  }
  return null;
}

// Places around a sign, those on its open side first.
function spots(p, r, [w, h], away) {
  const [across, up] = [[-0.5, -0.82, -0.18], [-0.5, -0.85, -0.15]];
  const all = [
    ...across.flatMap((k) => [[p.x + k * w, p.y + r + 1], [p.x + k * w, p.y - r - h - 1]]),
    ...up.flatMap((k) => [[p.x + r + 2, p.y + k * h], [p.x - r - w - 2, p.y + k * h]]),
  ];
  const turn = Math.hypot(away.x, away.y) || 1;
  const score = ([x, y], k) => {
    const [dx, dy] = [x + w / 2 - p.x, y + h / 2 - p.y];
    return -(dx * away.x + dy * away.y) / (turn * Math.hypot(dx, dy)) + k * 0.03;
  };
  return all.map((spot, k) => [score(spot, k), ...spot]).sort((a, b) => a[0] - b[0]);
}

// A name that stands at another sign, and nearer to it than to its own, would be read as that sign's.
function misleads([left, top, right, bottom], own, others) {
  const far = (p) => Math.hypot((left + right) / 2 - p.x, (top + bottom) / 2 - p.y);
  return others.some(({ p, box }) => !apart([left, top, right, bottom], box) && far(p) < far(own));
}

// The first free place that no line crosses, else the one crossed least. Where nothing is free, important names
// may stand over smaller signs, and the chosen one anywhere.
function bestSpot(ranked, [w, h], { width, height, p, r, signs, others, names, lines, need }) {
  const clamp = (v, most) => Math.min(Math.max(v, 2), Math.max(2, most - 2));
  const boxes = ranked.map(([, x, y]) => [clamp(x, width - w), clamp(y, height - h)]).map(([x, y]) => [x, y, x + w, y + h]);
  const free = boxes.filter((box) => names.every((other) => apart(box, other)));
  let [best, least] = [null, Infinity];
  for (const box of free.filter((b) => signs.every((other) => apart(b, other)) && !misleads(b, p, others))) {
    const cut = lines.reduce((sum, line) => sum + crosses(line, box), 0);
    if (cut < least) [best, least] = [box, cut];
    if (!cut) break;
  }
  if (best || !need) return best;
  // Small signs may be covered rather than large ones, and rather than to be taken for the name of another.
  const harm = (box) => others.reduce((sum, sign) => sum + (apart(box, signBox(sign.p, sign.r)) ? 0 : sign.r / r), misleads(box, p, others) ? 1 : 0);
  return free.map((box) => [harm(box), box]).sort((a, b) => a[0] - b[0]).map(([, box]) => box)[0] || (need > 1 ? boxes[0] : null);
}

// Middle of a line, on its bow where it has one.
function middleOf(line, project) {
  const [a, b] = [project(drawn.get(line.a)), project(drawn.get(line.b))];
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  return { a, b, via: { x: (a.x + b.x) / 2 + dy * line.bend, y: (a.y + b.y) / 2 - dx * line.bend }, x: (a.x + b.x) / 2 + (dy * line.bend) / 2, y: (a.y + b.y) / 2 - (dx * line.bend) / 2 };
}

// What stands on a line: how many statements, "disputed", a cross for what is denied.
const badgeOf = (line) => (line.disputed ? say("disputed") : line.statements.length > 1 ? count(line.statements.length) : line.stance === "denied" ? "✕" : "");

// On lines of the chosen name, line or way also what they say.
function wordsOn(line, set) {
  const badge = badgeOf(line);
  if (!set || S.focus) return badge;
  const phrases = [...new Set(line.statements.map((i) => G.statements[i].phrase))];
  return [phrases[0], phrases.length > 1 ? "…" : "", badge && badge !== "✕" ? `· ${badge}` : ""].filter(Boolean).join(" ");
}

// Words and numbers on lines, where there is room for them.
function placeWords({ project, measure, taken, width, height }) {
  const set = lit();
  const [out, boxes] = [[], [...taken]];
  for (const line of LINES.values()) {
    if (!lineIsLit(line, set)) continue;
    const middle = middleOf(line, project);
    if (middle.x < 0 || middle.y < 0 || middle.x > width || middle.y > height) continue;
    for (const text of [...new Set([wordsOn(line, set), badgeOf(line)])].filter(Boolean)) {
      const w = measure(text) / 2 + 2;
      const box = [middle.x - w, middle.y - 7, middle.x + w, middle.y + 7];
      if (!boxes.every((other) => apart(box, other)) && text !== say("disputed")) continue;
      boxes.push(box);
      out.push({ line, text, x: middle.x, y: middle.y });
      break;
    }
    if (out.length >= MOST_WORDS) break;
  }
  return out;
}
