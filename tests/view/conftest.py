"""What the tests of the page share: a small graph, and its page made once."""

from __future__ import annotations

import pytest

from policygraph.view import View, view
from tests.view.graphs import mission


@pytest.fixture(scope="session")
def voyage() -> View:
    return view(mission().reader(), title="A voyage of many ports")


@pytest.fixture(scope="session")
def voyage_html(voyage: View) -> str:
    return voyage.html()
