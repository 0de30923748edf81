"""The file: safe, whole, the same every time, and pyvis's own network behind it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html.parser
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.errors import UnknownNameError, UsageError
from policygraph.view import Step, View, view
from policygraph.view.payload import clean, packed, safe_json, safe_link
from tests.view.graphs import Maker, mission, network_of

ROOT = Path(__file__).resolve().parents[2]


class Parts(html.parser.HTMLParser):
    """Scripts, styles and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.styles: list[str] = []
        self.links: list[str] = []
        self.policy = ""
        self._inside: tuple[str, dict[str, str | None]] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = dict(attrs)
        self.links += [f"{tag} {have[name]}" for name in ("src", "href", "action", "data") if have.get(name)]
        if have.get("http-equiv") == "Content-Security-Policy":
            self.policy = have["content"] or ""
        self._inside = (tag, have) if tag in ("script", "style") else None
        if tag == "script":
            self.scripts.append((have, ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside and self._inside[0] == "script":
            self.scripts[-1] = (self._inside[1], self.scripts[-1][1] + data)
        elif self._inside:
            self.styles.append(data)


def hashed(code: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() + "'"


def data_of(page: str) -> Any:
    (block,) = [text for attrs, text in Parts(page).scripts if attrs.get("id") == "pg-data"]
    return json.loads(block)


def test_the_page_points_to_nothing_outside(voyage_html: str) -> None:
    assert [link for link in Parts(voyage_html).links if not link.startswith("a #")] == []


def test_the_policy_names_exactly_the_scripts_and_the_style_of_the_page(voyage_html: str) -> None:
    parts = Parts(voyage_html)
    code = [text for attrs, text in parts.scripts if attrs.get("type") != "application/json"]
    assert len(code) == 3
    directives = dict(part.strip().split(" ", 1) for part in parts.policy.split(";"))
    assert set(directives["script-src"].split()) == {hashed(text) for text in code}
    assert directives["style-src"].split() == [hashed("".join(parts.styles))]
    assert directives["default-src"] == "'none'"


@given(st.recursive(st.text(), lambda inner: st.lists(inner, max_size=3), max_leaves=5))
def test_json_in_the_page_cannot_end_its_block(value: Any) -> None:
    text = safe_json(value)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == value


@given(st.text())
def test_packed_data_unpacks_to_the_same(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    assert gzip.decompress(base64.b64decode(packed(text))).decode() == text
    assert packed(text) == packed(text)


@given(st.text())
def test_names_lose_controls_and_overrides(text: str) -> None:
    shown = clean(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", shown)
    assert len(shown) <= 500


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//host", "http://", "http://[", "ftp://a.b/c", ""]
)
def test_only_web_addresses_are_followed(url: str) -> None:
    assert safe_link(url) == ""


def test_a_large_page_is_packed_and_a_small_one_is_not(voyage_html: str) -> None:
    assert 'data-packed="gzip"' not in voyage_html
    large = view(network_of(900, 5200).reader()).html()
    assert 'data-packed="gzip"' in large
    assert len(large) < 1_500_000


def test_writing_is_whole_or_not_at_all(voyage: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "page.html"
    assert voyage.write(target).read_text(encoding="utf-8").startswith("<!doctype html>")
    before = target.read_bytes()
    monkeypatch.setattr(View, "html", lambda self: (_ for _ in ()).throw(RuntimeError("stopped")))
    with pytest.raises(RuntimeError):
        voyage.write(target)
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]
    with pytest.raises(UsageError, match="no folder"):
        voyage.write(tmp_path / "missing" / "page.html")


def test_a_notebook_gets_a_frame_without_rights(voyage: View) -> None:
    frame = voyage._repr_html_()
    parts = Parts(frame)
    assert parts.scripts == []
    assert 'sandbox="allow-scripts allow-downloads allow-popups"' in frame
    assert "allow-same-origin" not in frame


def test_the_network_is_pyvis_and_what_is_changed_in_it_reaches_the_page() -> None:
    from pyvis.network import Network

    page = view(mission().reader())
    assert isinstance(page.network, Network)
    assert page.network.num_nodes() == 9
    page.network.get_node("country/ver")["color"] = "#123456"
    assert "#123456" in page.html()


def test_a_name_that_is_not_there_suggests_names_that_are() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'Ana Prado'"):
        view(mission().reader(), focus="Ana Pardo")
    with pytest.raises(UnknownNameError, match="did you mean 'Veria'"):
        view(mission().reader(), notes={"Verja": "x"})


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"modality": ["asserted", "plan"]}, "did you mean 'planned'"),
        ({"theme": "night"}, "there is no theme"),
        ({"max_nodes": 0}, "max_nodes is 0"),
        ({"period": "last year"}, "not a period"),
        ({"period": ("2024-13-01", None)}, "not a period"),
        ({"story": [{"text": "x"}]}, "story step"),
        ({"lang": "xx"}, "there is no language"),
    ],
)
def test_a_wrong_option_is_named(options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        view(mission().reader(), **options)


def test_a_quote_that_the_store_does_not_hold_is_still_shown() -> None:
    m = mission()
    m.texts.clear()
    rows = data_of(view(m.reader()).html())["statements"]
    quotes = ["".join(evidence[4][1::2]) for row in rows if len(row) > 5 for evidence in row[5] or []]
    assert "Veria opposes the Harbour Pact" in quotes


def test_a_source_of_five_megabytes_gives_only_its_sentence() -> None:
    m = Maker()
    m.entity("person/a", "Person", "Ana")
    m.entity("person/b", "Person", "Bo")
    filler = "Nothing of note happened on that long day. " * 60_000
    m.source("cccc000011112222", filler + "Then Ana met Bo. " + filler)
    m.claim("cccc000011112222", "person/a", "meets", "person/b", "Ana met Bo")
    page = view(m.reader()).html()
    assert len(page) < 700_000
    assert "Then " in page


def test_story_steps_lead_to_states() -> None:
    steps = [
        Step("First", focus="Ana Prado", modality=("planned",), period="2024"),
        {"caption": "Then", "focus": "Solm", "to": "Veria"} | {"focus": "Government of Solm"},
        Step("Last", state="#n=country/ver"),
    ]
    story = view(mission().reader(), story=steps).story
    assert story[0]["state"] == "n=person/ana-prado&say=planned&from=2024-01-01&to=2024-12-31"
    assert story[1]["state"] == "way=government/slm~country/ver"
    assert story[2]["state"] == "n=country/ver"


def test_the_page_is_the_same_under_any_hash_seed() -> None:
    code = (
        "from tests.view.graphs import mission; from policygraph.view import view; import hashlib;"
        "print(hashlib.sha256(view(mission().reader()).html().encode()).hexdigest())"
    )
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert runs[0] == runs[1]
