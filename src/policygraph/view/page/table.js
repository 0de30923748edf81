// The same statements as rows: for readers who do not use the picture, and for saving.
const ROWS_A_PAGE = 100;
let tablePage = 0;

const shownStatements = () => G.statements.filter(passes);

function wordsOf(s) {
  const evidence = evidenceOf(s)[0];
  if (evidence) return evidence.pieces.map((p) => p.text).join("");
  return s.records.length ? recordWords(G.records[s.records[0]]) : "";
}

const sourceOf = (s) => (s.rows.length ? G.sources[s.rows[0][0]].title : s.records.length ? tableOf(G.records[s.records[0]]) : "");
const tableOf = (record) => (record.row ? record.sources.join("; ") : record.table);

function tableRow(s) {
  return el("tr", {},
    el("td", {}, button(named(G.nodes[s.subject].name), () => chooseNode(s.subject, { fit: false }), { class: "link" })),
    el("td", {}, button(s.phrase, () => chooseStatement(s), { class: "link" })),
    el("td", {}, s.object >= 0 ? button(named(objectOf(s)), () => chooseNode(s.object, { fit: false }), { class: "link" }) : named(objectOf(s))),
    el("td", {}, META.stanceNames[s.stance], s.disputed ? ` · ${say("disputed")}` : ""),
    el("td", {}, s.when || (s.reported ? `${say("date_reported")}: ${s.reported}` : "")),
    el("td", { class: "words", dir: "auto" }, shorten(wordsOf(s), 400)),
    el("td", {}, named(sourceOf(s))));
}

function showTable() {
  const all = shownStatements();
  const pages = Math.max(1, Math.ceil(all.length / ROWS_A_PAGE));
  tablePage = Math.min(tablePage, pages - 1);
  const from = tablePage * ROWS_A_PAGE;
  const rows = all.slice(from, from + ROWS_A_PAGE);
  const heads = ["table_who", "table_what", "table_whom", "modality", "date", "table_words", "source"];
  const caption = all.length ? say("table_caption", { from: from + 1, to: from + rows.length, n: all.length }) : say("nothing_left");
  const turn = (step) => () => { tablePage += step; showTable(); byId("table").scrollTop = 0; };
  refill(byId("table"),
    el("div", { class: "table-frame", tabindex: "0", role: "region", "aria-label": say("tab_table") },
      el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, heads.map((key) => el("th", { scope: "col" }, say(key))))), el("tbody", {}, rows.map(tableRow)))),
    pages > 1 ? el("div", { class: "actions" }, tablePage ? button(say("table_prev"), turn(-1)) : null, tablePage < pages - 1 ? button(say("table_next"), turn(1)) : null) : null);
}

// A spreadsheet runs a cell that starts with one of these as a formula.
function csvCell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replace(/"/g, '""')}"`;
}

function csvText() {
  const heads = ["table_who", "table_what", "table_whom", "modality", "speaker", "date", "table_words", "source", "publisher", "published", "position", "confidence", "csv_sources", "csv_copies", "csv_further"].map((key) => say(key));
  const rows = shownStatements().map((s) => {
    const evidence = evidenceOf(s)[0];
    const about = evidence ? [evidence.source.title, evidence.source.publisher, evidence.source.day, where(evidence)] : [sourceOf(s), "", "", ""];
    const { sources = "", copies = "", further = "" } = G.counted[s.counted] || {};
    return [G.nodes[s.subject].name, s.phrase, objectOf(s), META.stanceNames[s.stance], s.speaker, s.when, wordsOf(s), ...about, s.confidence >= 0 ? sureness(s) : "", sources, copies, further].map(String);
  });
  const legend = META.stances.filter((s) => TALLY.stances.has(s)).map((s) => [META.stanceNames[s], META.stanceNotes[s]]);
  const notes = [[], [META.title], [sourceCredit()], ...legend];
  return "\ufeff" + [heads, ...rows, ...notes].map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
}
