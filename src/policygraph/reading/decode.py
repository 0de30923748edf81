"""Bytes become text, or a message that says where and why they do not."""

from __future__ import annotations

import codecs
import re

from policygraph.errors import SourceError

# What a byte-order mark at the start of a file says about the rest.
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# The first bytes of files that people rename or save under the wrong name.
_FORMATS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a rich-text document"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROL = 0.01

_SAVE_AS_TEXT = "save the words as a UTF-8 text, Markdown or HTML file"


def decode(data: bytes, where: str) -> str:
    """The text of a file: UTF-8, or UTF-8 or UTF-16 with a byte-order mark, which is dropped.

    Args:
        data: the bytes of the file.
        where: what the message names when the bytes are not text.

    Raises:
        SourceError: the bytes are another kind of file, or break the encoding.

    >>> decode(b"\\xef\\xbb\\xbfS\\xc3\\xa3o Paulo", "note.txt")
    'São Paulo'
    """
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", "utf-8"))
    body = data[len(mark) :]
    if not encoding.startswith("utf-16"):
        _refuse_binary(body, where)
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        at = len(mark) + error.start
        raise SourceError(
            f"not {encoding.upper()} text: byte {at} is 0x{data[at]:02x} ({error.reason})",
            where=where,
            hint="save the file as UTF-8",
        ) from error
    if "\0" in text:
        raise SourceError("this is not text: it holds NUL characters", where=where, hint=_SAVE_AS_TEXT)
    return text


def _refuse_binary(data: bytes, where: str) -> None:
    for start, kind in _FORMATS:
        if data.startswith(start):
            raise SourceError(f"this is {kind}, not text", where=where, hint=_SAVE_AS_TEXT)
    head = data[:65536]
    if b"\0" in head or len(_CONTROL.findall(head)) > _MOST_CONTROL * len(head):
        raise SourceError("this is not text: it holds control characters", where=where, hint=_SAVE_AS_TEXT)
