// Finding a name: blind to case and accents, also by other names; what is not drawn yet gets drawn.
const MOST_FOUND = 12;
let foundNames = [];
let foundAt = -1;

function findNames(text) {
  const wanted = fold(text);
  if (!wanted) return [];
  const hits = [];
  for (const node of G.nodes) {
    node.folded ||= [node.name, ...node.others].map(fold);
    const rank = node.folded[0].startsWith(wanted) ? 0 : node.folded.some((n) => n.startsWith(wanted)) ? 1 : node.folded.some((n) => n.includes(wanted)) ? 2 : 3;
    if (rank < 3) hits.push([rank, -node.statements.length, node.i]);
  }
  return hits.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]).map((hit) => hit[2]);
}

function showFound(text) {
  const all = findNames(text);
  foundNames = all.slice(0, MOST_FOUND);
  foundAt = foundNames.length ? 0 : -1;
  const list = byId("found");
  const rows = foundNames.map((n, k) => foundRow(G.nodes[n], k, fold(text)));
  const none = text.trim() && !all.length ? el("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, say("search_none", { text: shorten(text, 40) })) : null;
  refill(list, rows, none);
  list.hidden = !rows.length && !none;
  byId("search").setAttribute("aria-expanded", String(!list.hidden));
  markFound();
  if (text.trim()) announce(all.length ? say("search_some", { n: all.length }) : say("search_none", { text: shorten(text, 40) }));
}

// Name, then what it is, under which other name it was found, and whether it is drawn.
function foundRow(node, k, wanted) {
  const also = node.folded[0].includes(wanted) ? "" : node.others.find((name) => fold(name).includes(wanted)) || "";
  const facts = [node.kind, also && say("search_also", { name: shorten(also, 40) }), drawn.has(node.i) ? "" : say("search_hidden")].filter(Boolean).join(" · ");
  return el("li", { id: `found-${k}`, role: "option", "aria-selected": "false", on: { mousedown: (e) => { e.preventDefault(); takeFound(k); } } },
    sign(node.category, 16), " ", el("span", { class: "text" }, named(shorten(node.name, 110)), " ", el("span", { class: "small" }, facts)));
}

function markFound() {
  byId("found").querySelectorAll("[id]").forEach((row, k) => row.setAttribute("aria-selected", String(k === foundAt)));
  const input = byId("search");
  if (foundAt >= 0) input.setAttribute("aria-activedescendant", `found-${foundAt}`);
  else input.removeAttribute("aria-activedescendant");
}

function takeFound(k) {
  const node = foundNames[k];
  byId("search").value = "";
  hideFound();
  pickNode(node);
  if (!S.path) byId("panel-title").focus();
}

function hideFound() {
  byId("found").hidden = true;
  byId("search").setAttribute("aria-expanded", "false");
  byId("search").removeAttribute("aria-activedescendant");
}

function startSearch() {
  const input = byId("search");
  input.addEventListener("input", () => showFound(input.value));
  input.addEventListener("blur", hideFound);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && foundNames.length) {
      foundAt = (foundAt + step + foundNames.length) % foundNames.length;
      markFound();
      event.preventDefault();
    } else if (event.key === "Enter" && foundAt >= 0 && !byId("found").hidden) takeFound(foundAt);
    else if (event.key === "Escape") { input.value = ""; hideFound(); byId("graph").focus(); wayFrom = null; byId("hint").hidden = true; event.stopPropagation(); }
  });
}
