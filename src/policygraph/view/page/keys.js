// Everything by keyboard: walking from name to name, zooming, into the details and back.
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The neighbour that lies best in the direction; without a neighbour there, any name.
function nextTowards([dx, dy]) {
  const here = drawn.get(S.node);
  const score = (n) => {
    const p = drawn.get(n);
    const [x, y] = [p.x - here.x, p.y - here.y];
    const along = x * dx + y * dy;
    return along <= 0 ? Infinity : along + 2 * Math.abs(x * dy - y * dx);
  };
  const best = (nodes) => nodes.filter((n) => n !== S.node && drawn.has(n) && isShown(n)).sort((a, b) => score(a) - score(b)).find((n) => score(n) < Infinity);
  const found = best(neighbours(S.node));
  return found === undefined ? best([...drawn.keys()]) : found;
}

function walk(direction) {
  if (S.node === null || !drawn.has(S.node)) {
    const first = labelledNodes()[0];
    if (first !== undefined) chooseNode(first);
    return;
  }
  const next = nextTowards(direction);
  if (next !== undefined) chooseNode(next);
}

function graphKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = {
    "+": () => zoomBy(1.25), "=": () => zoomBy(1.25), "-": () => zoomBy(0.8), "0": () => fitAll(),
    Enter: () => (S.node === null && S.line === null ? walk([1, 0]) : byId("panel-title").focus()),
  }[event.key];
  if (DIRECTIONS[event.key]) walk(DIRECTIONS[event.key]);
  else if (act) act();
  else return;
  event.preventDefault();
}

function pageKey(event) {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key === "/" && !typing) {
    byId("search").focus();
    event.preventDefault();
  } else if (event.key === "Escape" && !byId("help-sheet").open && !(typing && event.target.value && event.target.type === "search")) {
    hideTip();
    if (byId("save").open) { byId("save").open = false; byId("save").querySelector("summary").focus(); return; }
    clearChoice();
    if (!S.table) byId("graph").focus();
  }
}

function startKeys() {
  byId("graph").addEventListener("keydown", graphKey);
  document.addEventListener("keydown", pageKey);
  const clicks = {
    "zoom-in": () => zoomBy(1.3), "zoom-out": () => zoomBy(0.77), "zoom-fit": () => fitAll(),
    "tab-graph": () => showTab(false), "tab-table": () => showTab(true), theme: turnTheme, help: showHelp,
  };
  for (const [id, run] of Object.entries(clicks)) byId(id).addEventListener("click", run);
  byId("room").addEventListener("mouseleave", hideTip);
  document.addEventListener("click", (event) => { if (!byId("save").contains(event.target)) byId("save").open = false; });
}
