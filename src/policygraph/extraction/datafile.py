"""Reads the YAML data files of this room and says where in them a fault stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from policygraph.errors import DataError

_HERE = Path(__file__).resolve().parent
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: Key under which each mapping keeps the line it stands on.
LINE = "__line__"


class _LineLoader(_Base):  # type: ignore[misc]
    """A safe loader whose mappings know their line and refuse a key given twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                raise yaml.constructor.ConstructorError(None, None, f"line {line}: the key '{key.value}' stands twice")
            seen.add(key.value)
        made: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        made[LINE] = node.start_mark.line + 1
        return made


def load(path: str | Path) -> dict[str, Any]:
    """The mapping in a YAML file; a bare name is looked up beside this module.

    Raises:
        DataError: the file is no valid YAML or holds no mapping.

    >>> load("names.yaml")["version"]
    1
    """
    file = Path(path) if Path(path).is_absolute() else _HERE / path
    try:
        read = yaml.load(file.read_text(encoding="utf-8"), Loader=_LineLoader)  # noqa: S506
    except yaml.YAMLError as error:
        raise DataError(f"no valid YAML: {error}", where=file, hint="mend the file") from error
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", where=file) from error
    if not isinstance(read, dict):
        raise DataError("expected a mapping of names to values", where=file)
    return read


def fault(path: str | Path, entry: Mapping[str, Any], message: str, hint: str | None = None) -> DataError:
    """An error that names the file and the line of `entry`."""
    return DataError(message, where=f"{Path(path).name}:{entry.get(LINE, 1)}", hint=hint)


def only_keys(path: str | Path, entry: Mapping[str, Any], allowed: Iterable[str]) -> None:
    """Check that `entry` has no key but the allowed ones.

    Raises:
        DataError: it has; the message lists what is allowed.
    """
    known = sorted(allowed)
    for key in entry:
        if key != LINE and key not in known:
            raise fault(path, entry, f"there is no field '{key}' here", f"use one of {', '.join(known)}")
