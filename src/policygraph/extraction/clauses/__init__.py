"""Who is the subject of which verb, what are its objects and complements: clauses over chunks.

No tree is built. From each verb group the chunks to its left are searched for a subject
(over prepositional phrases, insertions between commas, relative clauses and joined verbs), and
those to its right for objects, prepositional phrases and a complement verb. Every search is
bounded, so the time grows with the length of the text and not faster.
"""

from policygraph.extraction.clauses.model import Clause, Parsed
from policygraph.extraction.clauses.parser import parse

__all__ = ["Clause", "Parsed", "parse"]
