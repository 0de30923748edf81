"""Whether a text is English, told by its function words; the rules read nothing else."""

from __future__ import annotations

import re

from policygraph.extraction.words import word_set
from policygraph.records import Document

_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = word_set(
    "the of and to in a is that for it on was with as by at be this are from or an have has not but they his her its "
    "which will their were been said would also after more who than when if had he she there can all no we you"
)
#: English prose has about 40 function words of this list in 100 words, other languages below 8.
_LEAST_SHARE = 0.12
_FEWEST_WORDS = 60
_SAMPLE = 40_000


def reads_as_english(text: str) -> bool:
    """Whether at least one word in eight is a function word of English; short texts are believed.

    >>> reads_as_english("El ministro de Chile " * 40)
    False
    >>> reads_as_english("The minister of Chile has said that it will not go to the summit. " * 9)
    True
    """
    found = _WORD.findall(text[:_SAMPLE].lower())
    if len(found) < _FEWEST_WORDS:
        return True
    return sum(w in _FUNCTION_WORDS for w in found) / len(found) >= _LEAST_SHARE


def language_warning(document: Document) -> str | None:
    """What to tell about a document that the rules cannot read, or None."""
    declared = (document.info.language or "en").lower()
    prose = " ".join(b.span.quote for b in document.blocks if not b.cells)
    if declared.startswith("en") and reads_as_english(prose):
        return None
    return (
        f"{document.name}: the text does not read as English, so only names and tables were taken from it and no "
        "statement or event; the language-model extractor reads other languages"
    )
