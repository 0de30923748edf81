"""Takes the pictures of the page that the documentation shows: `python docs/screenshots.py [BUILD]`.

Opens the page of a built graph (default `build`) in Chromium and writes
`docs/images/page-*.png`.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.browser.fixtures import FLAGS, executable  # noqa: E402

import policygraph as pg  # noqa: E402
from policygraph.view.marks import SUBJECT  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

IMAGES = ROOT / "docs" / "images"
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}


def shots(view: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    """Name of each picture, the part of the address after `#`, and how the browser is set up."""
    best = busiest_line(view)
    name = view.network.nodes[0]["id"]
    everything = "say=asserted~planned~hypothetical~recommended~denied~record"
    return {
        "page-light": ("", {**WIDE, "color_scheme": "light"}),
        "page-dark": (everything, {**WIDE, "color_scheme": "dark"}),
        "page-evidence": (f"l={best}", {**WIDE, "color_scheme": "light"}),
        "page-name": (f"n={name}", {**WIDE, "color_scheme": "light"}),
        "page-phone": (f"l={best}", {**PHONE, "color_scheme": "light"}),
    }


def busiest_line(view: Any) -> str:
    """The planned line of a person, to no event, whose sentence shows best who does what to whom; or any line."""
    names = [row[0] for row in view.data["nodes"]]
    marked: dict[frozenset[str], int] = {}
    for subject, target, _, _, _, evidence, *_ in view.data["statements"]:
        if target >= 0 and evidence:
            ends = frozenset((names[subject], names[target]))
            marked[ends] = max(marked.get(ends, 0), len({role for role in evidence[0][4][::2] if role >= SUBJECT}))

    def rank(edge: dict[str, Any]) -> tuple[bool, bool, int, int, str]:
        first, second, stance = edge["id"].split("~")
        told = marked.get(frozenset((first, second)), 0)
        drawn = first.startswith("person/") and not second.startswith("event/")
        return stance != "planned", not drawn, -told, -edge["value"], edge["id"]

    edges = sorted(view.network.edges, key=rank)
    return str(edges[0]["id"]) if edges else ""


def take(browser: Browser, page_file: Path, fragment: str, options: dict[str, Any]) -> bytes:
    """One picture, after the hint has been put away."""
    context = browser.new_context(**options)
    page = context.new_page()
    page.goto(page_file.as_uri() + ("#" + fragment if fragment else ""))
    while not page.evaluate("window.__VIEW_READY__ === true"):
        page.wait_for_timeout(50)
    hint = page.get_by_role("button", name="Got it")
    if hint.is_visible():
        hint.click()
        page.locator("#zoom-fit").click()
    page.mouse.move(1, 1)
    page.wait_for_timeout(700)
    picture = page.screenshot()
    context.close()
    return picture


def save(picture: bytes, target: Path) -> None:
    """Write a PNG as small as it gets without losing a colour."""
    from PIL import Image

    Image.open(io.BytesIO(picture)).convert("RGB").save(target, optimize=True)


def main(argv: list[str]) -> int:
    """Take all pictures."""
    from playwright.sync_api import sync_playwright

    found = executable()
    if found is None:
        raise SystemExit("no Chromium: name one in the variable CHROMIUM")
    view = pg.open(argv[0] if argv else "build").view()
    page_file = view.write(IMAGES / "page.html")
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=found, args=list(FLAGS))
        for name, (fragment, options) in shots(view).items():
            save(take(browser, page_file, fragment, options), IMAGES / f"{name}.png")
        browser.close()
    page_file.unlink()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
