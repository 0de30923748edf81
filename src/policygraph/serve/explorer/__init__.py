"""The explorer: small pages over the served graph that work without scripts and load nothing from outside."""

from policygraph.serve.explorer.routes import Explorer

__all__ = ["Explorer"]
