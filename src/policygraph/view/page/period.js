// When: a small histogram over the dated statements and two sliders; what has no date has a box of its own.
const STEPS_MOST = 36;
let BINS = null;

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

function bars() {
  const counts = BINS.starts.slice(0, -1).map((start, k) => G.statements.filter((s) => s.from && s.from < BINS.starts[k + 1] && s.to >= start).length);
  const most = Math.max(1, ...counts);
  return counts.map((n, k) => {
    const inside = (!S.from || BINS.starts[k + 1] > S.from) && (!S.to || BINS.starts[k] <= S.to);
    const high = n ? Math.max(3, (n / most) * 38) : 0;
    return svg("rect", { x: k * 10 + 1, y: 40 - high, width: 8, height: high, class: inside ? "bar" : "bar out" },
      svg("title", {}, say("period_bar", { when: binName(BINS.starts[k]), n: count(n) })));
  });
}

let HISTOGRAM = null;

function slider(id, label, value, run) {
  const most = BINS.starts.length - 2;
  const input = el("input", { type: "range", id, min: 0, max: most, step: 1, value, "aria-valuetext": binName(BINS.starts[value]), on: { input: (e) => run(Number(e.target.value)) } });
  return el("div", { class: "slide" }, el("label", { for: id }, label, " ", el("b", {}, binName(BINS.starts[value]))), input);
}

function setPeriod(low, high) {
  const most = BINS.starts.length - 2;
  [low, high] = [Math.min(low, high), Math.max(low, high)];
  S.from = low === 0 ? "" : BINS.starts[low];
  S.to = high === most ? "" : dayBefore(BINS.starts[high + 1]);
  update({ panel: true });
}

function showPeriod() {
  BINS ||= findBins();
  const box = byId("period");
  if (!box || BINS.starts.length < 2) return;
  const focused = ["period-from", "period-to", "undated"].find((id) => document.activeElement && document.activeElement.id === id) || periodFocus;
  periodFocus = null;
  const low = S.from ? Math.max(0, BINS.starts.findLastIndex((start) => start <= S.from)) : 0;
  const high = S.to ? Math.max(low, BINS.starts.slice(0, -1).findLastIndex((start) => start <= S.to)) : BINS.starts.length - 2;
  const undated = G.statements.filter((s) => !s.from).length;
  refill(box, el("h3", {}, say("period")),
    svg("svg", { class: "histogram", viewBox: `0 0 ${Math.max(1, BINS.starts.length - 1) * 10} 41`, preserveAspectRatio: "none", "aria-hidden": "true" }, bars()),
    slider("period-from", say("period_from"), low, (v) => { periodFocus = "period-from"; setPeriod(v, Math.max(v, high)); }),
    slider("period-to", say("period_to"), high, (v) => { periodFocus = "period-to"; setPeriod(Math.min(low, v), v); }),
    undated ? el("label", { class: "check" }, el("input", { type: "checkbox", id: "undated", checked: S.undated, on: { change: (e) => { periodFocus = "undated"; S.undated = e.target.checked; update(); } } }), ` ${say("period_undated")} `, el("span", { class: "number" }, count(undated))) : null);
  if (focused && byId(focused)) byId(focused).focus();
}

let periodFocus = null;
