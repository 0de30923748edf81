"""A file, or bytes from anywhere, becomes a document."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from policygraph import iris
from policygraph.errors import SourceError
from policygraph.reading.decode import decode
from policygraph.reading.sentences import sentence_spans
from policygraph.reading.structure import structure
from policygraph.records import Block, BlockKind, Document, Sentence, SourceInfo, Span

#: Files of a folder that are taken for articles.
SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml")
_WEB_SUFFIXES = (".html", ".htm", ".xhtml")
_WEB_STARTS = (b"<!doctype html", b"<html")

#: An article is read in one piece; this is far above any book.
MAX_BYTES = 64_000_000


def read(path: str | Path, info: SourceInfo | None = None) -> Document:
    """Read an article: plain text, Markdown, or HTML (extra `html`).

    Args:
        path: the file; `.html`, `.htm` and `.xhtml` are web pages, all else is text.
        info: what is known about the source; what a web page or a top heading
            says about itself fills the gaps.

    Raises:
        SourceError: the file is missing, empty, too large, binary or wrongly encoded.
        MissingExtraError: HTML without the extra `html`.

    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "note.md"
    >>> _ = file.write_text("# Visit to Lima\\nThe minister met U.S. envoys. They agreed.")
    >>> document = read(file)
    >>> document.title, [s.span.quote for s in document.sentences]
    ('Visit to Lima', ['Visit to Lima', 'The minister met U.S. envoys.', 'They agreed.'])
    """
    file = Path(path)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise SourceError(f"the article cannot be read: {error.strerror or error}", where=file) from error
    return read_bytes(data, file.name, info, where=str(file))


def read_bytes(data: bytes, name: str, info: SourceInfo | None = None, *, where: str | None = None) -> Document:
    """Read an article that is already in memory; see `read`.

    The document's `id` and `sha256` are taken from the UTF-8 bytes of its text:
    for UTF-8 files these are the bytes of the file, a byte-order mark aside.

    Args:
        data: the bytes of the file.
        name: its name; the suffix tells its format.
        info: what is known about the source.
        where: what messages name, the `name` where not given.
    """
    place = where or name
    if len(data) > MAX_BYTES:
        raise SourceError(
            f"the file has {len(data):,} bytes, more than {MAX_BYTES:,}", where=place, hint="split it into articles"
        )
    text, info = _text_of(data, name, info or SourceInfo(), place)
    blocks, warnings = structure(text)
    if not blocks:
        raise SourceError("there is no text in this file", where=place, hint="fill it or take it out of the sources")
    stored = text.encode("utf-8")
    return Document(
        id=iris.document_id(stored),
        name=name,
        text=text,
        sha256=iris.sha256(stored),
        info=_with_heading(info, blocks),
        blocks=blocks,
        sentences=_sentences(text, blocks),
        warnings=warnings,
    )


def _text_of(data: bytes, name: str, info: SourceInfo, where: str) -> tuple[str, SourceInfo]:
    is_web = name.lower().endswith(_WEB_SUFFIXES) or data[:256].lstrip().lower().startswith(_WEB_STARTS)
    if not is_web:
        return decode(data, where), info
    # Kept out of the way of plain text: the extra is heavy and may be missing.
    from policygraph.reading.webpage import main_text

    text, own = main_text(data, where)
    known = {f.name: getattr(info, f.name) or getattr(own, f.name) for f in dataclasses.fields(SourceInfo)}
    return text, SourceInfo(**known)


def _with_heading(info: SourceInfo, blocks: tuple[Block, ...]) -> SourceInfo:
    """The heading `# …` at the top of a text is its title where no other is known."""
    top = blocks[0]
    if info.title or top.kind is not BlockKind.HEADING or top.level != 1:
        return info
    return dataclasses.replace(info, title=top.span.quote)


def _sentences(text: str, blocks: tuple[Block, ...]) -> tuple[Sentence, ...]:
    """Sentences of all blocks but table rows, whose parts are cells."""
    found: list[Sentence] = []
    for block in blocks:
        if block.kind is BlockKind.ROW:
            continue
        for start, end in sentence_spans(text, block.span.start, block.span.end):
            found.append(Sentence(len(found), block.index, Span.of(text, start, end)))
    return tuple(found)
