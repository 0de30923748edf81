"""A document becomes records: entities, events, claims, rows, items, topics."""

from policygraph.extraction.pipeline import extract, gazetteer

__all__ = ["extract", "gazetteer"]
