// How to read the page, the first hint, and stories told in steps.
function showHelp() {
  const sheet = byId("help-sheet");
  const lines = META.stances.filter((s) => TALLY.stances.has(s) || (s !== "record" && s !== "coded")).map((s) => el("li", {}, strokeSample(s), " ", el("b", {}, META.stanceNames[s]), ` – ${META.stanceNotes[s]}`));
  const signs = META.categories.map((c, i) => el("li", {}, sign(i), " ", c.many));
  refill(sheet,
    el("div", { class: "panel-head" }, el("h2", { id: "help-title" }, say("help")), button("×", () => sheet.close(), { class: "close", "aria-label": say("close") })),
    el("p", {}, say("help_1")), el("ul", { class: "signs" }, signs), el("p", {}, say("help_2")), el("ul", { class: "strokes" }, lines),
    [3, 4, 5, 6].map((n) => el("p", {}, say(`help_${n}`))));
  sheet.showModal();
}

function showHint() {
  // Who arrives at a name or a line has no need to be told how to get there.
  if (!G.statements.length || S.embed || isChosen()) return;
  let seen = false;
  try { seen = localStorage.getItem("policygraph-hint") === "seen"; } catch { /* storage is closed to some frames */ }
  if (seen) return;
  const hint = byId("hint");
  const close = () => {
    hint.hidden = true;
    try { localStorage.setItem("policygraph-hint", "seen"); } catch { /* shown again next time */ }
  };
  refill(hint, say("hint"), " ", button(say("hint_close"), close, { class: "link" }));
  hint.hidden = false;
}

// --- a story: captions, each with the state of the page that goes with it -------------

let storyAt = -1;

function tell(step) {
  storyAt = step;
  const box = byId("story");
  if (step < 0) {
    box.hidden = true;
    fromHash("");
  } else {
    const { caption, state } = META.story[step];
    fromHash(state);
    box.hidden = false;
    refill(box, el("p", { class: "small" }, say("story_of", { i: step + 1, n: META.story.length })), el("p", { class: "caption", dir: "auto", tabindex: "-1" }, caption),
      el("div", { class: "actions" },
        button(say("story_prev"), () => tell(step - 1), { disabled: step === 0 }),
        button(say("story_next"), () => tell(step + 1), { disabled: step === META.story.length - 1, class: "primary" }),
        button(say("story_close"), () => tell(-1), { class: "link" })));
    announce(caption);
  }
  applyState();
}

function startStory() {
  if (META.story.length && !location.hash) tell(0);
}
