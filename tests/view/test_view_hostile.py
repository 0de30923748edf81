"""Text from the web is hostile: whatever a field holds, it is shown as text and nothing of it runs."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from policygraph import iris
from policygraph.view import Step, view
from tests.browser.fixtures import Watched
from tests.view.graphs import DOC, Maker, quoted

pytestmark = pytest.mark.browser
Open = Callable[..., Watched]
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')

STRINGS = (
    "<svg/onload=hit('{f}')>",
    "</script><script>hit('{f}')</script>",
    "--></style></title></textarea><img src=. onerror=hit('{f}')>",
    "' autofocus onfocus=hit('{f}') '\" onmouseover=hit('{f}') \"",
    "[x](javascript:hit('{f}')) <a href='javascript:hit(1)'>{f}</a>",
    "{{{{ cycler.__init__ }}}}{{% for x in y %}} ${{hit('{f}')}}",
    "\u2028hit('{f}')\u2029 \u202e {f} \u2066",
    "<!--<script>{f} ]]>",
    "=HYPERLINK(\"http://x.example\",\"{f}\")",
    "\x07bell {f}",
)  # fmt: skip


def hostile(number: int) -> tuple[Maker, dict[str, str]]:
    """A graph with one of the strings in every field there is."""

    def bad(field: str) -> str:
        return STRINGS[number].format(f=field)

    m = Maker()
    text = f"{bad('before')} Ana said {bad('quote')} to Bo. {bad('after')}\n"
    quote = f"Ana said {bad('quote')} to Bo"
    m.source(DOC, text, bad("title"), bad("publisher"), "2024-01-01", "javascript:hit('url')")
    m.put(iris.source_graph(DOC), f"<{iris.document(DOC)}> <{iris.DCTERMS}creator> {quoted(bad('author'))} .")
    m.entity("person/a", "Person", f"Ana {bad('name')}", bad("alias"))
    m.entity("person/b", "Person", f"Bo {bad('other')}")
    m.entity("policy/p", "Policy", bad("policy"))
    m.concept("topic/t", bad("topic"))
    m.claim(DOC, "person/a", "meets", "person/b", quote, words=(bad("surface"), bad("whom")), speaker="person/b")
    m.claim(DOC, "person/a", "meets", "person/b", quote, "denied")
    m.claim(DOC, "person/a", "opposes", "policy/p", quote)
    m.claim(DOC, "person/a", "prioritises", "topic/t", quote, concept=True)
    m.claim(DOC, "person/b", "edtf", None, quote, value=bad("date"))
    m.recorded("person/a", f"pg:supports <{iris.thing('policy/p')}>", bad("table"), 1, bad("source"))
    m.put(iris.REFERENCE_GRAPH, f"<{iris.thing('person/b')}> dcterms:description {quoted(bad('description'))} .")
    fields = {f"pg__{name}": bad(name) for name in ("coder", "coderVersion", "excerpt")}
    m.coded("e1", "person/a", "person/b", "accuse", "2024-01-02", **fields, dcterms__publisher=bad("paper"),
        dcterms__source=bad("report"), dcterms__issued=bad("day"))  # fmt: skip
    m.put(iris.REFERENCE_GRAPH, f"<{iris.thing('person/a')}> pg:opposes <{iris.thing('person/b')}> .")
    return m, {"title": bad("heading"), "note": bad("note"), "caption": bad("caption")}


# Without the policy nothing but escaping stands in the way; with it, one case shows that it lets the page live.
@pytest.mark.parametrize(("number", "policy"), [*((n, False) for n in range(len(STRINGS))), (2, True)])
def test_nothing_runs_and_nothing_becomes_markup(watched: Open, number: int, policy: bool) -> None:
    m, extra = hostile(number)
    made = view(m.reader(), title=extra["title"], notes={"person/a": extra["note"]}, story=[Step(extra["caption"])])
    page = made.html() if policy else POLICY.sub("", made.html(), count=1)
    assert ("Content-Security-Policy" in page) is policy
    # The trap is set before the page is read: a script in the data would find it.
    trap = "<script>window.hits = []; window.hit = (name) => window.hits.push(name)</script>"
    seen = watched(page if policy else page.replace("<head>", "<head>" + trap, 1), ready=False)
    seen.page.evaluate("() => { window.hits ||= []; window.hit = (name) => window.hits.push(name) }")
    seen.until_ready()
    sweep(seen)
    assert seen.page.evaluate("window.hits") == []
    strange = (
        "script:not(:is([type], head script, body > script)), img, iframe, object, a[href^='javascript'], "
        "[onload], [onerror], [onfocus], [onmouseover]"
    )
    assert (
        seen.page.evaluate("s => [...document.querySelectorAll(s)].map(e => e.outerHTML.slice(0, 80))", strange) == []
    )
    seen.assert_quiet()


def sweep(seen: Watched) -> None:
    """Visit every state that shows text from the graph."""
    go = "hash => { location.hash = hash }"
    everything = "say=asserted~planned~hypothetical~recommended~denied~record~coded"
    for state in (
        "n=person/a", "n=policy/p", "n=person/b", "l=person/a~person/b~asserted", "l=person/a~person/b~record",
        "l=person/a~person/b~coded",
        "l=person/a~policy/p~record", "way=person/b~person/a~policy/p", "view=table",
    ):  # fmt: skip
        seen.page.evaluate(go, f"{state}&{everything}")
        seen.page.wait_for_timeout(30)
    seen.page.evaluate(go, f"n=person/a&{everything}")
    seen.page.wait_for_timeout(30)
    for row in range(seen.page.locator("#panel .row").count()):
        seen.page.evaluate(go, f"n=person/a&{everything}")
        seen.page.locator("#panel .row").nth(row).click()
    seen.page.fill("#search", "a")
    seen.page.fill("#search", "<")
    seen.page.keyboard.press("Escape")
    seen.page.hover("#graph")
    seen.page.click("#help")
    seen.page.keyboard.press("Escape")
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for button in ("save-svg", "save-png", "save-csv"):
        seen.page.click("#save summary")
        with seen.page.expect_download():
            seen.page.click(f"#{button}")


def test_the_policy_alone_stops_what_gets_in(watched: Open) -> None:
    m, _ = hostile(0)
    forced = view(m.reader()).html().replace("</body>", "<script>window.forced = 1</script></body>")
    assert watched(forced).page.evaluate("window.forced") is None


def test_a_cell_that_a_spreadsheet_would_run_is_quoted(watched: Open) -> None:
    m = Maker()
    m.entity("person/a", "Person", "=cmd|' /C calc'!A0")
    m.entity("person/b", "Person", "Bo")
    m.source(DOC, "They met.")
    m.claim(DOC, "person/a", "meets", "person/b", "They met")
    seen = watched(view(m.reader()).html())
    seen.page.click("#save summary")
    with seen.page.expect_download() as waiting:
        seen.page.click("#save-csv")
    assert "\"'=cmd" in waiting.value.path().read_text(encoding="utf-8-sig")
