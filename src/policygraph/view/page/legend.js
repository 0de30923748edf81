// The legend, which is also the filter: ways of saying, kinds of names, kinds of links.
const MOST_RELATIONS = 8;
let TALLY = null;
let FILTERS = null; // toggles with the test that tells whether each is on

function tally() {
  const counts = { categories: new Map(), stances: new Map(), relations: new Map() };
  const add = (map, key) => map.set(key, (map.get(key) || 0) + 1);
  for (const node of G.nodes) if (node.statements.length) add(counts.categories, node.category);
  for (const s of G.statements) {
    add(counts.stances, s.stance);
    add(counts.relations, G.relations[s.relation][0]);
  }
  return counts;
}

function filtered() {
  update();
  announce(hiddenText());
}

function filterRow({ mark, text, number, isOn, turn, only, note }) {
  const toggle = el("button", { type: "button", class: "toggle", title: note || null, on: { click: () => { turn(); filtered(); }, dblclick: () => { only(); filtered(); } } },
    el("span", { class: "box", "aria-hidden": "true" }), mark, el("span", { class: "text" }, text), el("span", { class: "number" }, count(number)));
  FILTERS.push({ toggle, isOn });
  const alone = say("filter_only", { name: text });
  return el("li", {}, toggle, button(say("only"), () => { only(); filtered(); }, { class: "only", "aria-label": alone, title: alone }));
}

function flip(set, key) {
  if (set.has(key)) set.delete(key); else set.add(key);
}

function typeRows() {
  const there = META.categories.map((c, i) => i).filter((i) => TALLY.categories.has(i));
  return there.map((i) => filterRow({
    mark: sign(i), text: META.categories[i].many, number: TALLY.categories.get(i), isOn: () => !S.categoriesOff.has(i),
    turn: () => flip(S.categoriesOff, i),
    only: () => { S.categoriesOff = new Set(there.filter((c) => c !== i)); },
  }));
}

function stanceRows() {
  return META.stances.filter((s) => TALLY.stances.has(s)).map((stance) => filterRow({
    mark: strokeSample(stance), text: META.stanceNames[stance], number: TALLY.stances.get(stance), isOn: () => S.stances.has(stance),
    note: META.stanceNotes[stance],
    turn: () => flip(S.stances, stance),
    only: () => { S.stances = new Set([stance]); },
  }));
}

// The most frequent kinds of links; the others unfold.
function relationRows() {
  const kinds = G.relations.filter(([key]) => TALLY.relations.has(key)).sort((a, b) => TALLY.relations.get(b[0]) - TALLY.relations.get(a[0]) || (a[1] < b[1] ? -1 : 1));
  const rows = kinds.map(([key, text]) => filterRow({
    mark: null, text, number: TALLY.relations.get(key), isOn: () => !S.relationsOff.has(key),
    turn: () => flip(S.relationsOff, key),
    only: () => { S.relationsOff = new Set(kinds.map((k) => k[0]).filter((k) => k !== key)); },
  }));
  const folded = rows.slice(MOST_RELATIONS);
  if (folded.length < 2) return rows;
  for (const row of folded) row.hidden = true;
  const unfold = () => { for (const row of folded) row.hidden = false; opener.remove(); folded[0].querySelector("button").focus(); };
  const opener = el("li", {}, button(say("relations_more"), unfold, { class: "more" }));
  return [...rows, opener];
}

// What the filters hide, in words: nothing is left out silently.
function hiddenText() {
  const hidden = G.statements.filter((s) => !passes(s)).length;
  if (!hidden) return say("hidden_none");
  const away = META.stances.filter((s) => !S.stances.has(s) && TALLY.stances.has(s));
  const list = away.map((s) => say("hidden_item", { n: TALLY.stances.get(s), name: META.stanceNames[s] })).join(", ");
  const all = away.reduce((sum, s) => sum + TALLY.stances.get(s), 0) === hidden;
  return say(!list ? "hidden_some" : all ? "hidden_only" : "hidden_among", { n: hidden, list });
}

function buildLegend() {
  TALLY = tally();
  FILTERS = [];
  const group = (title, rows) => (rows.length ? [el("h3", {}, say(title)), el("ul", { class: "filters" }, rows)] : null);
  const body = G.statements.length ? [
    group("filter_stances", stanceRows()), group("filter_types", typeRows()), el("div", { id: "period" }), group("filter_relations", relationRows()),
    el("p", { class: "small" }, say("filter_hint")), button(say("filter_reset"), resetFilters, { class: "reset" }),
  ] : el("p", { class: "small" }, say("empty"));
  refill(byId("legend"), el("details", { open: innerWidth > 900 }, el("summary", {}, el("h2", {}, say("legend"))), body));
}

// The rows stay where they are, under the mouse and the keyboard: only their marks change.
function showLegend() {
  if (!FILTERS) buildLegend();
  for (const { toggle, isOn } of FILTERS) toggle.setAttribute("aria-pressed", String(isOn()));
  const hidden = hiddenText();
  const all = hidden === say("hidden_none");
  refill(byId("hidden-note"), hidden, all ? null : [" ", button(say("show_all"), showEverything, { class: "link" })]);
  byId("hidden-note").hidden = !G.statements.length;
}
