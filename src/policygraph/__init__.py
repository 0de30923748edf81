"""policygraph: foreign-policy reporting as a knowledge graph with its evidence."""

__version__ = "0.1.0"
