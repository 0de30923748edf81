// What the reader has chosen, and the same as a piece of address (permalink).
const S = {};

function plainState() {
  return {
    stances: new Set(META.start.stances), categoriesOff: new Set(), relationsOff: new Set(),
    from: META.start.from, to: META.start.to, undated: true,
    node: null, line: null, statement: null, focus: null, path: null, extra: [], table: false, embed: false, lost: false,
  };
}

function passes(s) {
  if (!S.stances.has(s.stance) || S.relationsOff.has(G.relations[s.relation][0])) return false;
  if (S.categoriesOff.has(G.nodes[s.subject].category)) return false;
  if (s.object >= 0 && S.categoriesOff.has(G.nodes[s.object].category)) return false;
  if (!s.from) return S.undated;
  return (!S.from || s.to >= S.from) && (!S.to || s.from <= S.to);
}

const links = (node) => G.nodes[node].statements.map((i) => G.statements[i]).filter((s) => s.object >= 0 && passes(s));

function neighbours(node) {
  return [...new Set(links(node).map((s) => other(s, node)))];
}

function around(node, steps) {
  const reached = new Set([node]);
  for (let edge = [node], step = 0; step < steps; step += 1) {
    edge = edge.flatMap((n) => neighbours(n).filter((m) => !reached.has(m)));
    edge.forEach((n) => reached.add(n));
  }
  return reached;
}

// Whether the details tell of something that was chosen.
const isChosen = () => S.node !== null || S.line !== null || S.statement !== null || S.path !== null;

// The fewest steps between two names, over everything the filters let through.
function wayBetween(a, b) {
  const from = new Map([[a, -1]]);
  for (let edge = [a]; edge.length && !from.has(b); ) {
    const next = [];
    for (const n of edge) for (const m of neighbours(n)) if (!from.has(m)) { from.set(m, n); next.push(m); }
    edge = next;
  }
  if (!from.has(b)) return [];
  const way = [];
  for (let n = b; n >= 0; n = from.get(n)) way.unshift(n);
  return way;
}

// A name for a statement that outlives a rebuild of the page.
const statementName = (s) => `${G.nodes[s.subject].id}~${G.relations[s.relation][0]}~${s.stance}~${fold(s.value).slice(0, 60)}`;

// --- address ---------------------------------------------------------------

function toHash() {
  const parts = new URLSearchParams();
  const put = (key, value) => { if (value) parts.set(key, value); };
  const id = (node) => G.nodes[node].id;
  if (S.embed) parts.set("embed", "");
  put("n", S.node !== null && id(S.node));
  put("l", S.line);
  put("s", S.statement !== null && S.line === null && statementName(G.statements[S.statement]));
  const usual = META.start.stances;
  if (usual.length !== S.stances.size || usual.some((s) => !S.stances.has(s))) parts.set("say", [...S.stances].join("~"));
  put("off", [...S.categoriesOff].map((c) => META.categories[c].key).join("~"));
  put("not", [...S.relationsOff].join("~"));
  put("from", S.from); put("to", S.to);
  if (!S.undated) parts.set("undated", "no");
  put("f", S.focus && `${id(S.focus.node)}~${S.focus.steps}`);
  put("way", S.path && S.path.map(id).join("~"));
  put("x", S.extra.map(id).join("~"));
  if (S.table) parts.set("view", "table");
  return parts.toString().replace(/%2F/g, "/").replace(/%7E/g, "~").replace(/%3A/g, ":").replace(/embed=(&|$)/, "embed$1");
}

function fromHash(text) {
  const parts = new URLSearchParams(text.replace(/^#/, ""));
  const list = (key) => (parts.get(key) || "").split("~").filter(Boolean);
  const node = (id) => (G.byId.has(id) ? G.byId.get(id).i : null);
  Object.assign(S, plainState());
  S.embed = parts.has("embed");
  S.node = parts.has("n") ? node(parts.get("n")) : null;
  const line = readLineName(parts.get("l"));
  S.line = line && line.name;
  if (parts.has("s")) {
    const [owner] = list("s");
    const found = node(owner) === null ? [] : G.nodes[node(owner)].statements;
    const named = found.find((i) => statementName(G.statements[i]) === parts.get("s"));
    S.statement = named === undefined ? null : named;
  }
  if (parts.has("say")) S.stances = new Set(list("say").filter((s) => META.stances.includes(s)));
  S.categoriesOff = new Set(list("off").map((key) => META.categories.findIndex((c) => c.key === key)).filter((c) => c >= 0));
  S.relationsOff = new Set(list("not"));
  const day = (key, usual) => (/^\d{4}-\d\d-\d\d$/.test(parts.get(key) || "") ? parts.get(key) : usual);
  S.from = day("from", S.from); S.to = day("to", S.to);
  S.undated = parts.get("undated") !== "no";
  const [focused, steps] = list("f");
  if (focused && node(focused) !== null) S.focus = { node: node(focused), steps: steps === "2" ? 2 : 1 };
  const way = list("way").map(node).filter((n) => n !== null);
  // A story gives only the two ends.
  if (way.length > 1) S.path = way.length === 2 ? wayBetween(...way) : way;
  if (S.path && S.path.length < 2) S.path = null;
  S.extra = list("x").map(node).filter((n) => n !== null);
  // Names that the address holds and this page does not.
  S.lost = [parts.get("n"), focused, ...list("way")].some((id) => id && node(id) === null) || Boolean(parts.get("l") && !S.line) || Boolean(parts.get("s") && S.statement === null);
  S.table = parts.get("view") === "table";
}

let writtenHash = null;
function rememberState() {
  writtenHash = toHash();
  if (`#${writtenHash}` === (location.hash || "#")) return;
  try {
    history.replaceState(null, "", writtenHash ? `#${writtenHash}` : location.pathname + location.search);
  } catch { /* in a notebook's frame the address cannot change; the link can still be copied */ }
}
