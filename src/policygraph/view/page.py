"""The page as one file: pyvis makes it, out of our own template, with everything inside."""

from __future__ import annotations

import base64
import hashlib
import html
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policygraph.errors import UsageError
from policygraph.view import payload, style
from policygraph.view.model import STANCES
from policygraph.view.words import Words

if TYPE_CHECKING:
    from pyvis.network import Network

PAGE = Path(__file__).parent / "page"
# In the order in which they build on each other.
SCRIPTS = (
    "base data state lines picture labels write evidence panel actions legend period search table export keys help main"
).split()
STYLES = ("base", "panel", "small")
#: Names that pages without JavaScript, or too old to unpack the data, can read.
FALLBACK_ROWS = 100
# Runs first, in words that any browser knows: where the page's own script cannot even be read, the table stays.
_MARK = """\
document.documentElement.classList.add("script");
window.addEventListener("error", function () {
if (window.__VIEW_READY__) return;
document.documentElement.classList.remove("script");
var reason = document.getElementById("fallback-reason");
if (reason) reason.textContent = reason.getAttribute("data-broken");
});
"""
_FRAME_HEIGHT = 620
# Signs of a style sheet that need no space around them.
_SPACED = re.compile(r" *([{};,]) *|(?<=:) (?=[^ ])")


@dataclass
class View:
    """The interactive page of a graph; shows itself in a notebook.

    `network` is the pyvis network the page is generated from: positions, sizes,
    shapes and colours set on its `nodes` and `edges` appear on the page.
    """

    title: str
    network: Network
    data: Mapping[str, Any]
    words: Words
    theme: str = "auto"
    lead: str = ""
    rows: Sequence[Sequence[str]] = ()
    start: Mapping[str, Any] = field(default_factory=dict)
    story: Sequence[Mapping[str, str]] = ()
    library: Path | None = None

    def html(self) -> str:
        """The whole page: no part of it is loaded from anywhere."""
        page = _Page(self)
        self.network.templateEnv = _environment(page)
        self.network.path = "page.html"
        self.network.heading = payload.clean(self.title)
        text: str = self.network.generate_html()
        return text

    def write(self, path: str | Path) -> Path:
        """Write the page to a file, in one step: a reader never sees half of it."""
        target = Path(path)
        if not target.parent.is_dir():
            raise UsageError(f"there is no folder {target.parent}", hint="make it first, or choose another path")
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".view-", suffix=".html")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
                out.write(self.html())
            Path(name).chmod(0o644)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return target

    def _repr_html_(self) -> str:
        """An iframe that holds the whole page: no file, no server, and no way into the notebook around it."""
        inside = html.escape(self.html(), quote=True)
        return (
            f'<iframe title="{html.escape(self.title, quote=True)}" width="100%" height="{_FRAME_HEIGHT}" '
            'style="border:1px solid #ccc" sandbox="allow-scripts allow-downloads allow-popups" '
            f'srcdoc="{inside}"></iframe>'
        )


@dataclass
class _Page:
    """What the template asks for; all of it is our own code or escaped data."""

    view: View
    mark: Any = field(init=False)

    def __post_init__(self) -> None:
        from markupsafe import Markup

        self._safe = Markup
        # Our own code, and JSON that payload.safe_json has made safe, are the only things marked safe.
        self.mark = self._safe(_MARK)

    @property
    def words(self) -> Words:
        return self.view.words

    @property
    def lang(self) -> str:
        return self.view.words.lang

    @property
    def theme(self) -> str:
        return self.view.theme

    @property
    def lead(self) -> str:
        return self.view.lead

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        return self.view.rows

    @cached_property
    def style(self) -> Any:
        return self._safe("\n".join([*(_lean(f"{name}.css") for name in STYLES), _colours()]))

    @cached_property
    def script(self) -> Any:
        parts = "\n".join(_lean(f"{name}.js") for name in SCRIPTS)
        return self._safe('"use strict";\n(() => {\n' + parts + "\n})();\n")

    @cached_property
    def library(self) -> Any:
        """vis-network: the file that pyvis brings, or a newer one that the caller names."""
        import pyvis

        bundled = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"
        path = self.view.library or bundled
        code = path.read_text(encoding="utf-8").replace("\r\n", "\n")
        # The map beside the library is not there; browsers that look for it would complain.
        return self._safe("\n".join(line for line in code.split("\n") if not line.startswith("//# sourceMappingURL")))

    @property
    def policy(self) -> str:
        """Nothing is loaded; only these very scripts and this very style run."""
        scripts = " ".join(_hash(code) for code in (self.mark, self.library, self.script))
        return (
            f"default-src 'none'; script-src {scripts}; style-src {_hash(self.style)}; img-src data: blob:; "
            "base-uri 'none'; form-action 'none'"
        )

    @cached_property
    def _data(self) -> str:
        return payload.safe_json(self.view.data)

    @property
    def packed(self) -> bool:
        return len(self._data) > payload.PACK_ABOVE

    @property
    def data(self) -> Any:
        return self._safe(payload.packed(self._data) if self.packed else self._data)

    @property
    def meta(self) -> Any:
        return self._safe(payload.safe_json(_meta(self.view)))

    def drawn(self, nodes: list[dict[str, Any]], edges: list[dict[str, Any]], options: str) -> Any:
        """What pyvis hands to a template, as one JSON value."""
        import json

        return self._safe(payload.safe_json({"nodes": nodes, "edges": edges, "options": json.loads(options)}))


def _environment(page: _Page) -> Any:
    from jinja2 import Environment, FileSystemLoader

    env = Environment(loader=FileSystemLoader(PAGE), autoescape=True)
    env.globals["page"] = page
    return env


def _lean(name: str) -> str:
    """A file of the page without indents and lines that are only a comment: readable still, and smaller."""
    lines = (line.strip() for line in (PAGE / name).read_text(encoding="utf-8").splitlines())
    code = "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))
    return _SPACED.sub(r"\1", code) if name.endswith(".css") else code


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(str(code).encode()).digest()).decode()}'"


def _meta(view: View) -> dict[str, Any]:
    texts = view.words.texts
    names = {key: texts["categories"][key] for key in (c.key for c in style.CATEGORIES)}
    return {
        "lang": view.words.lang,
        "title": payload.clean(view.title),
        "ui": texts["ui"],
        "months": texts["months"],
        "numbers": texts["numbers"],
        "categories": [{"key": c.key, "shape": c.shape, "colour": c.colour, **names[c.key]} for c in style.CATEGORIES],
        "stances": list(STANCES),
        "stanceNames": {s: texts["stances"][s]["name"] for s in STANCES},
        "stanceNotes": {s: texts["stances"][s]["note"] for s in STANCES},
        "said": {s: texts["stances"][s]["said"] for s in STANCES},
        "strokes": {s: {"dashes": k.dashes, "width": k.width, "ink": k.ink} for s, k in style.STROKES.items()},
        "details": texts["details"],
        "confidence": texts["confidence"],
        "methods": texts["methods"],
        "start": view.start,
        "story": list(view.story),
    }


def _colours() -> str:
    """The colours of signs and strokes as style rules, for the legend and the panel."""
    rules = [f".fill-{c.key} {{ fill: {c.colour or 'var(--paper)'}; stroke: var(--ink); }}" for c in style.CATEGORIES]
    for stance, stroke in style.STROKES.items():
        light, dark = stroke.ink
        rules.append(f".stroke.{stance} {{ stroke: {light}; }}")
        rules.append(f'[data-theme="dark"] .stroke.{stance} {{ stroke: {dark}; }}')
        rules.append(
            f'@media (prefers-color-scheme: dark) {{ [data-theme="auto"] .stroke.{stance} {{ stroke: {dark}; }} }}'
        )
    return "\n".join(rules) + "\n"
