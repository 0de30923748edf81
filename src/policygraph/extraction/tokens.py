"""Words with their places: a sentence as tokens whose offsets count in the document."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
    [A-Za-z]++(?=[ ,])                                   # most words, settled at once
  | (?:[^\W\d_]\.){2,}(?:-[^\W_]+)*                      # U.S., U.N.-led
  | (?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Sen|Rep|Gov|Maj|Adm|Capt|St|Jr|Sr|Prof|Brig|Cmdr|Rev|Hon|Messrs)\.(?=\s)
  | (?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.(?=\s)
  | \d+(?:[.,:]\d+)*(?:[-/]\d+)*(?:-[^\W\d_]+)*(?:[^\W\d_]+)?%?
  | [^\W_]+?(?=n['’]t\b)                                 # did|n't
  | n['’]t\b
  | ['’](?:s|re|ve|ll|d|m|S)\b                           # clitics
  | [^\W_]+(?:[-‑][^\W_]+|['’](?!(?:s|re|ve|ll|d|m|t|S)\b)[^\W_]+)*
  | ``|''|--+|\.{3}
  | [^\s]
    """,
    re.VERBOSE,
)
_DASHES = frozenset(("--", "---", "–", "—"))


@dataclass(slots=True)
class Token:
    """One word or mark: `text` is the document from `start` to `end` (code points).

    `tag` and `lemma` are filled by `tags.tag`; tags follow the Penn names, with TM for
    words of a date, SB for subordinators and WP for relative and question words.
    """

    text: str
    start: int
    end: int
    lower: str
    tag: str = ""
    lemma: str = ""


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`, with offsets into `text`.

    >>> [t.text for t in tokenise("The U.S. didn't back Iran's plan.")]
    ['The', 'U.S.', 'did', "n't", 'back', 'Iran', "'s", 'plan', '.']
    """
    stop = len(text) if end is None else end
    return [Token(word := m.group(), *m.span(), word.lower()) for m in _TOKEN.finditer(text, start, stop)]


def is_dash(token: Token) -> bool:
    """Whether the token is a dash between clauses."""
    return token.text in _DASHES
