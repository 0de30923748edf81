"""One Chromium for all tests of a session, and pages in it that are watched.

`tests/conftest.py` offers them to the tests of every room: a process can drive one browser only.
The browser is the one named by the variable CHROMIUM, or the first found on the
PATH; nothing is downloaded. Without one, the tests are skipped.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def executable() -> str | None:
    """The Chromium to use."""
    return os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = executable()
    if found is None:
        pytest.skip("no Chromium: install one, or name it in the variable CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool:
        running = tool.chromium.launch(executable_path=found, args=FLAGS)
        yield running
        running.close()


@dataclass
class Watched:
    """A page with what it asked for and what it complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def until_ready(self, frame: Frame | None = None) -> None:
        """Wait for the page's own sign that it has drawn; asked from outside, as its policy forbids eval."""
        for _ in range(600):
            if (frame or self.page).evaluate("window.__VIEW_READY__ === true"):
                return
            self.page.wait_for_timeout(25)
        raise AssertionError("the page is not ready after 15 seconds")

    def assert_quiet(self) -> None:
        """Nothing was asked of a network and nothing went wrong."""
        assert self.requests == []
        assert self.complaints == []


@pytest.fixture
def watched(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Watched]]:
    """Opens HTML from disk in a fresh profile; whatever it asks for or complains about is written down."""
    contexts = []

    def open_page(html: str | Path, fragment: str = "", ready: bool = True, **options: Any) -> Watched:
        path = html if isinstance(html, Path) else tmp_path / f"page{len(contexts)}.html"
        if not isinstance(html, Path):
            path.write_text(html, encoding="utf-8")
        options = {"viewport": {"width": 1280, "height": 860}, "accept_downloads": True, **options}
        context = browser.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        seen = Watched(page)
        own = path.as_uri()
        page.on(
            "request",
            lambda r: None if r.url.startswith(("data:", "blob:", own, "about:")) else seen.requests.append(r.url),
        )
        page.on("console", lambda m: seen.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: seen.complaints.append(str(e)))
        page.goto(own + fragment)
        if ready:
            seen.until_ready()
        return seen

    yield open_page
    for context in contexts:
        context.close()
