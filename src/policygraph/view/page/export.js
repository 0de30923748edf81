// Saving what is shown: one drawing in SVG, text as text, with title, sources, date and legend; the PNG is made of it.
const EXPORT_WIDTH = 1600;
const EXPORT_HEIGHT = 1040;

// Corners of the signs, the same on the page, in the legend and in exports.
function signShape(category, x, y, r, colours) {
  const { shape, colour } = META.categories[category];
  const look = colours ? { fill: colour || colours.paper, stroke: colours.outline, "stroke-width": colour ? 1.2 : 2 } : { class: `fill-${META.categories[category].key}` };
  const corners = (n, turn, far = () => r) => Array.from({ length: n }, (_, k) => {
    const angle = turn + (k * 2 * Math.PI) / n;
    return `${(x + far(k) * Math.cos(angle)).toFixed(1)},${(y + far(k) * Math.sin(angle)).toFixed(1)}`;
  }).join(" ");
  const points = {
    square: () => corners(4, Math.PI / 4, () => r * 1.3), diamond: () => corners(4, 0, () => r * 1.15), triangle: () => corners(3, -Math.PI / 2, () => r * 1.2),
    triangleDown: () => corners(3, Math.PI / 2, () => r * 1.2), hexagon: () => corners(6, 0), star: () => corners(10, -Math.PI / 2, (k) => (k % 2 ? r * 0.5 : r * 1.25)),
  }[shape];
  return points ? svg("polygon", { points: points(), ...look }) : svg("circle", { cx: x, cy: y, r: colour ? r : r * 0.8, ...look });
}

function sourceCredit() {
  const titles = [...new Set(shownStatements().flatMap((s) => s.rows.map((row) => G.sources[row[0]].title)))];
  const some = titles.slice(0, 3).join("; ") + (titles.length > 3 ? ` +${count(titles.length - 3)}` : "");
  const today = new Date().toISOString().slice(0, 10);
  return [some ? `${say("source")}: ${some}` : "", today, say("credit")].filter(Boolean).join(" · ");
}

// What is saved: all that is shown, or the part that stands out. It fills the sheet, wider or higher than on the screen.
function exportFrame(high) {
  const set = lit();
  const nodes = [...drawn.keys()].filter((n) => isShown(n) && (!set || set.has(n)));
  const shown = nodes.map((n) => ({ ...drawn.get(n), r: sizeOf(n) }));
  if (!shown.length) return { nodes, set, scale: 1, height: 200, project: (p) => p };
  const edge = (pick, sign) => shown.reduce((m, p) => Math.max(m, sign * p[pick] + p.r), -Infinity) * sign;
  const [left, right, top, bottom] = [edge("x", -1), edge("x", 1), edge("y", -1), edge("y", 1)];
  const [most, across, down] = [1.6, (EXPORT_WIDTH - 300) / Math.max(1, right - left), high / Math.max(1, bottom - top)];
  const scale = Math.min(most, across, down);
  const [sx, sy] = [across, down].map((s) => Math.min(s, scale * MOST_SPREAD));
  const margin = (EXPORT_WIDTH - (right - left) * sx) / 2;
  return { nodes, set, scale, height: (bottom - top) * sy + 110, project: (p) => ({ x: margin + (p.x - left) * sx, y: 48 + (p.y - top) * sy }) };
}

function exportLine(line, project, colours) {
  const { a, b, via } = middleOf(line, project);
  const stroke = strokeOf(line.stance);
  const ink = inkOf(line.disputed ? "denied" : line.stance, colours);
  const tip = (from, to, node) => {
    const angle = Math.atan2(to.y - from.y, to.x - from.x);
    const r = sizeOf(node) * exportScale + 2;
    const end = { x: to.x - r * Math.cos(angle), y: to.y - r * Math.sin(angle) };
    const wing = (turn) => `${(end.x - 8 * Math.cos(angle + turn)).toFixed(1)},${(end.y - 8 * Math.sin(angle + turn)).toFixed(1)}`;
    return svg("polygon", { points: `${end.x.toFixed(1)},${end.y.toFixed(1)} ${wing(0.4)} ${wing(-0.4)}`, fill: ink });
  };
  const path = `M${a.x.toFixed(1)} ${a.y.toFixed(1)} Q${via.x.toFixed(1)} ${via.y.toFixed(1)} ${b.x.toFixed(1)} ${b.y.toFixed(1)}`;
  const dashes = line.disputed ? [5, 4] : stroke.dashes;
  return svg("g", {},
    svg("path", { d: path, fill: "none", stroke: ink, "stroke-width": stroke.width, "stroke-dasharray": dashes.join(" ") || null }),
    line.forward ? tip(via, b, line.b) : null, line.back ? tip(via, a, line.a) : null);
}

let exportScale = 1;

function exportText(x, y, text, colours, props = {}) {
  return svg("text", { x: x.toFixed(1), y: y.toFixed(1), fill: colours.ink, "font-size": 13, ...props }, text);
}

function exportLegend(y, nodes, lines, colours) {
  const items = [];
  const row = { x: 24, y };
  const next = (width) => { if (row.x + width > EXPORT_WIDTH - 20) { row.x = 24; row.y += 24; } const at = { ...row }; row.x += width; return at; };
  META.stances.filter((s) => lines.some((line) => line.stance === s && !line.disputed)).forEach((stance) => {
    const at = next(60 + META.stanceNames[stance].length * 7.5 + 14);
    const stroke = strokeOf(stance);
    items.push(svg("line", { x1: at.x, y1: at.y - 4, x2: at.x + 40, y2: at.y - 4, stroke: inkOf(stance, colours), "stroke-width": Math.max(1.4, stroke.width), "stroke-dasharray": stroke.dashes.join(" ") || null }), exportText(at.x + 48, at.y, META.stanceNames[stance], colours));
  });
  if (lines.some((line) => line.disputed)) {
    const at = next(140);
    const ink = inkOf("denied", colours);
    items.push(svg("line", { x1: at.x, y1: at.y - 4, x2: at.x + 40, y2: at.y - 4, stroke: ink, "stroke-width": 1.8, "stroke-dasharray": "5 4" }), exportText(at.x + 48, at.y, say("disputed"), colours, { fill: ink }));
  }
  row.x = 24; row.y += 26;
  const there = new Set(nodes.map((n) => G.nodes[n].category));
  META.categories.forEach((c, i) => {
    if (!there.has(i)) return;
    const at = next(30 + c.many.length * 7.5 + 18);
    items.push(signShape(i, at.x + 8, at.y - 4, 7, colours), exportText(at.x + 24, at.y, c.many, colours));
  });
  return { items, bottom: row.y };
}

// Names and words on lines, placed anew for the size of the drawing.
function exportNames(frame, project, bottom, colours) {
  const room = { project, width: EXPORT_WIDTH, height: bottom };
  const { placed, taken } = placeLabels({ ...room, radius: (n) => sizeOf(n) * frame.scale + 2, measure: (text, strong) => widthOf(nameFont(strong), text), most: 140, roomy: true });
  const words = placeWords({ ...room, taken, measure: (text) => widthOf(WORDS_FONT, text) });
  const names = placed.flatMap((l) => [...l.names, ...l.notes].map((text, k) => {
    const note = k >= l.names.length;
    const look = note ? { "font-style": "italic", fill: colours.soft } : l.strong ? { "font-weight": 600 } : {};
    return exportText(l.x, l.y + l.size * 0.95 + k * l.size * 1.18, text, colours, { "font-size": l.size, ...look });
  }));
  const ink = (line) => inkOf(line.disputed ? "denied" : line.stance, colours);
  return [...names, ...words.map(({ line, text, x, y }) => exportText(x, y + 4, text, colours, { "font-size": 11, "font-weight": 600, fill: ink(line) }))];
}

// Title, and what the filters hide.
function exportHead(colours) {
  const chosen = S.path || S.line || S.node !== null ? `${byId("panel-title").textContent.trim()} · ` : "";
  return [exportText(24, 36, META.title, colours, { "font-size": 24, "font-weight": 600 }), exportText(24, 60, shorten(chosen + hiddenText(), 210), colours, { fill: colours.soft })];
}

// The picture as SVG, in light colours whatever the page shows.
function drawing({ high = EXPORT_HEIGHT, headed = true } = {}) {
  const colours = PALETTES.light;
  const frame = exportFrame(high);
  const top = headed ? 70 : 0;
  exportScale = frame.scale;
  const project = (p) => { const { x, y } = frame.project(p); return { x, y: y + top }; };
  const bottom = frame.height + top;
  const lines = [...LINES.values()].filter((line) => lineIsLit(line, frame.set));
  const legend = exportLegend(bottom + 20, frame.nodes, lines, colours);
  const height = Math.ceil(legend.bottom + 46);
  const root = svg("svg", { xmlns: SVG_SPACE, width: EXPORT_WIDTH, height, viewBox: `0 0 ${EXPORT_WIDTH} ${height}`, "font-family": FONT.replace(/"/g, "'"), role: "img" });
  return fill(root, svg("title", {}, META.title), svg("rect", { width: EXPORT_WIDTH, height, fill: colours.paper }), headed ? exportHead(colours) : null,
    svg("g", {}, lines.map((line) => exportLine(line, project, colours))),
    svg("g", {}, frame.nodes.map((n) => { const p = project(drawn.get(n)); return signShape(G.nodes[n].category, p.x, p.y, sizeOf(n) * frame.scale, colours); })),
    svg("g", { "text-anchor": "middle", "paint-order": "stroke", stroke: colours.halo, "stroke-width": 3, "stroke-linejoin": "round" }, exportNames(frame, project, bottom, colours)),
    svg("g", {}, legend.items), exportText(24, height - 14, sourceCredit(), colours, { "font-size": 12, fill: colours.soft }));
}

const svgText = () => new XMLSerializer().serializeToString(drawing());
const fileStem = () => fold(META.title).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "graph";

function save(blob, ending) {
  const link = el("a", { href: URL.createObjectURL(blob), download: `${fileStem()}.${ending}` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  announce(say("export_done", { name: link.download }));
  showToast(say("export_done", { name: link.download }));
}

function savePng() {
  const text = svgText();
  const image = new Image();
  image.onload = () => {
    const canvas = el("canvas", { width: image.width * 2, height: image.height * 2 });
    const context = canvas.getContext("2d");
    context.scale(2, 2);
    context.drawImage(image, 0, 0);
    canvas.toBlob((blob) => save(blob, "png"), "image/png");
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
}

function startExports() {
  const run = { "save-png": savePng, "save-svg": () => save(new Blob([svgText()], { type: "image/svg+xml" }), "svg"), "save-csv": () => save(new Blob([csvText()], { type: "text/csv;charset=utf-8" }), "csv") };
  for (const [id, act] of Object.entries(run)) byId(id).addEventListener("click", () => { byId("save").open = false; act(); });
  byId("copy-link").addEventListener("click", () => {
    rememberState();
    const address = location.href.startsWith("about:") ? `#${writtenHash}` : location.href;
    copyText(address, say("link_copied"), byId("copy-link"));
  });
  addEventListener("beforeprint", () => refill(byId("print-picture"), drawing({ high: 420, headed: false }), el("p", {}, location.protocol === "about:" ? "" : location.href)));
  addEventListener("afterprint", () => refill(byId("print-picture")));
}
