// Writing names and words on the canvas. Their places are found when the picture stands still; while it moves they
// travel with their signs.
const WORDS_FONT = `600 11px ${FONT}`;
const widths = new Map();
let written = null;
let moving = false;

// A canvas that is only measured on: to set a font takes longer than to measure a name.
const ruler = el("canvas").getContext("2d");
let rulerFont = "";

function widthOf(font, text) {
  const key = `${font} ${text}`;
  if (!widths.has(key)) {
    if (font !== rulerFont) ruler.font = rulerFont = font;
    widths.set(key, ruler.measureText(text).width);
  }
  return widths.get(key);
}

const nameFont = (strong) => (strong ? `600 14px ${FONT}` : `12.5px ${FONT}`);

// Where the buttons for zooming and the hint lie: no name stands under them.
function coveredBoxes() {
  const picture = byId("picture").getBoundingClientRect();
  const boxes = [document.querySelector(".zoom"), byId("hint")].filter((part) => !part.hidden).map((part) => part.getBoundingClientRect());
  return boxes.map((box) => [box.left - picture.left, box.top - picture.top, box.right - picture.left, box.bottom - picture.top]);
}

function findPlaces(width, height, project, scale) {
  const room = { project, width, height, blocked: coveredBoxes() };
  const { placed, taken } = placeLabels({ ...room, radius: (n) => shownSize(n) * scale + 2, measure: (text, strong) => widthOf(nameFont(strong), text), most: MOST_LABELS });
  const words = scale < 0.3 || LINES.size > MANY_LINES ? [] : placeWords({ ...room, taken, measure: (text) => widthOf(WORDS_FONT, text) });
  return { scale, placed, words, origin: project({ x: 0, y: 0 }) };
}

function drawLabels(context) {
  const canvas = context.canvas;
  const ratio = canvas.width / canvas.clientWidth || 1;
  const [scale, project] = [network.getScale(), (point) => network.canvasToDOM(point)];
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (!moving || !written) written = findPlaces(canvas.clientWidth, canvas.clientHeight, project, scale);
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  const colours = palette();
  for (const label of written.placed) paintLabel(context, label, travelled(label, drawn.get(label.node), project, scale), colours);
  context.textBaseline = "middle";
  for (const word of written.words) paintWord(context, word, middleOf(word.line, project), colours);
  context.restore();
}

// Where a label is now that the picture has moved: as far from its sign as it was.
function travelled(label, point, project, scale) {
  if (!moving) return label;
  const before = { x: written.origin.x + point.x * written.scale, y: written.origin.y + point.y * written.scale };
  const now = project(point);
  return { x: now.x + ((label.x - before.x) * scale) / written.scale, y: now.y + ((label.y - before.y) * scale) / written.scale };
}

function paintText(context, text, x, y, ink, halo) {
  context.lineWidth = 4;
  context.strokeStyle = halo;
  context.strokeText(text, x, y);
  context.fillStyle = ink;
  context.fillText(text, x, y);
}

function paintLabel(context, label, { x, y }, colours) {
  [...label.names, ...label.notes].forEach((line, k) => {
    const note = k >= label.names.length;
    context.font = `${label.strong && !note ? "600 " : ""}${note ? "italic " : ""}${label.size}px ${FONT}`;
    paintText(context, line, x, y + 1 + k * label.size * 1.18, note ? colours.soft : colours.ink, colours.halo);
  });
}

function paintWord(context, { line, text }, { x, y }, colours) {
  context.font = WORDS_FONT;
  paintText(context, text, x, y, inkOf(line.disputed ? "denied" : line.stance, colours), colours.halo);
}
