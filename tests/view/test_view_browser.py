"""The page in a real browser: what a reader does, and what the page then shows."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from policygraph.view import Step, View, view
from tests.browser.fixtures import Watched
from tests.view.graphs import Maker, mission, network_of

pytestmark = pytest.mark.browser
Open = Callable[..., Watched]


@pytest.fixture
def reading(watched: Open, voyage_html: str) -> Watched:
    return watched(voyage_html)


def title(seen: Watched) -> str:
    return seen.page.locator("#panel-title").inner_text().strip()


def search(seen: Watched, text: str) -> None:
    seen.page.fill("#search", text)
    seen.page.keyboard.press("Enter")


def drawn_names(seen: Watched) -> set[str]:
    return set(seen.page.evaluate("network.body.data.nodes.get({filter: n => !n.hidden}).map(n => String(n.id))"))


def lines(seen: Watched) -> set[str]:
    return set(seen.page.evaluate("network.body.data.edges.getIds()"))


def click_line(seen: Watched, name: str) -> None:
    """Click the middle of a line on the canvas, as a reader does."""
    point = seen.page.evaluate(
        """name => { const p = network.canvasToDOM(network.body.edges[name].edgeType.getPoint(0.5));
        const box = document.querySelector('#graph canvas').getBoundingClientRect();
        return [p.x + box.left, p.y + box.top] }""",
        name,
    )
    seen.page.mouse.click(*point)


# --- finding and choosing ---------------------------------------------------------


def test_search_is_blind_to_case_and_finds_other_names(reading: Watched) -> None:
    reading.page.fill("#search", "REPUBLIC of ver")
    first = reading.page.locator("#found li").first.inner_text()
    assert first.split("\n") == ["Veria", "country · also Republic of Veria"]
    reading.page.keyboard.press("Enter")
    assert title(reading) == "Veria"
    assert "n=country/ver" in reading.page.url
    reading.assert_quiet()


def test_search_without_a_hit_says_so(reading: Watched) -> None:
    reading.page.fill("#search", "nobody")
    assert "No name fits “nobody”" in reading.page.inner_text("#found")
    assert "nobody" in reading.page.inner_text("#status")


def test_a_click_on_a_line_opens_the_words_behind_it(reading: Watched) -> None:
    click_line(reading, "person/ana-prado~country/ver~planned")
    card = reading.page.locator("#panel article").first
    assert "Ana Prado plans to visit Veria" in card.locator(".saying").first.inner_text()
    assert card.locator("mark.who").first.inner_text() == "Minister Ana Prado"
    assert card.locator("mark.says").first.inner_text() == "is to visit"
    assert card.locator("mark.whom").first.inner_text() == "Veria"
    text = card.inner_text()
    for words in (
        "planned (scheduled), according to the article", "A voyage of many ports", "quay.example", "The Quay",
        "2 April 2024", "paragraph 1, characters 0–48", "the source itself", "very sure that the source says this",
        "found by rule", "More sentences for the same statement", "Second thoughts",
    ):  # fmt: skip
        assert words in text, words
    link = card.locator("a").first
    assert link.get_attribute("href") == "https://quay.example/a?b=1&c=2"
    assert link.get_attribute("rel") == "noopener noreferrer"
    reading.assert_quiet()


def test_disagreeing_sources_stand_beside_each_other(reading: Watched) -> None:
    click_line(reading, "policy/harbour-pact~government/ver~asserted")
    card = reading.page.locator("#panel article").first
    assert "disputed" in card.locator(".stance").first.inner_text()
    against = card.locator(".against").inner_text()
    assert "Veria does not oppose the Harbour Pact" in against
    assert "denied, according to Ana Prado" in against


def test_a_recorded_line_names_table_row_and_source(reading: Watched) -> None:
    reading.page.evaluate("location.hash = 'l=person/ana-prado~country/ver~record'")
    reading.page.wait_for_selector(".evidence.record")
    text = reading.page.inner_text("#panel")
    assert "on record: visits.csv, row 7" in text
    assert "register.example" in text
    assert "1–3 February 2023" in text


def test_a_click_close_to_a_thin_line_counts(reading: Watched) -> None:
    point = reading.page.evaluate(
        """() => { const p = network.canvasToDOM(network.body.edges['event/dock-strike~place/port-alda-ver~asserted']
        .edgeType.getPoint(0.5)); const box = document.querySelector('#graph canvas').getBoundingClientRect();
        return [p.x + box.left, p.y + box.top] }"""
    )
    reading.page.mouse.click(point[0] + 7, point[1] + 8)
    assert title(reading) in ("Dock Strike – Port Alda", "Port Alda – Dock Strike")


def test_a_coded_event_says_that_its_words_are_elsewhere(watched: Open) -> None:
    m = mission()
    m.entity("actor/harbour-guild", "Actor", "Harbour Guild")
    silent = {"pg__coder": "A. Coder", "dcterms__publisher": "El Faro", "pg__sentence": 3}
    m.coded("e1", "government/slm", "government/ver", "accuse", "2024-02-10", **silent, dcterms__source="Report 7")
    kept = {"pg__excerpt": "The guild met the cabinet.", "dcterms__source": "https://faro.example/a"}
    m.coded("e2", "actor/harbour-guild", "government/ver", "consult", "2024-02-11", **kept)
    seen = watched(view(m.reader(), reference=False).html(), "#l=government/slm~government/ver~coded")
    text = seen.page.inner_text("#panel")
    for words in (
        "Government of Solm criticised Government of Veria", "a coded event of the data set PLOVER", "A. Coder",
        "The data set keeps no words of the report", "El Faro", "Report 7", "10 February 2024", "Sentence\n3",
    ):  # fmt: skip
        assert words in text, words
    assert "row" not in text
    seen.page.evaluate("location.hash = 'l=actor/harbour-guild~government/ver~coded'")
    seen.page.wait_for_selector("#panel blockquote")
    text = seen.page.inner_text("#panel")
    assert "The guild met the cabinet." in text
    assert "kept by the data set" in text
    assert seen.page.get_attribute("#panel .evidence a", "href") == "https://faro.example/a"
    seen.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('closed')) }")
    seen.page.get_by_role("button", name="Copy citation").click()
    copied = seen.page.input_value("textarea.by-hand")
    assert "coded event of the data set PLOVER, https://faro.example/a, “The guild met the cabinet.”" in copied
    assert "2 coded events" in seen.page.inner_text("#lead")
    assert "on record" not in seen.page.inner_text("#legend")
    seen.assert_quiet()


def test_the_panel_says_how_many_sources_tell_an_event(watched: Open) -> None:
    m = mission()
    for name, day in (("e1", "2024-02-10"), ("e2", "2024-02-11"), ("e3", "2024-03-05"), ("e4", "2024-04-06")):
        m.coded(name, "government/slm", "government/ver", "accuse", day, dcterms__source=f"Report {name}")
    m.coded("e5", "government/slm", "organisation/river-council", "accuse", "2024-02-12", dcterms__source="Report 5")
    m.grouped("g1", ("bbbb0000-criticised", "e5"), 1_045, 3, 1_041)
    m.grouped("g2", ("e1", "e2"), 4, 1, 1)
    m.grouped("g3", ("e3",), 2, 2, 0)

    def told(line: str, lang: str = "en") -> list[str]:
        seen = watched(view(m.reader(), lang=lang).html(), f"#l={line}")
        seen.page.wait_for_selector("#panel article .stance")
        seen.assert_quiet()
        return seen.page.locator("#panel article .told").all_inner_texts()

    article, coded = "person/ana-prado~government/ver~asserted", "government/slm~organisation/river-council~coded"
    both = "This event is told by 3 independent sources, 1,041 copies, 1 further report."
    assert told(article) == told(coded) == [both]
    spanish = "Este evento aparece en 3 fuentes independientes, 1041 copias, 1 noticia más."
    assert told(article, "es") == told(coded, "es") == [spanish]
    # Several events on one card, one of them alone: each incident says of which day it is.
    assert sorted(told("government/slm~government/ver~coded")) == [
        "Event (10 February 2024): told by 1 source, 1 copy, 2 further reports.",
        "Event (5 March 2024): told by 2 independent sources.",
    ]
    assert told("policy/harbour-pact~government/ver~asserted") == []


def test_what_is_copied_and_saved_says_how_many_sources_tell_an_event(watched: Open, tmp_path: Path) -> None:
    m = mission()
    m.coded("e5", "government/slm", "organisation/river-council", "accuse", "2024-02-12", dcterms__source="Report 5")
    m.grouped("g1", ("bbbb0000-criticised", "e5"), 1_045, 3, 1_041)
    seen = watched(view(m.reader()).html(), "#l=person/ana-prado~government/ver~asserted")
    seen.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('closed')) }")
    seen.page.get_by_role("button", name="Copy citation").first.click()
    copied = seen.page.input_value("textarea.by-hand")
    assert "This event is told by 3 independent sources, 1,041 copies, 1 further report.\n“Ana Prado" in copied
    table = saved(seen, "save-csv", tmp_path).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table.split("\r\n\r\n")[0])))
    counted = {row["Does what"]: [*row.values()][-3:] for row in rows if row["Who"] == "Ana Prado"}
    assert counted["criticises"] == ["3", "1041", "1"]
    assert counted["plans to visit"] == ["", "", ""]


def test_a_record_can_be_cited(reading: Watched) -> None:
    reading.page.evaluate("location.hash = 'l=person/ana-prado~country/ver~record'")
    reading.page.wait_for_selector(".evidence.record")
    reading.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('closed')) }")
    reading.page.get_by_role("button", name="Copy citation").first.click()
    copied = reading.page.input_value("textarea.by-hand")
    assert "on record: visits.csv, row 7: https://register.example/visits" in copied


def test_a_name_shows_its_links_in_groups_and_what_it_is_about(reading: Watched) -> None:
    search(reading, "Ana Prado")
    text = reading.page.inner_text("#panel")
    for words in (
        "person",
        "Also called: Minister Prado, Prado",
        "plans to visit …",
        "puts first …",
        "fisheries",
        "Holds the post of Minister of Trade of Solm (from 1 January 2020)",
    ):
        assert words in text, words
    reading.page.get_by_role("button", name="fisheries").click()
    assert "The talks put fisheries first" in reading.page.inner_text("#panel blockquote")
    reading.page.keyboard.press("Escape")
    assert title(reading) == "Ana Prado"


def test_citation_is_copied_or_shown_to_be_copied(watched: Open, voyage_html: str) -> None:
    seen = watched(
        voyage_html, "#l=person/ana-prado~country/ver~planned", permissions=["clipboard-read", "clipboard-write"]
    )
    seen.page.get_by_role("button", name="Copy citation").first.click()
    seen.page.wait_for_selector(".toast")
    copied = seen.page.evaluate("navigator.clipboard.readText()")
    assert (
        "“Minister Ana Prado is to visit Veria in May 2024.” — A voyage of many ports, The Quay, 2 April 2024" in copied
    )
    assert "planned" in copied
    seen.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('closed')) }")
    seen.page.get_by_role("button", name="Copy citation").first.click()
    seen.page.wait_for_selector("textarea.by-hand")
    assert seen.page.input_value("textarea.by-hand") == copied


# --- filters -----------------------------------------------------------------------


def test_only_facts_plans_and_records_are_shown_and_the_page_says_what_is_not(reading: Watched) -> None:
    assert {name.rsplit("~", 1)[1] for name in lines(reading)} == {"asserted", "planned", "record"}
    note = reading.page.inner_text(".hidden-note")
    assert "4 statements are hidden: 2 possible, 1 advised, 1 denied." in note
    reading.page.get_by_role("button", name="Show everything").click()
    assert {name.rsplit("~", 1)[1] for name in lines(reading)} >= {"hypothetical", "recommended", "denied"}
    assert reading.page.inner_text(".hidden-note") == "Nothing is hidden."


def test_every_modality_has_a_stroke_of_its_own(reading: Watched) -> None:
    reading.page.get_by_role("button", name="Show everything").click()
    looks = reading.page.evaluate(
        "network.body.data.edges.get().map(e => [e.id.split('~')[2], JSON.stringify(e.dashes), e.width > 1.2])"
    )
    by_stance = {stance: (dashes, thick) for stance, dashes, thick in looks if dashes != "[5,4]"}
    assert len(by_stance) >= 5
    assert len(set(by_stance.values())) == len(by_stance)


def test_the_legend_hides_a_kind_of_name_and_a_double_click_shows_it_alone(reading: Watched) -> None:
    places = reading.page.locator("#legend .toggle", has_text="Countries and places")
    places.click()
    assert places.get_attribute("aria-pressed") == "false"
    assert not [n for n in lines(reading) if "country/ver" in n]
    assert "off=place" in reading.page.url
    reading.page.get_by_role("button", name="only planned").click()
    reading.page.get_by_role("button", name="Reset all filters").click()
    reading.page.locator("#legend .toggle", has_text="planned").dblclick()
    assert lines(reading) == {"person/ana-prado~country/ver~planned"}


def test_a_kind_of_link_can_be_switched_off(reading: Watched) -> None:
    reading.page.get_by_role("button", name="Show all kinds").click()
    reading.page.locator("#legend .toggle", has_text="supports").click()
    assert "government/slm~policy/harbour-pact~asserted" not in lines(reading)
    assert "not=supports" in reading.page.url


def test_the_legend_stays_in_place_while_it_is_used(reading: Watched) -> None:
    row = reading.page.locator("#legend .toggle", has_text="stated as fact")
    before = row.bounding_box()
    row.click()
    assert row.bounding_box() == before
    assert "hidden: 6 stated as fact" in reading.page.inner_text("#hidden-note")
    assert "hidden: 6 stated as fact" in reading.page.inner_text("#status")


def test_a_filter_that_leaves_nothing_says_so(reading: Watched) -> None:
    for name in ("stated as fact", "planned", "on record"):
        reading.page.locator("#legend .toggle", has_text=name).click()
    assert reading.page.inner_text("#over") == "Nothing is left with these filters."
    reading.assert_quiet()


def test_the_period_keeps_what_falls_into_it(reading: Watched) -> None:
    slider = reading.page.locator("#period-from")
    assert slider.get_attribute("aria-valuetext") == "January 2020"
    slider.evaluate("e => { e.value = e.max; e.dispatchEvent(new Event('input')) }")
    assert "from=2024" in reading.page.url
    assert "person/ana-prado~country/ver~record" not in lines(reading)
    assert "person/ana-prado~country/ver~planned" in lines(reading)
    reading.page.uncheck("#undated")
    assert "person/ana-prado~government/ver~asserted" not in lines(reading)
    reading.page.get_by_role("button", name="Reset all filters").click()
    assert "person/ana-prado~country/ver~record" in lines(reading)


def test_a_slider_can_be_dragged_all_the_way(reading: Watched) -> None:
    slider = reading.page.locator("#period-from")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    mouse, y = reading.page.mouse, box["y"] + box["height"] / 2
    mouse.move(box["x"] + 8, y)
    mouse.down()
    for part in (0.3, 0.6, 1.0):
        mouse.move(box["x"] + box["width"] * part - 4, y)
    mouse.up()
    assert slider.input_value() == slider.get_attribute("max")
    assert "person/ana-prado~country/ver~record" not in lines(reading)


def test_the_call_sets_what_is_shown_at_first(watched: Open) -> None:
    page = view(mission().reader(), modality=["denied"], period="2024", focus="Government of Veria", title="Denials")
    seen = watched(page.html())
    assert title(seen) == "Government of Veria"
    assert {n.rsplit("~", 1)[1] for n in lines(seen)} == {"denied", "record"}


# --- focus, expand, way ------------------------------------------------------------


def unpainted(seen: Watched) -> list[str]:
    """Names that are shown, in sight, and without a drop of colour where their sign should be."""
    found: list[str] = seen.page.evaluate(
        """() => { const canvas = document.querySelector('#graph canvas'), ink = canvas.getContext('2d');
        const ratio = canvas.width / canvas.clientWidth, paper = '255,255,255';
        return network.body.data.nodes.get({filter: n => !n.hidden}).filter(n => {
            const p = network.canvasToDOM(network.getPosition(n.id));
            if (p.x < 0 || p.y < 0 || p.x > canvas.clientWidth || p.y > canvas.clientHeight) return false;
            const r = n.size * network.getScale() * 0.3;
            const bare = [0, 1, 2, 3, 4, 5].filter(k => { const [x, y] = [p.x + r * Math.cos(k), p.y + r * Math.sin(k)];
                const [red, green, blue, opaque] = ink.getImageData(x * ratio, y * ratio, 1, 1).data;
                return !opaque || `${red},${green},${blue}` === paper; });
            return bare.length > 3 && n.color.background !== '#ffffff'; }).map(n => n.id) }"""
    )
    return found


def test_every_sign_in_sight_is_painted_wherever_the_page_opens(watched: Open) -> None:
    page = view(network_of(80, 200).reader(), theme="light").html()
    for name in ("n0", "n40", "n79"):
        seen = watched(page, f"#n=person/{name}")
        assert len(drawn_names(seen)) > 20
        assert unpainted(seen) == []


def test_focus_greys_what_is_not_near(reading: Watched) -> None:
    search(reading, "Government of Solm")
    reading.page.get_by_role("button", name="Only neighbours").click()
    faint = reading.page.evaluate("network.body.data.edges.get().filter(e => e.color.opacity < 0.5).length")
    reading.page.get_by_role("button", name="Two steps away").click()
    fainter = reading.page.evaluate("network.body.data.edges.get().filter(e => e.color.opacity < 0.5).length")
    assert 0 < fainter < faint
    assert "f=government/slm~2" in reading.page.url


def test_names_outside_the_picture_are_found_drawn_and_expanded(watched: Open) -> None:
    seen = watched(view(network_of(300, 750).reader(), max_nodes=30).html())
    assert len(drawn_names(seen)) <= 30
    assert "of 300 names in the picture" in seen.page.inner_text("#foot")
    hidden = seen.page.evaluate("network.body.data.nodes.getIds()")
    missing = next(n for n in range(299, 0, -1) if n not in hidden)
    seen.page.fill("#search", f"name number {missing}")
    assert "not in the picture yet" in seen.page.locator("#found li").first.inner_text()
    seen.page.keyboard.press("Enter")
    before = drawn_names(seen)
    assert title(seen).endswith(f"Name number {missing}")
    search(seen, "Name number 0")
    seen.page.get_by_role("button", name="more neighbours").click()
    assert len(drawn_names(seen)) > len(before)
    assert "x=" in seen.page.url
    seen.page.reload()
    seen.until_ready()
    assert len(drawn_names(seen)) > len(before)
    seen.assert_quiet()


def test_the_way_between_two_names_is_shown_step_by_step(reading: Watched) -> None:
    search(reading, "Government of Solm")
    reading.page.get_by_role("button", name="Find the way to").click()
    assert reading.page.is_visible("#hint")
    search(reading, "Port Alda")
    assert "No way leads from Government of Solm to Port Alda" in reading.page.inner_text("#status")
    search(reading, "Government of Solm")
    reading.page.get_by_role("button", name="Find the way to").click()
    search(reading, "Ana Prado")
    assert title(reading) == "The way from Government of Solm to Ana Prado"
    assert reading.page.locator("ol.way > li").count() >= 3
    assert "way=" in reading.page.url


# --- address, exports, story ---------------------------------------------------------


def test_a_link_brings_back_what_was_on_the_screen(watched: Open, voyage_html: str) -> None:
    first = watched(voyage_html)
    first.page.locator("#legend .toggle", has_text="denied").click()
    first.page.locator("#legend .toggle", has_text="People").click()
    search(first, "Harbour Pact")
    again = watched(voyage_html, "#" + first.page.url.split("#")[1])
    assert title(again).endswith("Harbour Pact")
    assert lines(again) == lines(first)
    assert again.page.url.split("#")[1] == first.page.url.split("#")[1]
    again.assert_quiet()


def test_a_strange_address_does_no_harm(watched: Open, voyage_html: str) -> None:
    seen = watched(voyage_html, "#n=nobody&l=a~b~c&s=zz&say=shouted&from=soon&f=x~9&way=a~b&x=q&off=zz&not=%3Cimg%3E")
    assert title(seen) == "Start here"
    assert "not on this page" in seen.page.inner_text("#status")
    seen.assert_quiet()


def saved(seen: Watched, button: str, tmp_path: Path) -> Path:
    seen.page.click("#save summary")
    with seen.page.expect_download() as waiting:
        seen.page.click(f"#{button}")
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_the_saved_drawing_holds_text_title_legend_and_source(reading: Watched, tmp_path: Path) -> None:
    path = saved(reading, "save-svg", tmp_path)
    assert path.name == "a-voyage-of-many-ports.svg"
    root = ET.parse(path).getroot()
    texts = [t.text for t in root.iter("{http://www.w3.org/2000/svg}text")]
    for words in ("A voyage of many ports", "Ana Prado", "planned", "Countries and places", "disputed"):
        assert words in texts, words
    assert any(t and t.startswith("Source: A voyage of many ports") for t in texts)
    assert any(t and "statements are hidden: " in t for t in texts)
    reading.assert_quiet()


def test_the_saved_picture_is_twice_as_fine_and_not_blank(reading: Watched, tmp_path: Path) -> None:
    picture = Image.open(saved(reading, "save-png", tmp_path))
    assert picture.width == 3200
    assert len(picture.convert("RGB").getcolors(1_000_000) or range(99)) > 50
    reading.assert_quiet()


def test_the_saved_table_holds_what_is_shown(reading: Watched, tmp_path: Path) -> None:
    text = saved(reading, "save-csv", tmp_path).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:4] == ["Who", "Does what", "To whom or what", "How it is said"]
    assert ["Ana Prado", "plans to visit", "Veria", "planned"] in [row[:4] for row in rows]
    assert not [row for row in rows if "meet" in "".join(row[1:2])]
    assert any(row and row[0].startswith("Source:") for row in rows)


def test_the_table_shows_the_same_statements(reading: Watched) -> None:
    reading.page.click("#tab-table")
    rows = reading.page.locator("#table tbody tr")
    assert rows.count() == 11
    rows.filter(has_text="criticises").get_by_role("button", name="criticises").click()
    assert "Ana Prado criticised Veria on Monday" in reading.page.inner_text("#panel")
    assert "view=table" in reading.page.url


def test_a_story_leads_through_the_page(watched: Open) -> None:
    steps = [
        Step("It begins with a plan.", focus="Ana Prado", modality=("planned",)),
        Step("And one way out.", focus="Solm", to="Veria"),
    ]
    steps[1] = Step("And one way out.", focus="Government of Solm", to="Ana Prado")
    seen = watched(view(mission().reader(), story=steps, notes={"Veria": "An island state."}).html())
    assert "It begins with a plan." in seen.page.inner_text("#story")
    assert title(seen).endswith("Ana Prado")
    seen.page.get_by_role("button", name="Next").click()
    assert title(seen) == "The way from Government of Solm to Ana Prado"
    seen.page.get_by_role("button", name="Leave the story").click()
    assert not seen.page.is_visible("#story")
    search(seen, "Veria")
    assert "An island state." in seen.page.inner_text("#panel")
    seen.assert_quiet()


def test_a_colour_set_in_python_is_drawn(watched: Open) -> None:
    page = view(mission().reader())
    page.network.get_node("country/ver").update(color="#123456", size=41)
    drawn = watched(page.html()).page.evaluate("JSON.stringify(network.body.data.nodes.get())")
    assert "#123456" in drawn
    assert '"size":41' in drawn


# --- sizes and shapes of graphs --------------------------------------------------------


def test_an_empty_graph_says_what_to_do(watched: Open) -> None:
    seen = watched(view(Maker().reader()).html())
    assert "Add articles and build it again" in seen.page.inner_text("#panel")
    assert seen.page.inner_text("#over") == "There is nothing to draw yet."
    seen.assert_quiet()


def test_one_name_alone_is_drawn_and_readable(watched: Open) -> None:
    m = Maker()
    m.entity("person/a", "Person", "Ana Prado")
    m.concept("topic/fisheries", "fisheries")
    m.source("cccc000011112222", "Ana Prado puts fisheries first.")
    m.claim(
        "cccc000011112222", "person/a", "prioritises", "topic/fisheries", "Ana Prado puts fisheries first", concept=True
    )
    seen = watched(view(m.reader()).html())
    assert len(drawn_names(seen)) == 1
    assert not seen.page.is_visible("#over")
    assert "1 statement in articles · 1 name · 1 source" in seen.page.inner_text("#lead")
    search(seen, "prado")
    assert "fisheries" in seen.page.inner_text("#panel")
    seen.assert_quiet()


def test_a_large_graph_draws_its_most_linked_part(watched: Open, tmp_path: Path) -> None:
    path = view(network_of(1500, 6000).reader()).write(tmp_path / "large.html")
    seen = watched(path)
    assert 200 < len(drawn_names(seen)) <= 300
    search(seen, "Name number 1499")
    assert title(seen) == "Name number 1499"
    seen.assert_quiet()


def test_names_in_any_script_and_of_any_length_fit(watched: Open) -> None:
    m = Maker()
    names = ["محمد بن راشد", "משה כהן", "王毅", "X" * 300, "A name of many words " * 14]
    m.source("cccc000011112222", "They met in the harbour. " * 3)
    for i, name in enumerate(names):
        m.entity(f"person/n{i}", "Person", name)
        if i:
            m.claim("cccc000011112222", f"person/n{i}", "meets", "person/n0", "They met in the harbour")
    seen = watched(view(m.reader()).html(), viewport={"width": 320, "height": 640})
    for name in names:
        search(seen, name[:40])
        assert name[:40] in title(seen)
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert seen.page.locator("#panel-title").get_attribute("dir") == "auto"
    seen.assert_quiet()


def test_spanish_throughout(watched: Open) -> None:
    seen = watched(view(mission().reader(), lang="es").html())
    assert seen.page.locator("html").get_attribute("lang") == "es"
    search(seen, "Ana Prado")
    text = seen.page.inner_text("body")
    assert "tiene previsto visitar" in text
    for english in ("Filters", "Details", "plans to", "stated as fact", "Period\n"):
        assert english not in text


# --- where the page has to live ---------------------------------------------------------


def test_an_old_browser_gets_the_table(watched: Open) -> None:
    packed = view(network_of(900, 5200).reader()).html()
    whole = packed.replace("<script>document", "<script>delete window.DecompressionStream;document", 1)
    assert whole != packed
    whole = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", whole)
    seen = watched(whole)
    assert "cannot unpack the picture" in seen.page.inner_text("#fallback")
    assert seen.page.locator("#fallback tbody tr").count() > 50
    assert not seen.page.is_visible("#graph")


def test_a_browser_too_old_to_read_the_script_gets_the_table(watched: Open, voyage_html: str) -> None:
    unread = voyage_html.replace('"use strict";\n(() => {', '"use strict";\n(() => { a ~~= 1;')
    assert unread != voyage_html
    unread = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", unread)
    seen = watched(unread, ready=False)
    assert "could not be drawn" in seen.page.inner_text("#fallback")
    assert "plans to visit" in seen.page.inner_text("#fallback")
    assert not seen.page.is_visible("#graph")


def test_without_scripts_there_is_a_table(watched: Open, voyage_html: str) -> None:
    seen = watched(voyage_html, ready=False, java_script_enabled=False)
    assert "The picture needs JavaScript" in seen.page.inner_text("body")
    assert "plans to visit" in seen.page.inner_text("#fallback")


def test_two_views_live_in_one_notebook_page(watched: Open, voyage: View) -> None:
    other = view(mission().reader(), title="The second", focus="Veria")
    frames = voyage._repr_html_() + other._repr_html_()
    page = f"<!doctype html><title>Notebook</title><script>var secret = 'token'</script>{frames}"
    seen = watched(page, ready=False, viewport={"width": 1200, "height": 1400})
    inner = [frame for frame in seen.page.frames if frame != seen.page.main_frame]
    assert len(inner) == 2
    for frame in inner:
        seen.until_ready(frame)
        assert frame.locator("#graph canvas").count() == 1
    assert inner[1].locator("#panel-title").inner_text().endswith("Veria")
    inner[0].fill("#search", "Harbour")
    inner[0].press("#search", "Enter")
    assert inner[0].locator("#panel-title").inner_text().endswith("Harbour Pact")
    assert inner[1].locator("#panel-title").inner_text().endswith("Veria")
    reached = inner[0].evaluate("(() => { try { return parent.secret } catch (e) { return e.name } })()")
    assert reached == "SecurityError"
    seen.assert_quiet()


def test_embedding_shows_the_picture_and_opens_words_over_it(watched: Open, voyage_html: str) -> None:
    seen = watched(voyage_html, "#embed", viewport={"width": 600, "height": 420})
    assert not seen.page.is_visible("#legend")
    assert not seen.page.is_visible("#panel")
    assert "embed" in seen.page.url
    click_line(seen, "person/ana-prado~country/ver~planned")
    assert seen.page.is_visible("#panel")
    assert seen.page.get_by_role("link", name="Open the whole page").get_attribute("target") == "_blank"
    seen.assert_quiet()


def test_print_holds_picture_legend_and_words_in_light_colours(watched: Open, voyage_html: str, tmp_path: Path) -> None:
    seen = watched(voyage_html, "#l=person/ana-prado~country/ver~planned", color_scheme="dark")
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    seen.page.emulate_media(media="print")
    assert seen.page.is_visible("#print-picture svg")
    assert not seen.page.is_visible("#graph")
    assert not seen.page.is_visible("#legend")
    assert (
        seen.page.evaluate("getComputedStyle(document.querySelector('.panel')).backgroundColor") == "rgb(255, 255, 255)"
    )
    assert "file:" in seen.page.inner_text("#print-picture p")
    made: Any = seen.page.pdf()
    assert made.startswith(b"%PDF")
    seen.assert_quiet()
