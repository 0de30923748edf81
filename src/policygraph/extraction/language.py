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
#: Function words of neighbouring languages that are no words of English.
_FOREIGN_WORDS = word_set(
    "de la el los las del que y en por para con una le les du des et est dans pour qui sur au aux der die das und ist "
    "den dem des nicht mit von zu auf ein eine il di che per con della dei gli uma não os com dos da het een van voor "
    "och att som av är og på til ve bir bu için ile"
)
#: English prose has about 40 function words of this list in 100 words, other languages below 8.
_LEAST_SHARE = 0.12
_FEWEST_WORDS = 60
#: Shares that show another language in a text too short for counting English words.
_FOREIGN_SHARE, _OTHER_SCRIPT = 0.2, 0.3
_SAMPLE = 40_000
#: The last character of the Latin letters with their accents.
_LAST_LATIN = "\u024f"


def reads_as_english(text: str) -> bool:
    """Whether at least one word in eight is a function word of English.

    Short texts are believed, unless they are in another script or full of function words of
    another language.

    >>> reads_as_english("El ministro de Chile " * 40)
    False
    >>> reads_as_english("The minister of Chile has said that it will not go to the summit. " * 9)
    True
    >>> reads_as_english("秘鲁政府指责智利从事间谍活动。"), reads_as_english("El ministro de la paz y de los puertos")
    (False, False)
    """
    letters = [c for c in text[:_SAMPLE] if c.isalpha()]
    if sum(c > _LAST_LATIN for c in letters) > _OTHER_SCRIPT * len(letters):
        return False
    found = _WORD.findall(text[:_SAMPLE].lower())
    if len(found) < _FEWEST_WORDS:
        foreign = sum(w in _FOREIGN_WORDS for w in found)
        return foreign <= _FOREIGN_SHARE * len(found) or foreign < sum(w in _FUNCTION_WORDS for w in found)
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
