"""A document becomes records: entities, events, claims, rows, items, topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policygraph.extraction.pipeline import extract

__all__ = ["extract"]


def __getattr__(name: str) -> Any:
    # Whoever wants a single part, such as the event coder, need not load all the others.
    if name != "extract":
        raise AttributeError(f"module 'policygraph.extraction' has no attribute {name!r}")
    from policygraph.extraction.pipeline import extract

    return extract
