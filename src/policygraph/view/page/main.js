// Start: read the data, draw, and where that fails show the plain table instead of nothing.
function showFallback(reason) {
  document.documentElement.classList.remove("script");
  byId("fallback-reason").textContent = say(reason);
  window.__VIEW_READY__ = true;
}

function startPage(made) {
  fromHash(location.hash || META.start.hash);
  startPicture(made);
  startSearch();
  startExports();
  startKeys();
  if (S.embed) byId("foot").after(el("p", { class: "embed-link" }, el("a", { href: location.href.split("#")[0], target: "_blank", rel: "noopener" }, say("open_full"))));
  network.once("afterDrawing", () => { window.__VIEW_READY__ = true; });
  // First what lies over the picture, so that no name comes to stand under it.
  showHint();
  applyState();
  if (S.table) window.__VIEW_READY__ = true;
  startStory();
  addEventListener("hashchange", () => {
    if (location.hash.slice(1) === writtenHash) return;
    fromHash(location.hash);
    applyState();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => update());
}

async function main() {
  try {
    const raw = await readData();
    await pause();
    loadNodes(raw);
    await pause();
    await loadStatements(raw);
    await pause();
  } catch (problem) {
    showFallback(problem.message === "old browser" ? "old_browser" : "broken");
    return;
  }
  try {
    startPage(JSON.parse(byId("pg-drawn").textContent));
  } catch (problem) {
    showFallback("broken");
    throw problem;
  }
}

main();
