"""Adds to the site the pages that are made from the code: questions, commands, ontology, changes.

A hook of mkdocs; nothing is written into the checkout, so these pages cannot be out of date.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from policygraph.cli.docs import markdown as command_reference
from policygraph.graph.ontology_docs import ontology_pages
from policygraph.questions.docs import markdown as questions_page

_ROOT = Path(__file__).resolve().parents[1]
_ONTOLOGY = "ontology/"


@cache
def pages() -> dict[str, str]:
    """Path below `docs/` and Markdown of every generated page."""
    made = {"questions.md": questions_page(), "commands.md": command_reference()}
    made |= {_ONTOLOGY + name: text for name, text in ontology_pages().items()}
    made["guides/benchmarks.md"] = _benchmarks()
    made["changes.md"] = (_ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    return made


def _benchmarks() -> str:
    """The last run that was kept; see `benchmarks/report.py`."""
    sys.path.insert(0, str(_ROOT))
    try:
        from benchmarks.report import KEPT, markdown
    finally:
        sys.path.remove(str(_ROOT))
    return markdown(json.loads(KEPT.read_text(encoding="utf-8")))


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the ontology's pages into the navigation, the overview first."""
    names = sorted((n for n in pages() if n.startswith(_ONTOLOGY)), key=lambda n: (n != "ontology/index.md", n))
    nav: list[Any] = config.nav or []
    config.nav = [{"Ontology": names} if isinstance(e, dict) and "Ontology" in e else e for e in nav]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages."""
    for name, text in pages().items():
        files.append(File.generated(config, name, content=text))
    return files
