// Small helpers: texts, elements made of text nodes only, numbers, names without accents.
const byId = (id) => document.getElementById(id);
const META = JSON.parse(byId("pg-meta").textContent);
const UI = META.ui;

const PLURALS = new Intl.PluralRules(META.lang);
const count = (n) => (n < META.numbers.least ? String(n) : String(n).replace(/\B(?=(\d{3})+$)/g, META.numbers.group));

// A text with its holes filled; where a text has forms, the number `n` chooses one. Numbers are written as usual.
function say(key, values = {}) {
  const forms = UI[key];
  const text = typeof forms === "string" ? forms : forms[PLURALS.select(values.n)] || forms.other;
  const written = (value) => (typeof value === "number" ? count(value) : String(value));
  return text.replace(/\{(\w+)\}/g, (hole, name) => (name in values ? written(values[name]) : hole));
}

// el("p", {class: "x", on: {click: f}}, "text", child): strings become text nodes, never markup.
function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, run] of Object.entries(value)) node.addEventListener(event, run);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  return fill(node, ...children);
}

function fill(node, ...children) {
  for (const child of children.flat(3)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

function refill(node, ...children) {
  node.replaceChildren();
  return fill(node, ...children);
}

// A name from the data: its own direction, whatever the page's is.
const named = (text, tag = "bdi") => el(tag, { dir: "auto" }, text);

const button = (text, run, props = {}) => el("button", { type: "button", on: { click: run }, ...props }, text);

const SVG_SPACE = "http://www.w3.org/2000/svg";
function svg(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG_SPACE, tag);
  for (const [name, value] of Object.entries(props)) if (value !== null) node.setAttribute(name, String(value));
  return fill(node, ...children);
}

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

function shorten(text, most) {
  const letters = [...text];
  return letters.length <= most ? text : letters.slice(0, most - 1).join("").trimEnd() + "…";
}

function announce(text) {
  byId("status").textContent = text;
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// Colours of the page in the theme that is on; exports always ask for the light one.
const PALETTES = {
  light: { paper: "#ffffff", ink: "#17202b", soft: "#55616f", outline: "#17202b", halo: "#ffffff", mark: 0, dim: "#dfe3e8" },
  dark: { paper: "#10161d", ink: "#eef2f6", soft: "#a9b5c2", outline: "#e6ebf0", halo: "#10161d", mark: 1, dim: "#2a333d" },
};

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "dark" || (chosen === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
}

const palette = () => (isDark() ? PALETTES.dark : PALETTES.light);
const strokeOf = (stance) => META.strokes[stance];
const inkOf = (stance, colours) => META.strokes[stance].ink[colours.mark];
const fillOf = (category, colours) => META.categories[category].colour || colours.paper;
