"""Web pages: their main text as Markdown, and what they say about themselves."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from policygraph.errors import MissingExtraError, SourceError
from policygraph.reading.decode import decode
from policygraph.records import SourceInfo

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")

# Where pages state, for machines, the day they were published. A day that has to be guessed is not known.
_DATE_PATHS = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='date' or @name='pubdate' or @name='publish-date']/@content",
    "//meta[@name='DC.date' or @name='dc.date' or @name='DC.date.issued' or @name='dcterms.issued']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
)

_LEAST_WORDS = 4


def main_text(data: bytes, where: str) -> tuple[str, SourceInfo]:
    """The main text of a page as Markdown, tables included, and its own description.

    Args:
        data: the bytes of the page.
        where: what messages name.

    Raises:
        MissingExtraError: the extra `html` is not installed.
        SourceError: the page has no main text or breaks its encoding.
    """
    try:
        import trafilatura
        from lxml import etree
    except ImportError as error:
        raise MissingExtraError("Reading HTML", "html") from error
    page = _XML_DECLARATION.sub("", _decoded(data, where))
    try:
        tree = trafilatura.load_html(page)
        text = None if tree is None else _markdown(trafilatura, tree)
    except (etree.LxmlError, ValueError) as error:
        raise SourceError(f"the page cannot be read: {error}", where=where) from error
    # What is left of a page without an article is a word or two of its menu.
    if tree is None or not text or len(text.split()) < _LEAST_WORDS:
        raise SourceError(
            "no main text was found in this page", where=where, hint="save the words of the article as plain text"
        )
    return text, _description(trafilatura, trafilatura.load_html(page))


def _markdown(trafilatura: Any, tree: Any) -> str | None:
    text: str | None = trafilatura.extract(
        tree, output_format="markdown", include_tables=True, include_comments=False, with_metadata=False
    )
    return text


def _decoded(data: bytes, where: str) -> str:
    """The page as text; a page in an older encoding says so in its head."""
    declared = _DECLARED.search(data[:4096])
    if declared is None:
        return decode(data, where)
    name = declared.group(1).decode("ascii")
    try:
        return decode(data, where) if name.lower() in ("utf-8", "utf8") else data.decode(name)
    except (LookupError, UnicodeDecodeError) as error:
        raise SourceError(f"the page is not in the encoding that it names, {name}: {error}", where=where) from error


def _description(trafilatura: Any, tree: Any) -> SourceInfo:
    said = trafilatura.extract_metadata(tree, extensive=False)
    return SourceInfo(
        title=said.title or None,
        publisher=said.sitename or None,
        published=_published(tree),
        url=said.url if said.url and said.url.startswith(("http://", "https://")) else None,
        language=_language(tree),
        author=said.author or None,
    )


def _published(tree: Any) -> dt.date | None:
    for path in _DATE_PATHS:
        for stated in tree.xpath(path):
            try:
                return dt.date.fromisoformat(stated.strip()[:10])
            except ValueError:
                continue
    return None


def _language(tree: Any) -> str | None:
    stated = tree.xpath("/html/@lang")
    return stated[0].strip() or None if stated else None
