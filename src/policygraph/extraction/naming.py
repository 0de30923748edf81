"""What an event of running text is called: the words that tell it, from the first of its parties on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policygraph.records import Span

#: The longest name, in characters.
LONGEST = 110
#: Longer stretches between the parts of a name are left out.
_GAP = 45
#: Where a part of a sentence ends; a point in "U.S." or "1.5" does not.
_BREAK = re.compile(r"""[;:—!?"”“]|,(?=\s)|\.(?=\s+[A-Z"“]|\s*$)|\s[-–](?=\s)""")


def event_name(
    text: str, sentence: Span, subject: Span | None, trigger: Span, parties: Sequence[Span], *, apart: bool = False
) -> str:
    """The words of a sentence that tell an event, with "…" where others stand between them.

    Args:
        text: the document's text.
        sentence: where the sentence stands.
        subject: the subject of the verb, where there is one.
        trigger: the words that the event is told by.
        parties: actors and recipients; those that stand outside the sentence come first, with a colon.
        apart: whether what stands before the trigger tells something else.

    >>> text = "Peru closed a port and seized a trawler on Friday, and Chile protested."
    >>> sentence, peru, trigger = Span.of(text, 0, len(text)), Span.of(text, 0, 4), Span.of(text, 23, 29)
    >>> event_name(text, sentence, peru, trigger, [peru, Span.of(text, 30, 39)], apart=True)
    'Peru … seized a trawler on Friday'
    """
    told = (trigger.start, _end(text, sentence, trigger))
    spans = [(p.start, p.end) for p in (subject, *parties) if p is not None and sentence.overlaps(p)]
    name = " … ".join(_flat(text[start:end]) for start, end in _joined([*spans, told], told if apart else None))
    outside = dict.fromkeys(p.quote for p in parties if not sentence.overlaps(p))
    return _shortened(f"{', '.join(outside)}: {name}" if outside else name)


def _end(text: str, sentence: Span, trigger: Span) -> int:
    """Where the part of the sentence ends in which the trigger stands."""
    found = _BREAK.search(text, trigger.end, sentence.end)
    return found.start() if found else sentence.end


def _joined(spans: list[tuple[int, int]], apart: tuple[int, int] | None) -> list[tuple[int, int]]:
    """Spans in their order, those with few words between them as one; `apart` is joined to none before it."""
    first, *rest = sorted(spans)
    parts = [first]
    for start, end in rest:
        gap = start - parts[-1][1]
        if gap <= 0 or (gap <= _GAP and (start, end) != apart):
            parts[-1] = (parts[-1][0], max(parts[-1][1], end))
        else:
            parts.append((start, end))
    return parts


def _flat(words: str) -> str:
    return " ".join(words.split()).rstrip(" ,.;:-–—")


def _shortened(name: str) -> str:
    """A name of at most `LONGEST` characters, cut behind a word."""
    if len(name) <= LONGEST:
        return name
    return _flat(name[: LONGEST - 1].rsplit(" ", 1)[0]) + "…"
