"""What was made lately, kept so that it need not be made again, in bounded memory."""

from __future__ import annotations

from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Values by key, of which those that were not met for long are forgotten.

    Two tables of at most `size` each: a full one becomes the old one, and what is
    found in the old one moves to the new. So what comes often stays, and memory
    does not grow with the number of different keys.

    >>> kept = Recent(2)
    >>> for key in "abaca":
    ...     kept.get(key) or kept.keep(key, key.upper())
    'A'
    'B'
    'A'
    'C'
    'A'
    >>> kept.keep("d", "D"), kept.keep("e", "E")
    ('D', 'E')
    >>> kept.get("b") is None
    True
    """

    __slots__ = ("_new", "_old", "_size")

    def __init__(self, size: int) -> None:
        self._size = size
        self._new: dict[Key, Value] = {}
        self._old: dict[Key, Value] = {}

    def get(self, key: Key) -> Value | None:
        """The value of a key, None where it is not kept."""
        found = self._new.get(key)
        if found is None and (found := self._old.get(key)) is not None:
            self.keep(key, found)
        return found

    def keep(self, key: Key, value: Value) -> Value:
        """Keep a value, and give it back."""
        if len(self._new) >= self._size:
            self._old, self._new = self._new, {}
        self._new[key] = value
        return value

    def clear(self) -> None:
        """Forget everything."""
        self._new, self._old = {}, {}
