// The data of the page: unpacked, turned from rows into objects, indexed.
//
// node row:      id, name, category, class, other names, note, about
// statement row: subject, object or -1, phrase, relation, stance, evidence, value, first day, last day, date in
//                words, speaker, confidence or -1, method, detail, place, kind, records, conditions
// evidence row:  source, start, end, paragraph, [role, text, role, text, …]
// record row:    table, row or 0, sources; of coded events: coder, publisher, day in words, sentence or 0, text
// source row:    title, publisher, day, day in words, author, address
const G = { nodes: [], statements: [], sources: [], records: [], relations: [], byId: new Map() };

async function readData() {
  const block = byId("pg-data");
  if (block.dataset.packed !== "gzip") return JSON.parse(block.textContent);
  if (typeof DecompressionStream === "undefined") throw new Error("old browser");
  const bytes = Uint8Array.from(atob(block.textContent.trim()), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

function loadNodes(raw) {
  G.nodes = raw.nodes.map(([id, name, category = 0, kind = 0, others = [], note = "", about = ""], i) => ({
    i, id, name, category, kind: raw.classes[kind], others, note, about, statements: [],
  }));
  G.nodes.forEach((node) => G.byId.set(node.id, node));
}

function loadStatements(raw) {
  G.sources = raw.sources.map(([title, publisher = "", day = "", dayText = "", author = "", address = ""]) => ({
    title, publisher, day, dayText, author, address,
  }));
  G.records = raw.records.map(([table, row = 0, sources = [], coder = "", publisher = "", day = "", sentence = 0, text = ""]) => ({
    table, row, sources, coder, publisher, day, sentence, text,
  }));
  G.relations = raw.relations;
  G.statements = raw.statements.map((row, i) => statement(row, i, raw));
  for (const s of G.statements) {
    G.nodes[s.subject].statements.push(s.i);
    if (s.object >= 0 && s.object !== s.subject) G.nodes[s.object].statements.push(s.i);
  }
  findDisputes();
}

function statement(row, i, raw) {
  const [subject, object, phrase, relation, stance, evidence = [], value = "", first = "", last = "", when = "",
    speaker = "", confidence = -1, method = "", detail = "", place = "", kind = "", records = [], conditions = []] = row;
  const s = { i, subject, object, phrase: raw.phrases[phrase], relation, stance: META.stances[stance], rows: evidence, value, first, last,
    when, speaker, confidence, method, detail, place, kind, records, conditions, disputed: false };
  // Without a date of its own a statement counts for the day on which it was published.
  s.reported = !first && !last && evidence.length ? G.sources[evidence[0][0]].day : "";
  s.from = first || last || s.reported;
  s.to = last || first || s.reported;
  return s;
}

function evidenceOf(s) {
  return s.rows.map(([source, start, end, paragraph, flat]) => {
    const pieces = [];
    for (let k = 0; k < flat.length; k += 2) pieces.push({ role: flat[k], text: flat[k + 1] });
    return { source: G.sources[source], start, end, paragraph, pieces };
  });
}

const sameContent = (s) => `${s.subject} ${s.object} ${s.relation} ${s.object < 0 ? s.value : ""}`;

// Said to be so here and not to be so there: both sides are marked.
function findDisputes() {
  G.content = new Map();
  for (const s of G.statements) {
    const key = sameContent(s);
    if (!G.content.has(key)) G.content.set(key, []);
    G.content.get(key).push(s.i);
  }
  for (const same of G.content.values()) {
    const denied = same.filter((i) => G.statements[i].stance === "denied");
    if (denied.length && denied.length < same.length) same.forEach((i) => (G.statements[i].disputed = true));
  }
}

function disagreeing(s) {
  const denied = s.stance === "denied";
  return G.content.get(sameContent(s)).map((i) => G.statements[i]).filter((t) => (t.stance === "denied") !== denied);
}

const other = (s, node) => (s.subject === node ? s.object : s.subject);
