"""Regular expressions that are compiled when they are first used, so that importing them costs nothing."""

from __future__ import annotations

import re
from typing import Any, cast


class _Later:
    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        compiled = self.__dict__.get("_compiled")
        if compiled is None:
            compiled = self._compiled = re.compile(self._text, self._flags)
        found = getattr(compiled, name)
        setattr(self, name, found)
        return found


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that works like a compiled one, and is compiled with its first search.

    >>> regex(r"(?P<who>[A-Z]\\w+) said").search("Then Ruiz said so.")["who"]
    'Ruiz'
    """
    return cast("re.Pattern[str]", _Later(text, flags))
