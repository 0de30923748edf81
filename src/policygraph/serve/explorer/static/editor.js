"use strict";
// The editor works without this file; with it, it colours the query and shows answers as table, chart or graph.
(() => {
  const form = document.getElementById("editor");
  const input = document.getElementById("query");
  const colours = document.getElementById("colours");
  const answer = document.getElementById("answer");
  const status = document.getElementById("status");
  const failure = document.getElementById("failure");
  const tools = document.getElementById("tools");
  const ROWS = 1000;
  const BARS = 30;
  const TOKENS = /(?<comment>#[^\n]*)|(?<iri><[^<>\s]*>)|(?<string>"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?<variable>[?$]\w+)|(?<keyword>\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE|WHERE|PREFIX|BASE|FROM|NAMED|OPTIONAL|UNION|MINUS|GRAPH|FILTER|NOT|EXISTS|IN|BIND|AS|VALUES|GROUP|ORDER|BY|ASC|DESC|HAVING|LIMIT|OFFSET|DISTINCT|REDUCED|COUNT|SUM|AVG|MIN|MAX|SAMPLE|STR|LANG|REGEX|CONTAINS|BOUND|IF|a)\b(?!:))/gi;
  const SAVES = {
    rows: [["CSV", "text/csv"], ["JSON", "application/sparql-results+json"], ["XML", "application/sparql-results+xml"]],
    triples: [["Turtle", "text/turtle"], ["JSON-LD", "application/ld+json"], ["XML", "application/rdf+xml"]],
  };
  const stop = document.getElementById("stop");
  let asking = new AbortController();
  let shown = "table";
  let last = null;

  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  function colour() {
    const parts = [];
    let at = 0;
    for (const match of input.value.matchAll(TOKENS)) {
      parts.push(input.value.slice(at, match.index));
      const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
      parts.push(element("span", match[0], { class: kind }));
      at = match.index + match[0].length;
    }
    parts.push(input.value.slice(at) + "\n");
    colours.replaceChildren(...parts);
    colours.scrollTop = input.scrollTop;
  }

  async function fetchAnswer(accept) {
    const body = new URLSearchParams({ query: input.value });
    const response = await fetch("/sparql", { method: "POST", body, headers: { accept }, signal: asking.signal });
    if (!response.ok) throw new Error((await response.text()).trim());
    return response;
  }

  async function run() {
    failure.textContent = "";
    status.textContent = "Asking …";
    asking.abort();
    const mine = (asking = new AbortController());
    stop.hidden = false;
    const begin = performance.now();
    try {
      const response = await fetchAnswer("application/sparql-results+json, application/n-triples;q=0.9");
      const kind = response.headers.get("content-type");
      last = kind.includes("json") ? await response.json() : { triples: await response.text() };
      const seconds = ((performance.now() - begin) / 1000).toFixed(2);
      status.textContent = `${size(last)} in ${seconds} s`;
      tools.hidden = false;
      show();
    } catch (error) {
      if (mine !== asking) return;
      status.textContent = error.name === "AbortError" ? "Stopped." : "";
      failure.textContent = error.name === "AbortError" ? "" : error.message;
    }
    if (mine === asking) stop.hidden = true;
  }

  const size = (result) => {
    if ("boolean" in result) return "An answer";
    const number = result.triples === undefined ? result.results.bindings.length : result.triples.split("\n").length - 1;
    return `${number.toLocaleString("en")} rows`;
  };

  function show() {
    for (const button of tools.querySelectorAll("[data-show]")) {
      button.setAttribute("aria-pressed", String(button.dataset.show === shown));
    }
    if (!last) return;
    const formats = last.triples === undefined ? SAVES.rows : SAVES.triples;
    tools.querySelectorAll("[data-save]").forEach((button, i) => {
      [button.textContent, button.dataset.save] = formats[i];
    });
    const views = { table, chart, graph };
    answer.replaceChildren(views[shown](last));
  }

  function table(result) {
    if ("boolean" in result) return element("p", result.boolean ? "Yes" : "No");
    if (result.triples !== undefined) return element("pre", result.triples);
    const made = element("table");
    const head = made.createTHead().insertRow();
    for (const name of result.head.vars) head.append(element("th", name, { scope: "col" }));
    const body = made.createTBody();
    for (const row of result.results.bindings.slice(0, ROWS)) {
      const line = body.insertRow();
      for (const name of result.head.vars) line.insertCell().append(cell(row[name]));
    }
    const box = element("div", undefined, { class: "scroll", tabindex: "0", role: "region", "aria-label": "Answer" });
    box.append(made);
    if (result.results.bindings.length > ROWS) box.append(element("p", "Only the first 1,000 rows are shown; a download has all."));
    return box;
  }

  function cell(term) {
    if (!term) return "";
    const home = "https://w3id.org/policygraph/id/";
    if (term.type === "uri" && term.value.startsWith(home)) {
      return element("a", term.value.slice(home.length), { href: "/id/" + term.value.slice(home.length) });
    }
    return term.value;
  }

  // The first column with numbers against the first one with words.
  function chart(result) {
    const rows = result.results ? result.results.bindings.slice(0, BARS) : [];
    const names = result.head ? result.head.vars : [];
    const isNumber = (name) => rows.length && rows.every((r) => r[name] && r[name].value !== "" && !Number.isNaN(Number(r[name].value)));
    const number = names.find(isNumber);
    const label = names.find((name) => name !== number);
    if (!number || !label) return element("p", "A chart needs a column of words and a column of numbers.");
    const most = Math.max(...rows.map((r) => Math.abs(Number(r[number].value))), 1e-9);
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const draw = (name, attributes, text) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      if (text) made.textContent = text;
      picture.append(made);
    };
    picture.setAttribute("viewBox", `0 0 900 ${rows.length * 26 + 10}`);
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", `${number} by ${label}`);
    rows.forEach((row, i) => {
      const value = Number(row[number].value);
      const text = (row[label] ? row[label].value : "").replace(/^.*[/#]/, "");
      draw("text", { x: 290, y: i * 26 + 20, "text-anchor": "end" }, text.length > 40 ? text.slice(0, 39) + "…" : text);
      draw("rect", { x: 300, y: i * 26 + 7, width: Math.max(1, (Math.abs(value) / most) * 520), height: 17 });
      draw("text", { x: 306 + (Math.abs(value) / most) * 520, y: i * 26 + 20 }, String(value));
    });
    return picture;
  }

  function graph(result) {
    const links = result.triples === undefined ? fromRows(result) : fromTriples(result.triples);
    if (!links.length) return element("p", "A graph needs triples (CONSTRUCT), or rows whose first and last columns are things.");
    const box = element("div", undefined, { id: "drawing", role: "img", "aria-label": `A drawing of ${links.length} links; the table holds the same` });
    const script = element("script", undefined, { src: "/static/vis-network.js" });
    const paint = () => {
      const names = [...new Set(links.flatMap((l) => [l[0], l[2]]))];
      const dark = matchMedia("(prefers-color-scheme: dark)").matches;
      const font = { color: dark ? "#e8edf2" : "#1d2733" };
      const nodes = names.map((name) => ({ id: name, label: name.replace(/^.*[/#]/, "").slice(0, 40), font }));
      const edges = links.map(([from, label, to]) => ({ from, to, label: label.replace(/^.*[/#]/, ""), arrows: "to", font: { ...font, strokeWidth: 0 } }));
      new vis.Network(box, { nodes, edges }, { nodes: { shape: "dot", size: 10 }, physics: { stabilization: { iterations: 150 } } });
    };
    if (window.vis) setTimeout(paint);
    else {
      script.addEventListener("load", paint);
      document.head.append(script);
    }
    return box;
  }

  const MOST_LINKS = 300;
  const fromTriples = (text) =>
    text.split("\n").map((line) => line.match(/^<([^>]*)> <([^>]*)> <([^>]*)> \.$/)).filter(Boolean).slice(0, MOST_LINKS).map((m) => m.slice(1, 4));
  function fromRows(result) {
    if (!result.results) return [];
    const names = result.head.vars;
    const [first, final] = [names[0], names[names.length - 1]];
    const middle = names.length > 2 ? names[1] : null;
    return result.results.bindings
      .filter((r) => r[first] && r[final] && first !== final)
      .slice(0, MOST_LINKS)
      .map((r) => [r[first].value, middle && r[middle] ? r[middle].value : "", r[final].value]);
  }

  async function save(accept) {
    try {
      const response = await fetchAnswer(accept);
      const link = element("a", undefined, { download: "answer." + accept.replace(/.*[/+]/, "").replace("turtle", "ttl") });
      link.href = URL.createObjectURL(await response.blob());
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (error) {
      failure.textContent = error.message;
    }
  }

  function insert(select, text) {
    if (text) input.value = text;
    select.value = "";
    colour();
    input.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  stop.addEventListener("click", () => asking.abort());
  input.addEventListener("input", colour);
  input.addEventListener("scroll", () => { colours.scrollTop = input.scrollTop; });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    }
  });
  document.getElementById("example").addEventListener("change", (e) => insert(e.target, e.target.value));
  document.getElementById("prefix").addEventListener("change", (e) => insert(e.target, e.target.value && `${e.target.value}\n${input.value}`));
  tools.addEventListener("click", (event) => {
    if (event.target.dataset.show) {
      shown = event.target.dataset.show;
      show();
    } else if (event.target.dataset.save) save(event.target.dataset.save);
  });
  document.querySelector(".code").classList.add("coloured");
  colour();
})();
