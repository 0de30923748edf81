"""The starter project that `init` writes."""

from __future__ import annotations

from pathlib import Path

from policygraph.errors import ProjectError

PROJECT = """# What this project is made of. Run `policygraph build` in this folder.

[project]
title = "{title}"

[sources]
# Folders and files with articles: plain text, Markdown or HTML.
articles = ["articles"]
# What is known about each article besides its words.
catalogue = "articles/sources.csv"

[reference]
# Countries, governments, posts and more come with policygraph.
bundled = true
# Folders with tables of your own, in the same form.
tables = ["reference"]

[build]
out = "build"
"""

ARTICLE = """# Foreign ministers of Peru and Chile to meet in Lima

The foreign minister of Chile will travel to Peru in May 2024 to discuss migration, officials said on Monday.
Peru's government welcomed the visit. Chile has accused smugglers of using the border, and both governments should
consider joint patrols, analysts said. A new trade agreement could strengthen economic ties.

The ministers will present two proposals:

| Initiative | Objective |
|---|---|
| Joint Border Patrols | Reduce smuggling along the border. |
| Student Exchange Program | Help young people study in both countries. |
"""

CATALOGUE = """file,title,publisher,published,url,language,author,licence
example.md,Foreign ministers of Peru and Chile to meet in Lima,,2024-04-29,,en,,
"""

READ_ME = """Tables of your own go here, as CSV or Turtle, in the form of the tables that come with policygraph.
Add them with `policygraph import reference FILE`, which checks them first.
"""

_FILES = {
    "policygraph.toml": PROJECT,
    "articles/example.md": ARTICLE,
    "articles/sources.csv": CATALOGUE,
    "reference/README.txt": READ_ME,
}


def write(folder: Path) -> list[Path]:
    """Write the starter project; nothing that is there is ever overwritten.

    Raises:
        ProjectError: a project is already there, or the folder cannot be written.

    >>> import tempfile
    >>> [path.name for path in write(Path(tempfile.mkdtemp()) / "andes")]
    ['policygraph.toml', 'example.md', 'sources.csv', 'README.txt']
    """
    there = next((folder / name for name in _FILES if (folder / name).exists()), None)
    if there is not None:
        raise ProjectError("this file is already there", where=there, hint="choose another folder")
    written = []
    for name, text in _FILES.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("{title}", _title(folder)), encoding="utf-8")
        except OSError as error:
            raise ProjectError(f"cannot be written: {error.strerror or error}", where=path) from error
        written.append(path)
    return written


def _title(folder: Path) -> str:
    """The folder's name, free of what TOML would read as more than text."""
    name = folder.resolve().name
    return "".join(c for c in name if c.isprintable() and c not in '"\\') or "My project"
