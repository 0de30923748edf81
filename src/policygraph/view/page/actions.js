// What a reader can do; each action changes the state, then the whole page follows it.
const MOST_NEIGHBOURS = 25;
let wayFrom = null;

function update({ panel = true, fit = null } = {}) {
  if (network) redraw();
  showLegend();
  showPeriod();
  if (panel) showPanel();
  if (S.table) showTable();
  rememberState();
  if (fit && network) fitTo(fit);
}

// Into view, if an end of it is out of sight or under the details.
function bring(nodes) {
  const area = freeArea();
  const inside = ({ x, y }) => x > area.left && x < area.right && y > area.top && y < area.bottom;
  if (!nodes.every((n) => inside(network.canvasToDOM(drawn.get(n))))) fitTo(nodes);
}

// On a phone the details lie over the lower half: bring the picture into the upper one.
function makeRoom() {
  if (!S.table && getComputedStyle(byId("panel")).position === "fixed") byId("picture").scrollIntoView({ block: "start" });
}

function choose(changes) {
  Object.assign(S, { node: null, line: null, statement: null, path: null }, changes);
}

// A click on a name: the second end of a way if one is being looked for.
function pickNode(node) {
  if (wayFrom !== null && wayFrom !== node) return findWay(wayFrom, node);
  return chooseNode(node);
}

function chooseNode(node, { fit = true } = {}) {
  const fresh = draw(node, near(node));
  choose({ node });
  if (S.focus && S.focus.node !== node && !around(S.focus.node, S.focus.steps).has(node)) S.focus = null;
  update({ fit: fit || fresh ? [node, ...neighbours(node)] : null });
  announce(say("selected", { name: G.nodes[node].name, kind: G.nodes[node].kind, n: neighbours(node).length }));
}

const near = (node) => neighbours(node).find((n) => drawn.has(n));

function chooseLine(name) {
  const line = readLineName(name);
  if (!line) return;
  draw(line.a, line.b);
  draw(line.b, line.a);
  choose({ line: name });
  update();
  bring([line.a, line.b]);
  const n = LINES.has(name) ? LINES.get(name).statements.length : 0;
  announce(say("selected_line", { n, a: G.nodes[line.a].name, b: G.nodes[line.b].name }));
}

// A statement about two names is read on its line; one about a name alone, by itself.
function chooseStatement(s) {
  const from = S.node;
  if (s.object >= 0) {
    const [a, b] = s.subject < s.object ? [s.subject, s.object] : [s.object, s.subject];
    chooseLine(lineName(a, b, s.stance));
  } else {
    choose({ statement: s.i, node: from === null ? s.subject : from });
    update();
  }
  byId("panel-title").focus();
}

function clearChoice() {
  wayFrom = null;
  if (S.statement !== null && S.node !== null) return chooseNode(S.node, { fit: false });
  choose({});
  update();
  byId("hint").hidden = true;
  return undefined;
}

function showNeighbours(node) {
  const hidden = neighbours(node).filter((n) => !drawn.has(n));
  const next = hidden.sort((a, b) => G.nodes[b].statements.length - G.nodes[a].statements.length || a - b).slice(0, MOST_NEIGHBOURS);
  draw(node, near(node));
  next.forEach((n) => draw(n, node));
  choose({ node });
  update({ fit: [node, ...neighbours(node)] });
  announce(say("expanded", { n: next.length }));
}

function focusOn(node, steps) {
  S.focus = steps ? { node, steps } : null;
  choose({ node });
  update({ fit: steps ? [...around(node, steps)] : [...drawn.keys()] });
}

function startWay(node) {
  wayFrom = node;
  const hint = byId("hint");
  refill(hint, say("path_pick"));
  hint.hidden = false;
  byId("search").focus();
}

function findWay(a, b) {
  wayFrom = null;
  byId("hint").hidden = true;
  const way = wayBetween(a, b);
  if (!way.length) {
    choose({ node: a });
    update();
    const text = say("path_none", { a: G.nodes[a].name, b: G.nodes[b].name });
    byId("panel").querySelector(".actions").after(el("p", { class: "note" }, text));
    announce(text);
    return;
  }
  way.forEach((n, k) => draw(n, way[k - 1]));
  choose({ path: way });
  update({ fit: way });
  byId("panel-title").focus();
}

function resetFilters() {
  const start = plainState();
  Object.assign(S, { stances: start.stances, categoriesOff: start.categoriesOff, relationsOff: start.relationsOff, from: start.from, to: start.to, undated: true });
  update({ fit: [...drawn.keys()] });
}

function showEverything() {
  Object.assign(S, { stances: new Set(META.stances), categoriesOff: new Set(), relationsOff: new Set(), from: "", to: "", undated: true });
  update({ fit: [...drawn.keys()] });
}

function showTab(table) {
  setTab(table);
  if (table) showTable();
  else { network.setSize("100%", "100%"); network.redraw(); fitAll({ animated: false }); }
  rememberState();
}

function setTab(table) {
  S.table = table;
  byId("tab-graph").setAttribute("aria-pressed", String(!table));
  byId("tab-table").setAttribute("aria-pressed", String(table));
  byId("picture").hidden = table;
  byId("table").hidden = !table;
  byId("room").classList.toggle("rows-only", table);
}

function turnTheme() {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  update({ panel: true });
}

// Bring page and state in line, whatever the state came from: start, address, story.
function applyState() {
  const wanted = [S.node, ...(S.path || []), S.focus && S.focus.node, ...S.extra].filter((n) => n !== null && n !== undefined);
  const line = readLineName(S.line);
  for (const n of [...wanted, ...(line ? [line.a, line.b] : [])]) draw(n, near(n));
  document.body.classList.toggle("embed", S.embed);
  setTab(S.table);
  findLines();
  // What stands above the picture first: it moves the picture, and what is chosen is brought into sight after that.
  showLegend();
  showPeriod();
  showPanel();
  if (!S.table) {
    network.setSize("100%", "100%");
    const nodes = S.path || (line && [line.a, line.b]) || (S.focus && [...around(S.focus.node, S.focus.steps)]) || (S.node !== null && [S.node, ...neighbours(S.node)]);
    // The update below draws it.
    const still = { animated: false, then: () => { moving = false; } };
    if (nodes) fitTo(nodes, { closest: line ? 0.9 : 1.2, ...still });
    else fitAll(still);
  }
  update({ panel: false });
  if (!S.lost) return;
  announce(say("link_lost"));
  showToast(say("link_lost"));
}
