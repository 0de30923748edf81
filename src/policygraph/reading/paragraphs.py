"""Which neighbouring lines are one paragraph, and which line is a title."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from policygraph.reading.lines import Line

# Text is wrapped by hand or program to at most this width; longer lines are whole paragraphs.
_NARROWEST_WRAP = 45
_WIDEST_WRAP = 120
_LONGEST_TITLE = 120
_MOST_TITLE_WORDS = 18
_FINAL = ".!?:;,…。！？؟।"
_CLOSERS = "\"'”’»)]*_`"


def ends_sentence(text: str) -> bool:
    """Whether the line ends with a final mark, closing quotes and brackets aside.

    >>> ends_sentence('They said: "Never."'), ends_sentence("Border Security")
    (True, False)
    """
    return text.rstrip(_CLOSERS).endswith(tuple(_FINAL))


def is_title(text: str) -> bool:
    """Whether a line that stands alone reads as a heading: short, with no final mark.

    >>> is_title("The Road to Lima"), is_title("and so the talks went on")
    (True, False)
    """
    body = text.lstrip("\"'“‘«([*_¿¡")
    return (
        bool(body)
        and len(text) <= _LONGEST_TITLE
        and len(text.split()) <= _MOST_TITLE_WORDS
        and not body[0].islower()
        and any(c.isalpha() for c in body)
        and not ends_sentence(text)
    )


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Neighbouring lines, grouped by paragraph.

    A line goes on in the next where that begins in lower case behind an open
    sentence, or where the text is wrapped: the next word would not have fitted.

    >>> from policygraph.reading.lines import split_lines
    >>> [len(p) for p in paragraphs(split_lines("To Conclude\\nThe talks will go on\\nin Lima."))]
    [1, 2]
    """
    pairs = [(before.text, line.text) for before, line in pairwise(lines)]
    width = max(len(line.text) for line in lines)
    is_full = [_is_full(before, following, width) for before, following in pairs]
    # Full lines that all end in a full stop are paragraphs of about the same length.
    wrapped = any(full and not ends_sentence(before) for full, (before, _) in zip(is_full, pairs, strict=True))
    groups = [[lines[0]]]
    for line, full, (before, following) in zip(lines[1:], is_full, pairs, strict=True):
        if (full and wrapped) or (following[0].islower() and not ends_sentence(before)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _is_full(before: str, following: str, width: int) -> bool:
    """Whether a line of a text wrapped at `width` had no room for the next word."""
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP or _is_headline(before):
        return False
    return len(before) + 1 + len(following.split(maxsplit=1)[0]) > width


def _is_headline(text: str) -> bool:
    """A title whose longer words all begin with a capital: never the middle of a sentence."""
    return is_title(text) and not any(word[0].islower() for word in text.split() if len(word) > 4)
