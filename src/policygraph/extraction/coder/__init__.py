"""Codes the acts of a sentence: frames and operators over its clauses.

`SentenceCoder` walks through the clauses. `verbs`, `nouns` and `operators` each read one kind of
act, `sides` finds who acts and whom it concerns, `finishing` and `speakers` settle modality,
negation and speech, `combining` looks at the acts of a sentence together, and `fallback` guesses.
"""

from policygraph.extraction.coder.act import Act
from policygraph.extraction.coder.sentence import SentenceCoder

__all__ = ["Act", "SentenceCoder"]
