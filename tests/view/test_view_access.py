"""Everybody can use the page: by keyboard, by ear, on a phone, in the dark, without movement."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest

from policygraph.view import view
from tests.browser.fixtures import Watched
from tests.view.graphs import Maker, mission

pytestmark = pytest.mark.browser
Open = Callable[..., Watched]
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(seen: Watched) -> list[str]:
    """What the accessibility checker axe finds; its script is run from outside the page's policy."""
    seen.page.evaluate(AXE)
    found: Any = seen.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{v['id']}: {n['html'][:120]}" for v in found["violations"] for n in v["nodes"]]


STATES = {
    "start": "",
    "name": "#n=person/ana-prado",
    "line": "#l=person/ana-prado~country/ver~planned&say=asserted~planned~denied~record",
    "disputed": "#l=government/ver~policy/harbour-pact~asserted",
    "table": "#view=table",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_the_checker_finds_nothing(watched: Open, voyage_html: str, state: str, scheme: str) -> None:
    assert violations(watched(voyage_html, STATES[state], color_scheme=scheme)) == []


def test_the_checker_finds_nothing_in_menus_and_help(watched: Open, voyage_html: str) -> None:
    seen = watched(voyage_html)
    seen.page.click("#save summary")
    seen.page.fill("#search", "a")
    assert violations(seen) == []
    seen.page.keyboard.press("Escape")
    seen.page.click("#help")
    assert violations(seen) == []


@pytest.mark.parametrize("make", [Maker, mission])
def test_the_checker_finds_nothing_on_a_phone(watched: Open, make: Callable[[], Maker]) -> None:
    seen = watched(view(make().reader()).html(), viewport={"width": 320, "height": 640}, has_touch=True)
    assert violations(seen) == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_all_by_keyboard(watched: Open, voyage_html: str) -> None:
    seen = watched(voyage_html)
    press, page = seen.page.keyboard.press, seen.page
    press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("solm")
    press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel-title"
    press("Escape")
    assert page.evaluate("document.activeElement.id") == "graph"
    press("ArrowRight")
    first = page.inner_text("#panel-title")
    seen_names = {first}
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowRight"):
        press(key)
        seen_names.add(page.inner_text("#panel-title"))
    assert len(seen_names) >= 3
    press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel-title"
    for _ in range(30):
        press("Tab")
        if page.evaluate("document.activeElement.classList.contains('row')"):
            break
    press("Enter")
    assert page.locator("#panel blockquote").count() >= 1
    press("Escape")
    before = page.evaluate("network.getScale()")
    page.focus("#graph")
    press("+")
    page.wait_for_timeout(300)
    assert page.evaluate("network.getScale()") > before
    press("0")
    seen.assert_quiet()


def test_tab_leaves_the_picture_and_the_first_stop_skips_to_the_details(watched: Open, voyage_html: str) -> None:
    seen = watched(voyage_html)
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.className") == "skip"
    seen.page.focus("#graph")
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("!document.querySelector('#graph').contains(document.activeElement)")


def test_a_filter_keeps_the_focus_of_the_keyboard(watched: Open, voyage_html: str) -> None:
    seen = watched(voyage_html)
    seen.page.locator("#legend .toggle", has_text="planned").focus()
    seen.page.keyboard.press("Space")
    assert "planned" in seen.page.evaluate("document.activeElement.textContent")
    seen.page.locator("#period-from").focus()
    seen.page.keyboard.press("ArrowRight")
    assert seen.page.evaluate("document.activeElement.id") == "period-from"


def test_choices_are_told_to_who_listens(watched: Open, voyage_html: str) -> None:
    seen = watched(voyage_html, "#n=government/slm")
    seen.page.focus("#graph")
    seen.page.keyboard.press("ArrowUp")
    assert "links." in seen.page.inner_text("#status")
    assert "names shown: 7, lines: " in seen.page.inner_text("#summary")


def test_dark_follows_the_system_and_the_button_turns_it(watched: Open, voyage_html: str) -> None:
    ground = "getComputedStyle(document.querySelector('.panel')).backgroundColor"
    seen = watched(voyage_html, color_scheme="dark")
    assert seen.page.evaluate(ground) == "rgb(16, 22, 29)"
    seen.page.click("#theme")
    assert seen.page.evaluate(ground) == "rgb(255, 255, 255)"
    light = watched(voyage_html, color_scheme="light")
    assert light.page.evaluate(ground) == "rgb(255, 255, 255)"


def test_a_fixed_theme_does_not_follow_the_system(watched: Open) -> None:
    seen = watched(view(mission().reader(), theme="light").html(), color_scheme="dark")
    assert (
        seen.page.evaluate("getComputedStyle(document.querySelector('.panel')).backgroundColor") == "rgb(255, 255, 255)"
    )


def test_nothing_glides_where_movement_is_not_wanted(watched: Open, voyage_html: str) -> None:
    scales = """() => new Promise(done => { const seen = new Set(); let frames = 0;
        const look = () => { seen.add(network.getScale()); (frames += 1) < 40 ? requestAnimationFrame(look) : done(seen.size) };
        document.querySelector('#zoom-in').click(); requestAnimationFrame(look) })"""  # noqa: E501
    assert watched(voyage_html, reduced_motion="reduce").page.evaluate(scales) == 1
    assert watched(voyage_html, reduced_motion="no-preference").page.evaluate(scales) > 1


def test_wide_spacing_of_text_hides_nothing(watched: Open, voyage_html: str) -> None:
    seen = watched(POLICY.sub("", voyage_html, count=1), "#l=person/ana-prado~country/ver~planned")
    seen.page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } "
        "p { margin-bottom: 2em !important }"
    )
    cut = seen.page.evaluate(
        """[...document.querySelectorAll('button, summary, h1, h2, h3, p, dt, dd, li')]
        .filter(e => e.offsetParent && !e.classList.contains('hidden-text'))
        .filter(e => e.scrollWidth > e.clientWidth + 2 && getComputedStyle(e).overflowX !== 'visible')
        .map(e => e.id || e.className || e.textContent.slice(0, 40))"""
    )
    assert cut == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_controls_are_large_enough_to_hit(watched: Open, voyage_html: str) -> None:
    seen = watched(voyage_html, "#l=person/ana-prado~country/ver~planned")
    small = seen.page.evaluate(
        """[...document.querySelectorAll('button, summary, input')].filter(e => e.offsetParent)
        .map(e => [e.id || e.className || e.textContent, e.getBoundingClientRect()])
        .filter(([, b]) => (b.width < 24 || b.height < 24) && b.width > 1).map(([n]) => n)"""
    )
    assert [name for name in small if name not in ("undated", "name")] == []


def test_the_hint_goes_for_good(watched: Open, voyage_html: str) -> None:
    seen = watched(voyage_html)
    assert "Click a line" in seen.page.inner_text("#hint")
    seen.page.get_by_role("button", name="Got it").click()
    seen.page.reload()
    seen.until_ready()
    assert not seen.page.is_visible("#hint")


@pytest.mark.parametrize("at_once", [False, True])
def test_on_a_phone_the_words_come_up_and_leave_the_line_in_sight(
    watched: Open, voyage_html: str, at_once: bool
) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    line = "l=person/ana-prado~country/ver~planned"
    seen = watched(voyage_html, f"#{line}" if at_once else "", **phone)
    if not at_once:
        seen.page.evaluate(f"location.hash = '{line}'")
    seen.page.wait_for_selector("#panel blockquote")
    seen.page.wait_for_timeout(100)
    panel = seen.page.locator("#panel").bounding_box()
    assert panel
    assert 300 < panel["y"] < 844
    ends = seen.page.evaluate(
        """() => { const box = document.querySelector('#graph canvas').getBoundingClientRect();
        const e = network.body.edges['person/ana-prado~country/ver~planned'];
        return [e.from, e.to].map(n => network.canvasToDOM(n)).map(p => [p.x + box.left, p.y + box.top]) }"""
    )
    for x, y in ends:
        assert 0 < x < 390
        assert 0 < y < panel["y"]
    assert violations(seen) == []
    seen.page.get_by_role("button", name="Close").tap()
    assert not seen.page.evaluate("document.querySelector('#panel').classList.contains('open')")
