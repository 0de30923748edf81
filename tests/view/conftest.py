"""What the tests of the page share: a browser, a small graph, and its page made once."""

from __future__ import annotations

import pytest

from policygraph.view import View, view
from tests.browser.fixtures import browser, watched
from tests.view.graphs import mission

__all__ = ["browser", "watched"]


@pytest.fixture(scope="session")
def voyage() -> View:
    return view(mission().reader(), title="A voyage of many ports")


@pytest.fixture(scope="session")
def voyage_html(voyage: View) -> str:
    return voyage.html()
