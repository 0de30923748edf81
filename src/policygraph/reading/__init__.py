"""Files become documents: blocks, sentences and offsets that are exact everywhere."""

from policygraph.reading.catalogue import read_catalogue
from policygraph.reading.document import MAX_BYTES, SUFFIXES, read, read_bytes

__all__ = ["MAX_BYTES", "SUFFIXES", "read", "read_bytes", "read_catalogue"]
