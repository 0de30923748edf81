// The legend, which is also the filter: kinds of names, ways of saying, kinds of links.
const MOST_RELATIONS = 8;
let allRelations = false;

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

let TALLY = null;

function filterRow({ mark, text, number, on, turn, only, note }) {
  const toggle = el("button", { type: "button", class: "toggle", "aria-pressed": on ? "true" : "false", title: note || null, on: { click: turn, dblclick: only } },
    mark, " ", el("span", { class: "text" }, text), el("span", { class: "number" }, count(number)));
  return el("li", {}, toggle, button("◉", only, { class: "only", "aria-label": say("filter_only", { name: text }), title: say("filter_only", { name: text }) }));
}

function flip(set, key) {
  if (set.has(key)) set.delete(key); else set.add(key);
  update();
}

function typeRows() {
  const there = META.categories.map((c, i) => i).filter((i) => TALLY.categories.has(i));
  return there.map((i) => filterRow({
    mark: sign(i), text: META.categories[i].many, number: TALLY.categories.get(i), on: !S.categoriesOff.has(i),
    turn: () => flip(S.categoriesOff, i),
    only: () => { S.categoriesOff = new Set(there.filter((c) => c !== i)); update(); },
  }));
}

function stanceRows() {
  return META.stances.filter((s) => TALLY.stances.has(s)).map((stance) => filterRow({
    mark: strokeSample(stance), text: META.stanceNames[stance], number: TALLY.stances.get(stance), on: S.stances.has(stance),
    note: META.stanceNotes[stance],
    turn: () => flip(S.stances, stance),
    only: () => { S.stances = new Set([stance]); update(); },
  }));
}

function relationRows() {
  const kinds = G.relations.filter(([key]) => TALLY.relations.has(key)).sort((a, b) => TALLY.relations.get(b[0]) - TALLY.relations.get(a[0]) || (a[1] < b[1] ? -1 : 1));
  const shown = allRelations ? kinds : kinds.slice(0, MOST_RELATIONS);
  const rows = shown.map(([key, text]) => filterRow({
    mark: null, text, number: TALLY.relations.get(key), on: !S.relationsOff.has(key),
    turn: () => flip(S.relationsOff, key),
    only: () => { S.relationsOff = new Set(kinds.map((k) => k[0]).filter((k) => k !== key)); update(); },
  }));
  if (shown.length < kinds.length) rows.push(el("li", {}, button(say("relations_more"), () => { allRelations = true; showLegend(); }, { class: "more" })));
  return rows;
}

// What the filters hide, in words: nothing is left out silently.
function hiddenText() {
  const hidden = G.statements.filter((s) => !passes(s));
  if (!hidden.length) return say("hidden_none");
  const byStance = META.stances.filter((s) => !S.stances.has(s) && TALLY.stances.has(s)).map((s) => `${count(TALLY.stances.get(s))} ${META.stanceNames[s]}`);
  const parts = [say("hidden_some", { n: count(hidden.length) })];
  if (byStance.length) parts.push(say("hidden_stances", { list: byStance.join(", ") }));
  return parts.join(" ");
}

function showLegend() {
  TALLY ||= tally();
  const legend = byId("legend");
  const focused = [...legend.querySelectorAll("button")].indexOf(document.activeElement);
  const open = legend.querySelector("details") ? legend.querySelector("details").open : innerWidth > 900;
  const hidden = hiddenText();
  const body = [
    el("p", { class: "hidden-note" }, hidden, hidden === say("hidden_none") ? null : [" ", button(say("show_all"), showEverything, { class: "link" })]),
    el("h3", {}, say("filter_stances")), el("ul", { class: "filters" }, stanceRows()),
    el("h3", {}, say("filter_types")), el("ul", { class: "filters" }, typeRows()),
    el("div", { id: "period" }),
    el("h3", {}, say("filter_relations")), el("ul", { class: "filters" }, relationRows()),
    el("p", { class: "small" }, say("filter_hint")),
    button(say("filter_reset"), resetFilters, { class: "reset" }),
  ];
  refill(legend, el("details", { open }, el("summary", {}, el("h2", {}, say("legend"))), body));
  if (focused >= 0) (legend.querySelectorAll("button")[focused] || legend.querySelector("summary")).focus();
}
