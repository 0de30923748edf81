// The words behind a statement: sentence, source, who says so, how sure the reading is.
const ROLE_CLASS = ["around", "quoted", "who", "says", "whom"];

// A short stroke drawn like the line on the picture.
function strokeSample(stance) {
  const stroke = strokeOf(stance);
  const line = svg("line", { x1: 1, y1: 6, x2: 33, y2: 6, "stroke-width": Math.max(1.4, stroke.width), "stroke-dasharray": stroke.dashes.join(" ") || null, class: `stroke ${stance}` });
  return svg("svg", { class: "sample", width: 34, height: 12, viewBox: "0 0 34 12", "aria-hidden": "true" }, line);
}

function quoteBlock(evidence) {
  const words = evidence.pieces.map(({ role, text }) =>
    role >= 2 ? el("mark", { class: ROLE_CLASS[role] }, text) : el("span", { class: ROLE_CLASS[role] }, text));
  return el("blockquote", { dir: "auto" }, words);
}

const marksKey = () => el("p", { class: "marks-key", "aria-hidden": "true" },
  el("mark", { class: "who" }, say("mark_who")), " ", el("mark", { class: "says" }, say("mark_says")), " ", el("mark", { class: "whom" }, say("mark_whom")));

function sayer(s) {
  const said = META.said[s.stance] + (s.detail && META.details[s.detail] && META.details[s.detail] !== META.said[s.stance] ? ` (${META.details[s.detail]})` : "");
  if (s.stance === "coded") return s.records.length ? say("according_dataset", { said, name: G.records[s.records[0]].table }) : say("according_datasets", { said });
  if (s.stance === "record" || !s.rows.length) return s.records.length ? say("according_sources", { said }) : said;
  return s.speaker ? say("according_speaker", { said, speaker: s.speaker }) : say("according_article", { said });
}

function sureness(s) {
  const c = s.confidence;
  return META.confidence[c >= 0.9 ? "high" : c >= 0.75 ? "good" : c >= 0.5 ? "fair" : "low"];
}

function hostOf(address) {
  try { return new URL(address).hostname; } catch { return ""; }
}

function sourceLine(source) {
  const host = hostOf(source.address);
  if (!host) return named(source.title);
  return [named(source.title), " ", el("a", { href: source.address, rel: "noopener noreferrer", target: "_blank" }, host)];
}

function facts(pairs) {
  const rows = pairs.filter(([, value]) => value && (!Array.isArray(value) || value.length));
  return el("dl", {}, rows.map(([name, value]) => [el("dt", {}, name), el("dd", {}, typeof value === "string" ? named(value) : value)]));
}

function where(evidence) {
  const place = { p: count(evidence.paragraph), a: count(evidence.start), b: count(evidence.end) };
  const text = say("position_text", place);
  return evidence.paragraph ? text : text.slice(text.indexOf(",") + 1).trim();
}

function evidenceBlock(evidence) {
  const { source } = evidence;
  return el("div", { class: "evidence" }, quoteBlock(evidence), facts([
    [say("source"), [sourceLine(source)]], [say("publisher"), source.publisher], [say("author"), source.author],
    [say("published"), source.dayText], [say("position"), where(evidence)],
  ]));
}

function recordSource(text) {
  const host = hostOf(text);
  const web = /^https?:\/\//.test(text) && host;
  return web ? el("a", { href: text, rel: "noopener noreferrer", target: "_blank" }, host) : named(text);
}

// An event of a data set: who coded it and from which report; mostly the set keeps no words of it.
function codedBlock(record) {
  return el("div", { class: "evidence" },
    record.text ? [el("blockquote", { dir: "auto" }, record.text), el("p", { class: "small" }, say("coded_text"))] : el("p", { class: "no-words" }, say("coded_no_text")),
    facts([
      [say("coded_set"), record.table], [say("coder"), record.coder], [say("publisher"), record.publisher], [say("published"), record.day],
      [say("coded_report"), record.sources.map((text) => el("div", {}, recordSource(text)))], [say("coded_sentence"), record.sentence ? count(record.sentence) : ""],
    ]));
}

function recordBlock(record) {
  if (!record.row) return codedBlock(record);
  const sources = record.sources.map((text) => el("li", {}, recordSource(text)));
  return el("div", { class: "evidence record" },
    el("p", {}, say("record_text", record)),
    sources.length ? [el("p", { class: "small" }, say("record_source")), el("ul", {}, sources)] : null);
}

const objectOf = (s) => (s.object >= 0 ? G.nodes[s.object].name : s.value);

function sentenceOf(s, linked = true) {
  const subject = linked ? button(named(G.nodes[s.subject].name), () => pickNode(s.subject), { class: "name" }) : named(G.nodes[s.subject].name, "b");
  const object = s.object >= 0 && linked ? button(named(G.nodes[s.object].name), () => pickNode(s.object), { class: "name" }) : named(objectOf(s), "b");
  return el("p", { class: "saying" }, subject, ` ${s.phrase} `, object);
}

// A record on one line.
function recordWords(record) {
  if (record.row) return `${say("record_text", record)}: ${record.sources.join("; ")}`;
  return [say("coded_in", record), record.coder, record.publisher, record.day, ...record.sources, record.text ? `“${record.text}”` : say("coded_no_text")].filter(Boolean).join(", ");
}

function citation(s) {
  const put = `${G.nodes[s.subject].name} ${s.phrase} ${objectOf(s)} (${sayer(s)})`;
  const records = s.records.map((i) => recordWords(G.records[i]));
  const quotes = evidenceOf(s).map((e) => {
    const { source } = e;
    const about = [source.author, source.title, source.publisher, source.dayText, where(e), source.address].filter(Boolean).join(", ");
    const words = e.pieces.map((p) => p.text).join("");
    return `“${words}” — ${about}`;
  });
  return [put, toldOf(s), ...quotes, ...records].filter(Boolean).join("\n");
}

// The clipboard is closed to some frames: then the text is shown, ready to be copied by hand.
async function copyText(text, done, beside) {
  try {
    await navigator.clipboard.writeText(text);
    announce(done);
    showToast(done);
  } catch {
    beside.parentNode.querySelectorAll(".by-hand").forEach((old) => old.remove());
    const box = el("textarea", { class: "by-hand", rows: 4, readonly: true, "aria-label": say("copy_by_hand") });
    box.value = text;
    beside.after(box);
    box.focus();
    box.select();
  }
}

// How many sources tell an event, where its reports were counted together.
function countWords({ sources, copies, further }) {
  const parts = [["told_sources", sources], ["told_copies", copies], ["told_further", further]];
  return parts.filter(([, n]) => n).map(([key, n]) => say(key, { n })).join(", ");
}

const toldOf = (s) => (s.counted >= 0 ? say("told", { counts: countWords(G.counted[s.counted]) }) : "");

const MOST_TOLD = 3;
function toldBy(same) {
  const first = new Map();
  for (const s of same) if (s.counted >= 0 && !first.has(s.counted)) first.set(s.counted, s);
  // "This event" is plain only where the card is about no other.
  const one = first.size === 1 && same.every((s) => s.counted >= 0);
  const told = [...first.values()].map((s) => {
    const counts = countWords(G.counted[s.counted]);
    return one ? say("told", { counts }) : say("told_of", { when: s.when || say("period_undated"), counts });
  });
  const more = told.length > MOST_TOLD ? [say("told_more", { n: told.length - MOST_TOLD })] : [];
  return [...told.slice(0, MOST_TOLD), ...more].map((text) => el("p", { class: "told" }, text));
}

// One card: everything that sources say in the same words of ours about the same two names.
function statementCard(same, { open = true } = {}) {
  const s = same[0];
  const told = (e) => new Set(e.pieces.map((p) => p.role).filter((role) => role >= 2)).size;
  const evidence = same.flatMap(evidenceOf).sort((a, b) => told(b) - told(a));
  const records = [...new Set(same.flatMap((t) => t.records))].map((r) => G.records[r]);
  const speakers = [...new Set(same.map((t) => t.speaker).filter(Boolean))].join(", ");
  const against = s.disputed ? disagreeing(s) : [];
  const copy = button(say("copy"), () => copyText(same.map(citation).join("\n\n"), say("copied"), copy), { class: "copy" });
  const body = [
    el("p", { class: `stance ${s.stance}` }, strokeSample(s.stance), " ", sayer(s), s.disputed ? el("strong", { class: "disputed" }, ` · ${say("disputed")}`) : null),
    toldBy(same),
    evidence.length ? evidenceBlock(evidence[0]) : null,
    facts([
      [say("speaker"), s.stance === "record" || s.stance === "coded" ? "" : speakers || (evidence.length ? say("speaker_source") : "")],
      [say("date"), s.when], [say("date_reported"), s.reported && evidence.length ? evidence[0].source.dayText : ""], [say("place"), s.place], [say("kind"), s.kind],
      [say("condition"), s.conditions.map((i) => el("span", { class: "condition" }, sentenceOf(G.statements[i], false)))],
      [say("confidence"), s.confidence >= 0 ? [el("span", { title: say("confidence_note") }, say("confidence_text", { word: sureness(s) }))] : ""],
      [say("method"), META.methods[s.method] || ""],
    ]),
    records.map(recordBlock),
    evidence.length > 1 ? [el("h3", { class: "sub" }, say("other_sentences")), evidence.slice(1).map(evidenceBlock)] : null,
    against.length ? el("div", { class: "against" }, el("h3", { class: "sub" }, say("disagree")), against.map((t) => [sentenceOf(t), el("p", { class: `stance ${t.stance}` }, strokeSample(t.stance), " ", sayer(t)), evidenceOf(t).slice(0, 3).map(evidenceBlock)])) : null,
    copy,
  ];
  return el("article", { class: "card" }, sentenceOf(s), open ? body : null);
}

// Statements with the same wording and stance between the same names belong on one card.
function cardsOf(statements) {
  const groups = new Map();
  for (const s of statements) {
    const key = `${sameContent(s)} ${s.phrase} ${s.stance}`;
    groups.set(key, [...(groups.get(key) || []), s]);
  }
  return [...groups.values()];
}
