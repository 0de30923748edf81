"""The explorer in a real browser, over a graph built from real files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page

from tests.importing.plover_rows import record
from tests.serve.conftest import JSON, SOURCE, Server, serving_build

ARTICLE = (
    "Foreign Minister Ana Prado of Mexico met officials from Guatemala in Lima on 3 March 2024.\n"
    "She is set to visit Brazil in May. \"<script>document.title='owned'</script> & <b>bold</b>\" said a banner.\n"
)
PROJECT = """
[project]
title = "A <i>small</i> project"
[sources]
articles = ["articles"]
"""


@pytest.fixture(scope="module")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("explorer")
    (folder / "articles").mkdir()
    (folder / "articles" / "visit.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "policygraph.toml").write_text(PROJECT, encoding="utf-8")
    code = "import policygraph; policygraph.build('policygraph.toml').close()"
    environment = {"PYTHONPATH": str(SOURCE), "PATH": "/usr/bin:/bin"}
    subprocess.run([sys.executable, "-c", code], cwd=folder, check=True, env=environment)
    cite = {"url": "https://other.example.org/a", "title": "Visit", "publication": "Radio Sierra"}
    coded = [record(), record(id="ruritania-2", text="Peru's <b>minister</b> went to Arica.", cite_info=cite)]
    (folder / "coded.jsonl").write_text("\n".join(coded) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "policygraph", "import", "plover", "coded.jsonl"]
    subprocess.run(command, cwd=folder, check=True, env=environment, stderr=subprocess.DEVNULL)
    with ExitStack() as stack:
        yield stack.enter_context(serving_build(folder, folder / "build"))


@pytest.fixture
def page(browser: Browser, explorer: Server) -> Iterator[Page]:
    context = browser.new_context()
    opened = context.new_page()
    problems: list[str] = []
    # The browser itself reports an answer of status 400, which the editor shows as a sentence.
    opened.on("console", lambda m: problems.append(m.text) if m.type == "error" and "400" not in m.text else None)
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on(
        "request", lambda r: None if r.url.startswith((explorer.url, "data:", "blob:")) else problems.append(r.url)
    )
    yield opened
    context.close()
    assert problems == []


@pytest.mark.browser
def test_a_reader_comes_from_the_start_to_the_words(page: Page, explorer: Server) -> None:
    page.goto(explorer.url)
    assert "A <i>small</i> project" in page.inner_text("h1")
    page.click("text=visit.txt")
    marks = page.locator("a.mark")
    assert marks.count() >= 1
    words = "".join(page.locator("a.mark").all_inner_texts())
    assert "Lima" in words or "Prado" in words
    marks.first.click()
    assert page.locator("article:target").count() == 1


def first(explorer: Server, pattern: str) -> str:
    """The address on the server of the first thing that fits a pattern for ?x."""
    found = explorer.get(f"SELECT ?x {{ {pattern} }} ORDER BY ?x LIMIT 1", JSON).json()["results"]["bindings"]
    return str(found[0]["x"]["value"]).replace("https://w3id.org/policygraph", "")


@pytest.mark.browser
def test_the_address_of_evidence_opens_at_its_words(page: Page, explorer: Server) -> None:
    page.goto(explorer.url + first(explorer, "?x a pg:Evidence"))
    assert page.locator(".place:target").count() == 1
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.browser
def test_a_statement_and_an_event_of_an_article_show_their_words(page: Page, explorer: Server) -> None:
    page.goto(explorer.url + first(explorer, "?x a pg:Claim ; pg:predicate pg:hasActor"))
    assert page.locator("blockquote").count() >= 1
    page.locator(".statement a").first.click()
    assert "/id/event/" in page.url
    answers = page.inner_text("article dl")
    assert "Who" in answers
    assert "has actor" not in page.inner_text("main")
    assert page.locator("blockquote").count() >= 1


@pytest.mark.browser
def test_a_coded_event_shows_what_is_on_record_and_its_incident(page: Page, explorer: Server) -> None:
    page.goto(explorer.url)
    assert "coded.jsonl" in page.inner_text("section:has(#imports)")
    page.goto(explorer.url + first(explorer, "?x pg:originalCode ?c ; pg:hasActor ?a . ?g pg:groupsEvent ?x"))
    facts = page.inner_text("dl.facts")
    assert "Arica" in facts
    assert "2023-02-10" in facts
    assert "no words to mark" in page.inner_text("section:has(#rows)")
    page.click("text=all reports of this incident")
    assert "2 reports tell of it" in page.inner_text("main")
    assert page.locator("main ul li a").count() == 2
    page.click("text=The reports with their sources")
    assert "other.example.org" in page.inner_text("table")
    assert page.locator("table b").count() == 0


@pytest.mark.browser
def test_what_has_no_name_has_a_page_all_the_same(page: Page, explorer: Server) -> None:
    page.goto(explorer.url + first(explorer, "?x a pg:Record ; pg:coder ?c"))
    assert "Radio Sierra" in page.content() or "El Faro" in page.content()


@pytest.mark.browser
def test_search_finds_a_thing_and_its_page_shows_names_and_records(page: Page, explorer: Server) -> None:
    page.goto(explorer.url)
    page.fill("#q", "rubio")
    page.press("#q", "Enter")
    page.click("text=Marco Rubio")
    assert page.inner_text("h1") == "Marco Rubio"
    offices = page.inner_text("section:has(#roles)")
    assert "United States Senator for Florida" in offices
    assert "tenures.csv" in offices
    assert "Ralph Gonsalves" not in offices


@pytest.mark.browser
def test_a_question_is_a_form(page: Page, explorer: Server) -> None:
    page.goto(f"{explorer.url}/questions")
    page.click("a[href='/questions/office-holders']")
    page.locator("form.ask button").click()
    assert page.locator("table tbody tr").count() > 0
    link = page.locator("a:has-text('CSV')").get_attribute("href")
    answer = httpx.get(explorer.url + str(link))
    assert answer.headers["content-type"].startswith("text/csv")
    assert len(answer.text.splitlines()) == page.locator("table tbody tr").count() + 1


@pytest.mark.browser
def test_the_editor_shows_table_chart_and_graph(page: Page, explorer: Server) -> None:
    page.goto(f"{explorer.url}/editor")
    page.fill("#query", "SELECT ?type (COUNT(?x) AS ?n) { ?x a ?type } GROUP BY ?type ORDER BY DESC(?n) LIMIT 5")
    page.press("#query", "Control+Enter")
    page.wait_for_selector("#answer table")
    assert page.locator("#answer tbody tr").count() == 5
    assert page.locator("#colours .keyword").count() >= 4
    page.click("button:has-text('Chart')")
    assert page.locator("#answer svg rect").count() == 5
    page.fill("#query", "CONSTRUCT { ?s pg:within ?o } WHERE { ?s pg:within ?o } LIMIT 10")
    page.click("button:has-text('Run')")
    page.click("button:has-text('Graph')")
    page.wait_for_selector("#drawing canvas")
    with page.expect_download() as triples:
        page.click("button:has-text('Turtle')")
    assert "pg:within" in Path(triples.value.path()).read_text(encoding="utf-8")
    with page.expect_download() as download:
        page.fill("#query", "SELECT ?s ?o { ?s pg:iso3 ?o } ORDER BY ?o LIMIT 3")
        page.click("button:has-text('Run')")
        page.click("button:has-text('CSV')")
    saved = Path(download.value.path()).read_text(encoding="utf-8")
    assert saved.splitlines()[0] == "s,o"
    page.fill("#query", "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }")
    page.click("button:has-text('Run')")
    page.click("#stop")
    page.wait_for_selector("#status:has-text('Stopped')")
    page.fill("#query", "SELECT ?x {")
    page.click("button:has-text('Run')")
    page.wait_for_selector("#failure:has-text('line 1')")


@pytest.mark.browser
def test_everything_works_without_scripts(browser: Browser, explorer: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{explorer.url}/editor")
    opened.fill("#query", "SELECT ?x { ?x a pg:Country } LIMIT 3")
    opened.click("button:has-text('Run')")
    assert opened.locator("#answer tbody tr").count() == 3
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?q=mex",
        "/id/country/mex",
        "/id/person/marco-rubio",
        "/questions",
        "/questions/office-holders?ask=1",
        "/editor?query=SELECT%20*%20{%20?s%20a%20pg:Country%20}%20LIMIT%205",
        "?x a pg:Claim",
        "?x a pg:SourceDocument",
        "?x pg:recordedIn ?r ; pg:hasActor ?a",
        "?x a pg:EventGroup",
        "?x a pg:Record",
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(browser: Browser, explorer: Server, path: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    opened = context.new_page()
    opened.goto(explorer.url + (first(explorer, path) if path.startswith("?x") else path))
    result = Axe().run(opened)
    context.close()
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.browser
def test_a_narrow_screen_needs_no_sideways_scrolling(browser: Browser, explorer: Server) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    opened = context.new_page()
    for path in ("/", "/id/person/marco-rubio", "/editor", "/questions"):
        opened.goto(explorer.url + path)
        assert opened.evaluate("document.documentElement.scrollWidth") <= 320, path
    context.close()


def test_things_give_facts_to_programs(explorer: Server) -> None:
    address = f"{explorer.url}/id/person/marco-rubio"
    turtle = httpx.get(address, headers={"accept": "text/turtle"})
    assert "Marco Rubio" in turtle.text
    assert httpx.get(address, headers={"accept": "text/html"}).text.startswith("<!DOCTYPE html>")
    assert httpx.get(f"{explorer.url}/id/person/nobody-at-all", headers={"accept": "text/turtle"}).status_code == 404
    assert httpx.get(f"{explorer.url}/id/person/nobody-at-all", headers={"accept": "text/html"}).status_code == 404
    assert httpx.get(address, headers={"accept": "image/png"}).status_code == 406


def test_hostile_words_stay_words(explorer: Server) -> None:
    home = httpx.get(explorer.url).text
    assert "<i>small</i>" not in home
    document = next(part.split('"')[0] for part in home.split('href="') if part.startswith("/id/document/"))
    text = httpx.get(explorer.url + document, headers={"accept": "text/html"}).text
    assert "<script>document.title" not in text
    assert "&lt;script&gt;" in text
    for path in ("/search?q=<script>alert(1)</script>", "/questions/<b>", "/id/<img src=x onerror=alert(1)>"):
        answer = httpx.get(explorer.url + path, headers={"accept": "text/html"}).text
        assert "<script>alert" not in answer
        assert "<img src=x" not in answer


def test_the_picture_of_the_build_is_served(explorer: Server) -> None:
    answer = httpx.get(f"{explorer.url}/view")
    assert answer.status_code == 200
    assert answer.text.lower().startswith("<!doctype html>")
