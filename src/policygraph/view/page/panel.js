// The side that explains: an overview, a name, a line, a way between two names.
const MOST_CARDS = 20;
const MOST_ROWS = 12;
const LONG = 110;
let panelShows = null;

function showPanel() {
  const panel = byId("panel");
  const open = isChosen();
  for (const part of [panel, byId("room")]) part.classList.toggle("open", open);
  document.documentElement.classList.toggle("reading", open && !S.table);
  let content = overview();
  if (S.statement !== null) content = onePanel(G.statements[S.statement]);
  else if (S.path) content = wayPanel();
  else if (S.line && readLineName(S.line)) content = linePanel(readLineName(S.line));
  else if (S.node !== null) content = nodePanel(G.nodes[S.node]);
  const at = panel.scrollTop;
  const choice = [S.node, S.line, S.statement, S.path].join();
  refill(panel, content);
  // A filter that is turned leaves the reader where he is.
  panel.scrollTop = choice === panelShows ? at : 0;
  if (open && choice !== panelShows) {
    byId("hint").hidden = true;
    makeRoom();
  }
  panelShows = choice;
}

const closeButton = () => button("×", () => clearChoice(), { class: "close", "aria-label": say("close"), title: say("close") });

function heading(text, kind) {
  return el("div", { class: "panel-head" }, el("div", {}, kind ? el("p", { class: "kind" }, kind) : null, el("h2", { id: "panel-title", tabindex: "-1", dir: "auto" }, text)), closeButton());
}

function sign(category, size = 18) {
  return svg("svg", { class: "sign", width: size, height: size, viewBox: "-10 -10 20 20", "aria-hidden": "true" }, signShape(category, 0, 0, 7, null));
}

function overview() {
  const first = [...drawn.keys()].filter((n) => DEGREE.has(n)).sort((a, b) => DEGREE.get(b) - DEGREE.get(a) || a - b).slice(0, 10);
  const rows = first.map((n) => el("li", {}, button([sign(G.nodes[n].category), " ", named(shorten(G.nodes[n].name, LONG)), el("span", { class: "number" }, count(DEGREE.get(n)))], () => pickNode(n), { class: "row" })));
  return [
    el("div", { class: "panel-head" }, el("h2", { id: "panel-title", tabindex: "-1" }, G.statements.length ? say("start") : say("empty"))),
    el("p", {}, G.statements.length ? say("start_text") : say("empty_text")),
    rows.length ? [el("h3", {}, say("start_names")), el("ol", { class: "rows" }, rows)] : null,
  ];
}

// --- a name ----------------------------------------------------------------------

function nodePanel(node) {
  const statements = node.statements.map((i) => G.statements[i]).filter(passes);
  return [
    heading([sign(node.category, 20), " ", named(node.name)], node.kind),
    node.about ? el("p", { class: "about", dir: "auto" }, node.about) : null,
    node.others.length ? el("p", { class: "small" }, `${say("also_called")}: `, node.others.slice(0, 8).map((name, k) => [k ? ", " : "", named(name)])) : null,
    node.note ? el("p", { class: "note" }, el("strong", {}, `${say("note")}: `), named(node.note)) : null,
    nodeTools(node),
    statements.length ? relationGroups(node, statements) : el("p", {}, say("no_statements")),
  ];
}

function nodeTools(node) {
  const hidden = neighbours(node.i).filter((n) => !drawn.has(n)).length;
  const focused = S.focus && S.focus.node === node.i ? S.focus.steps : 0;
  return el("div", { class: "actions" },
    button(say("steps_one"), () => focusOn(node.i, focused === 1 ? 0 : 1), { "aria-pressed": focused === 1 ? "true" : "false" }),
    button(say("steps_two"), () => focusOn(node.i, focused === 2 ? 0 : 2), { "aria-pressed": focused === 2 ? "true" : "false" }),
    focused ? button(say("steps_off"), () => focusOn(node.i, 0)) : null,
    button(say("path_from"), () => startWay(node.i)),
    hidden ? button(say("more_neighbours", { n: Math.min(hidden, MOST_NEIGHBOURS) }), () => showNeighbours(node.i), { class: "more" }) : null);
}

// Grouped by what is said, newest first; each row opens its words.
function relationGroups(node, statements) {
  const groups = new Map();
  for (const s of statements) {
    const key = s.subject === node.i ? `${s.phrase} …` : `… ${s.phrase}`;
    groups.set(key, [...(groups.get(key) || []), s]);
  }
  const recorded = (members) => ({ coded: 1, record: 2 }[members[0].stance] || 0);
  const ordered = [...groups].sort((a, b) => recorded(a[1]) - recorded(b[1]) || b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  return ordered.map(([title, members]) => {
    const cards = cardsOf(members.sort((a, b) => (a.to < b.to ? 1 : a.to > b.to ? -1 : a.i - b.i)));
    const list = el("ul", { class: "rows" }, cards.slice(0, MOST_ROWS).map((same) => relationRow(node, same)));
    if (cards.length > MOST_ROWS) list.append(moreRow(list, cards.slice(MOST_ROWS), (same) => relationRow(node, same)));
    return [el("h3", {}, strokeSample(members[0].stance), " ", title), list];
  });
}

function moreRow(list, rest, make) {
  const row = el("li", {}, button(say("more", { n: rest.length }), () => { row.remove(); fill(list, rest.map(make)); }, { class: "more" }));
  return row;
}

function relationRow(node, same) {
  const s = same[0];
  const end = s.subject === node.i ? s.object : s.subject;
  const name = end >= 0 ? G.nodes[end].name : s.value;
  const extra = [s.when, s.disputed ? say("disputed") : ""].filter(Boolean).join(" · ");
  const text = el("span", { class: "text" }, named(shorten(name, LONG)), extra ? el("span", { class: "small" }, ` ${extra}`) : null);
  return el("li", {}, button([end >= 0 ? sign(G.nodes[end].category, 16) : el("span", { class: "no-sign", "aria-hidden": "true" }, "·"), " ", text, same.length > 1 ? el("span", { class: "number" }, count(same.length)) : null], () => chooseStatement(s), { class: "row" }));
}

// --- a line, one statement, a way ---------------------------------------------------

function linePanel({ a, b, stance }) {
  const between = G.nodes[a].statements.map((i) => G.statements[i]).filter((s) => other(s, a) === b && s.object >= 0 && (s.subject === a || s.subject === b));
  const mine = cardsOf(between.filter((s) => s.stance === stance && passes(s)));
  const rest = cardsOf(between.filter((s) => s.stance !== stance && passes(s)));
  const names = { a: G.nodes[a].name, b: G.nodes[b].name };
  return [
    heading([named(names.a), " – ", named(names.b)], say("details")),
    mine.length ? null : el("p", {}, say("nothing_left")),
    [...mine, ...rest].flat().some((s) => s.rows.length) ? marksKey() : null,
    mine.slice(0, MOST_CARDS).map((same) => statementCard(same)),
    rest.slice(0, MOST_CARDS).map((same) => statementCard(same)),
  ];
}

function onePanel(s) {
  const back = S.node !== null ? button(`‹ ${G.nodes[S.node].name}`, () => chooseNode(S.node), { class: "back" }) : null;
  const same = cardsOf(G.statements.filter((t) => passes(t) && sameContent(t) === sameContent(s))).find((group) => group.includes(s)) || [s];
  return [heading(say("details")), back, marksKey(), statementCard(same)];
}

function wayPanel() {
  const names = { a: G.nodes[S.path[0]].name, b: G.nodes[S.path[S.path.length - 1]].name };
  const steps = S.path.slice(1).map((n, k) => cardsOf(links(S.path[k]).filter((s) => other(s, S.path[k]) === n)).slice(0, 3).map((same) => el("li", {}, statementCard(same))));
  return [heading(say("path_title", names), say("path_steps", { n: S.path.length - 1 })), marksKey(), el("ol", { class: "way" }, steps)];
}

function showToast(text) {
  document.querySelectorAll(".toast").forEach((old) => old.remove());
  const toast = el("p", { class: "toast", "aria-hidden": "true" }, text);
  document.body.append(toast);
  setTimeout(() => toast.remove(), 5000);
}
