// When: a small histogram over the dated statements and two sliders; what has no date has a box of its own.
const STEPS_MOST = 36;
let BINS = null;
let PERIOD = null; // the two sliders, once built

function nextMonth(iso, months) {
  const total = Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(total / 12)).padStart(4, "0")}-${String((total % 12) + 1).padStart(2, "0")}-01`;
}

// Months, quarters, years or decades, whichever gives a readable number of bars.
function findBins() {
  const dated = G.statements.filter((s) => s.from);
  if (!dated.length) return { starts: [], months: 1 };
  const first = dated.reduce((m, s) => (s.from < m ? s.from : m), dated[0].from);
  const last = dated.reduce((m, s) => (s.to > m ? s.to : m), dated[0].to);
  const span = (Number(last.slice(0, 4)) - Number(first.slice(0, 4))) * 12 + Number(last.slice(5, 7)) - Number(first.slice(5, 7)) + 1;
  const months = [1, 3, 12, 60, 120, 1200].find((m) => span / m <= STEPS_MOST) || 12000;
  const starts = [months >= 12 ? `${first.slice(0, 4)}-01-01` : `${first.slice(0, 7)}-01`];
  while (starts[starts.length - 1] <= last && starts.length < STEPS_MOST + 3) starts.push(nextMonth(starts[starts.length - 1], months));
  return { starts, months };
}

function dayBefore(iso) {
  const day = new Date(`${iso}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

function binName(start) {
  if (BINS.months >= 12) return start.slice(0, 4);
  return `${META.months[Number(start.slice(5, 7)) - 1]} ${start.slice(0, 4)}`;
}

// How many statements fall into each bar; counted once.
function countBins() {
  const counts = BINS.starts.slice(0, -1).map(() => 0);
  const binOf = (day) => BINS.starts.findLastIndex((start) => start <= day);
  for (const s of G.statements) {
    if (!s.from) continue;
    for (let k = Math.max(0, binOf(s.from)); k <= Math.min(counts.length - 1, binOf(s.to)); k += 1) counts[k] += 1;
  }
  return counts;
}

function bars() {
  const counts = countBins();
  const most = Math.max(1, ...counts);
  return counts.map((n, k) => {
    const high = n ? Math.max(3, (n / most) * 38) : 0;
    return svg("rect", { x: k * 10 + 1, y: 40 - high, width: 8, height: high, class: "bar" }, svg("title", {}, say("period_bar", { when: binName(BINS.starts[k]), n })));
  });
}

function slider(id, label, run) {
  const input = el("input", { type: "range", id, min: 0, max: BINS.starts.length - 2, step: 1, on: { input: (e) => run(Number(e.target.value)) } });
  return el("div", { class: "slide" }, el("label", { for: id }, label, " ", el("b", {})), input);
}

function setPeriod(low, high) {
  S.from = low === 0 ? "" : BINS.starts[low];
  S.to = high === BINS.starts.length - 2 ? "" : dayBefore(BINS.starts[high + 1]);
  filtered();
}

// First and last bar of the period that is shown.
function periodBins() {
  const low = S.from ? Math.max(0, BINS.starts.slice(0, -1).findLastIndex((start) => start <= S.from)) : 0;
  const high = S.to ? Math.max(low, BINS.starts.slice(0, -1).findLastIndex((start) => start <= S.to)) : BINS.starts.length - 2;
  return [low, high];
}

function buildPeriod(box) {
  const undated = G.statements.filter((s) => !s.from).length;
  const check = el("input", { type: "checkbox", id: "undated", on: { change: (e) => { S.undated = e.target.checked; filtered(); } } });
  // With one bar there is nothing to choose.
  const choice = BINS.starts.length < 3 ? null : [
    svg("svg", { class: "histogram", viewBox: `0 0 ${(BINS.starts.length - 1) * 10} 41`, preserveAspectRatio: "none", "aria-hidden": "true" }, bars()),
    slider("period-from", say("period_from"), (v) => setPeriod(v, Math.max(v, periodBins()[1]))),
    slider("period-to", say("period_to"), (v) => setPeriod(Math.min(periodBins()[0], v), v)),
  ];
  const rest = undated ? el("label", { class: "check" }, check, ` ${say("period_undated")} `, el("span", { class: "number" }, count(undated))) : null;
  if (choice || rest) refill(box, el("h3", {}, say("period")), choice, rest);
  PERIOD = { from: byId("period-from"), to: byId("period-to") };
}

// The sliders stay in place, under the mouse that drags them: only what they show changes.
function showPeriod() {
  BINS ||= findBins();
  const box = byId("period");
  if (!box || BINS.starts.length < 2) return;
  if (!PERIOD) buildPeriod(box);
  const [low, high] = periodBins();
  for (const [input, value] of [[PERIOD.from, low], [PERIOD.to, high]]) {
    if (!input) continue;
    input.value = value;
    input.setAttribute("aria-valuetext", binName(BINS.starts[value]));
    input.previousElementSibling.querySelector("b").textContent = binName(BINS.starts[value]);
  }
  box.querySelectorAll(".bar").forEach((bar, k) => bar.classList.toggle("out", k < low || k > high));
  if (byId("undated")) byId("undated").checked = S.undated;
}
