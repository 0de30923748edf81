// The data of the page: unpacked, turned from rows into objects, indexed.
//
// node row:      id, name, category, class, other names, note, about
// statement row: subject, object or -1, phrase, relation, stance, evidence, value, first day, last day, date in
//                words, speaker, confidence or -1, method, detail, place, kind, records, conditions, counted or -1
// evidence row:  source, start, end, paragraph, [role, text, role, text, …]
// record row:    table, row or 0, sources; of coded events: coder, publisher, day in words, sentence or 0, text
// source row:    title, publisher, day, day in words, author, address
// counted row:   independent sources, copies, further reports of an incident
const G = { nodes: [], statements: [], sources: [], records: [], counted: [], relations: [], byId: new Map() };

function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

async function readData() {
  const block = byId("pg-data");
  if (block.dataset.packed !== "gzip") return JSON.parse(block.textContent);
  if (typeof DecompressionStream === "undefined") throw new Error("old browser");
  const stream = new Blob([fromBase64(block.textContent.trim())]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

function loadNodes(raw) {
  G.nodes = raw.nodes.map(([id, name, category = 0, kind = 0, others = [], note = "", about = ""], i) => ({
    i, id, name, category, kind: raw.classes[kind], others, note, about, statements: [],
  }));
  G.nodes.forEach((node) => G.byId.set(node.id, node));
}

// Lets the browser answer the reader between two long pieces of work.
const pause = () => new Promise((go) => setTimeout(go, 0));
const AT_ONCE = 12000;

async function loadStatements(raw) {
  G.sources = raw.sources.map(([title, publisher = "", day = "", dayText = "", author = "", address = ""]) => ({
    title, publisher, day, dayText, author, address,
  }));
  G.records = raw.records.map(([table, row = 0, sources = [], coder = "", publisher = "", day = "", sentence = 0, text = ""]) => ({
    table, row, sources, coder, publisher, day, sentence, text,
  }));
  G.counted = raw.counted.map(([sources, copies, further]) => ({ sources, copies, further }));
  G.relations = raw.relations;
  for (let from = 0; from < raw.statements.length; from += AT_ONCE) {
    raw.statements.slice(from, from + AT_ONCE).forEach((row, k) => addStatement(statement(row, from + k, raw)));
    await pause();
  }
  findDisputes();
}

function addStatement(s) {
  G.statements.push(s);
  G.nodes[s.subject].statements.push(s.i);
  if (s.object >= 0 && s.object !== s.subject) G.nodes[s.object].statements.push(s.i);
}

function statement(row, i, raw) {
  const [subject, object, phrase, relation, stance, evidence = [], value = "", first = "", last = "", when = "",
    speaker = "", confidence = -1, method = "", detail = "", place = "", kind = "", records = [], conditions = [], counted = -1] = row;
  const s = { i, subject, object, phrase: raw.phrases[phrase], relation, stance: META.stances[stance], rows: evidence, value, first, last,
    when, speaker, confidence, method, detail, place, kind, records, conditions, counted, disputed: false };
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
const alike = (s) => G.nodes[s.subject].statements.map((i) => G.statements[i]).filter((t) => sameContent(t) === sameContent(s));

// Said to be so here and not to be so there.
function disagreeing(s) {
  const denied = s.stance === "denied";
  return alike(s).filter((t) => (t.stance === "denied") !== denied);
}

// Both sides are marked.
function findDisputes() {
  for (const s of G.statements) {
    if (s.stance !== "denied") continue;
    const against = disagreeing(s);
    for (const t of against) t.disputed = true;
    s.disputed = against.length > 0;
  }
}

const other = (s, node) => (s.subject === node ? s.object : s.subject);
