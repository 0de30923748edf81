"""A library of questions in plain words, each a SPARQL file with a header, and their runner."""

from policygraph.questions.library import library, names, question
from policygraph.questions.names import find_entity
from policygraph.questions.records import Column, Parameter, Question
from policygraph.questions.runner import run

__all__ = ["Column", "Parameter", "Question", "find_entity", "library", "names", "question", "run"]
