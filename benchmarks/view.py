"""The page beside stock pyvis, on the same made-up graphs: `python -m benchmarks.view [SIZES…]`.

Prints, for each size, what building costs and how large the page is, then how it
opens in a real browser from disk, and the ratios. Stock pyvis is given at most
LIMIT seconds for its first drawing.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.browser.fixtures import FLAGS, executable  # noqa: E402
from tests.view.graphs import Reader, network_of  # noqa: E402

from benchmarks.measuring import note  # noqa: E402
from policygraph.view import view  # noqa: E402
from policygraph.view.gather import Graph  # noqa: E402
from policygraph.view.statements import statements  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIZES = (100, 1000, 20000)
ROUNDS = 3
LIMIT = 40.0
# Above this the stock page holds the tab for minutes and answers nobody, a benchmark included.
MOST_FOR_STOCK = 1000
LINKS_PER_NAME = 2.5
_WATCH = """
window.tasks = []; new PerformanceObserver(l => l.getEntries().forEach(e => tasks.push(e.duration))).observe({type: 'longtask', buffered: true});
let made; Object.defineProperty(window, '__VIEW_READY__', {configurable: true, get: () => made, set: v => { made = v; if (v) window.drawn ||= performance.now(); }});
"""  # noqa: E501
_STOCK = "() => { if (window.network && !window.hooked) { hooked = 1; network.once('afterDrawing', () => { window.drawn ||= performance.now() }) } return window.drawn || 0 }"  # noqa: E501


@dataclass
class Opened:
    """How a page opened: milliseconds to the first drawing, longest task, requests made."""

    drawn: float | None
    longest: float
    requests: int


def build_ours(reader: Reader, out: Path) -> tuple[float, float]:
    """Seconds of reading the graph, and of everything after it."""
    start = time.perf_counter()
    statements(Graph(reader))
    read = time.perf_counter() - start
    start = time.perf_counter()
    view(reader, title=out.stem).write(out)
    return read, time.perf_counter() - start - read


def build_stock(reader: Reader, out: Path) -> float:
    """Seconds that pyvis takes through its own methods, with its defaults."""
    from pyvis.network import Network

    said = statements(Graph(reader))
    start = time.perf_counter()
    net = Network(directed=True, cdn_resources="in_line")
    for name in dict.fromkeys(end for s in said for end in (s.subject, s.object) if end):
        net.add_node(name, label=name.rsplit("/", 1)[-1])
    for s in said:
        if s.object:
            net.add_edge(s.subject, s.object, title=s.words[0].span.quote)
    out.write_text(net.generate_html(), encoding="utf-8")
    return time.perf_counter() - start


def open_page(browser: Browser, path: Path, stock: bool, limit: float = LIMIT) -> Opened:
    """Open a page in a fresh profile and wait for its first drawing."""
    from playwright.sync_api import Error

    context = browser.new_context(viewport={"width": 1280, "height": 860})
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda r: asked.append(r.url) if not r.url.startswith(("file:", "data:", "blob:")) else None)
    page.add_init_script(_WATCH)
    drawn: float | None = None
    longest: Any = 0.0
    stop = time.monotonic() + limit
    try:
        page.goto(path.as_uri(), wait_until="commit", timeout=limit * 1000)
        while drawn is None and time.monotonic() < stop:
            drawn = page.evaluate(_STOCK if stock else "() => window.drawn || 0") or None
            page.wait_for_timeout(50)
        page.wait_for_timeout(1000)
        longest = page.evaluate("() => Math.max(0, ...tasks)")
    except Error:
        drawn = None
    context.close()
    return Opened(drawn, float(longest), len(asked))


def row(name: str, seconds: str, size: int, opened: Opened) -> str:
    """One line of the report."""
    drawn = "not drawn" if opened.drawn is None else f"{opened.drawn:7.0f} ms"
    megabytes = f"{size / 1e6:6.2f} MB"
    task = f"longest task {opened.longest:5.0f} ms"
    return f"  {name:12} {seconds:26} {megabytes}   {drawn:>10}   {task}   requests {opened.requests}"


def main(argv: list[str]) -> int:
    """Measure all sizes and print the table."""
    found = executable()
    if found is None:
        print("no Chromium: name one in the variable CHROMIUM")
        return 1
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool, tempfile.TemporaryDirectory() as folder:
        browser = tool.chromium.launch(executable_path=found, args=list(FLAGS))
        # Loading the libraries is no part of a page.
        view(network_of(10, 20).reader()).html()
        for count in [int(a) for a in argv] or SIZES:
            reader = network_of(count, int(count * LINKS_PER_NAME)).reader()
            ours, stock = Path(folder) / f"ours-{count}.html", Path(folder) / f"stock-{count}.html"
            number = ROUNDS if count <= MOST_FOR_STOCK else 1
            print(f"{count:,} names, load {os.getloadavg()[0]:.1f}")
            built = [(build_ours(reader, ours), build_stock(reader, stock)) for _ in range(number)]
            taken = {"part": "page", "peer": "stock pyvis", "unit": "s"}
            mine, theirs = [read + made for (read, made), _ in built], [slow for _, slow in built]
            note(**taken, what=f"make the page of {count:,} names", ours=mine, theirs=theirs)
            a = open_page(browser, ours, False)
            print(row("policygraph", "read {:.2f} s, page {:.2f} s".format(*built[-1][0]), ours.stat().st_size, a))
            if count > MOST_FOR_STOCK:
                print(f"  stock pyvis  page {theirs[-1]:.2f} s, {stock.stat().st_size / 1e6:.2f} MB, not opened\n")
                continue
            opened = [(open_page(browser, ours, False), open_page(browser, stock, True)) for _ in range(number)]
            print(row("stock pyvis", f"page {theirs[-1]:.2f} s", stock.stat().st_size, opened[-1][1]))
            # A page that was not drawn in time counts as if it had been drawn at that moment.
            mine, theirs = (
                [(page.drawn or LIMIT * 1000) / 1000 for page in pages] for pages in zip(*opened, strict=True)
            )
            note(**taken, what=f"draw {count:,} names", ours=mine, theirs=theirs, aim="≥ 1")
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
