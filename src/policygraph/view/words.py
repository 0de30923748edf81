"""The words a reader sees: one data file a language, checked against the English one."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policygraph.errors import DataError, UnknownNameError

TEXTS = Path(__file__).parent / "texts"
_REFERENCE = "en"
_HOLE = re.compile(r"\{(\w+)\}")
# Forms of a text by number, after CLDR, that a language may have beyond those of English.
_MORE_FORMS = frozenset({"zero", "two", "few", "many"})


@dataclass(frozen=True)
class Words:
    """All texts of the page in one language."""

    lang: str
    texts: Mapping[str, Any]

    def ui(self, key: str, **values: object) -> str:
        """A text of the page with its holes filled in; where it has forms, the number `n` chooses one.

        >>> load("en").ui("shown", nodes=3, total=9)
        '3 of 9 names in the picture'
        >>> load("en").ui("lead_sources", n=1)
        '1 source'
        """
        forms = self.texts["ui"][key]
        text = forms if isinstance(forms, str) else forms["one" if values.get("n") == 1 else "other"]
        written = {name: self.number(value) if isinstance(value, int) else value for name, value in values.items()}
        return str(text).format(**written)

    def number(self, n: int) -> str:
        """A number with its digits in groups, as the language writes it.

        >>> load("en").number(1234), load("es").number(1234), load("es").number(12345)
        ('1,234', '1234', '12.345')
        """
        group, least = self.texts["numbers"]["group"], self.texts["numbers"]["least"]
        return str(n) if n < least else f"{n:,}".replace(",", group)

    def phrase(self, relation: str, stance: str, number: str) -> str:
        """How a relation reads in a modality; `number` is one, many or thing.

        A relation from elsewhere, unknown to the texts, reads as its own name.

        >>> load("en").phrase("visits", "planned", "one")
        'plans to visit'
        """
        forms = self.texts["relations"].get(relation) or self.texts["events"].get(relation.removeprefix("event:"))
        if forms is None and relation.startswith("event:"):
            forms = self.texts["events"].get(
                relation.removeprefix("event:").split("-")[0], self.texts["events"]["event"]
            )
        if forms is None:
            plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", relation).replace("_", " ").lower()
            forms = {"is": plain, "are": plain, "do": plain}
        pattern: str = self.texts["phrases"][stance][number]
        # What stands on record is over: relations that happen have a past form, those that last have none.
        return pattern.format(**{"was": forms["is"], "were": forms["are"], **forms})

    def day(self, iso: str) -> str:
        """A day as words.

        >>> load("en").day("2025-02-01")
        '1 February 2025'
        """
        y, m, d = (int(part) for part in iso.split("-"))
        return str(self.texts["dates"]["day"].format(d=d, month=self.texts["months"][m - 1], y=y))


@functools.cache
def load(lang: str) -> Words:
    """The texts of a language (`en`, `es`, or a file added to `view/texts`).

    Raises:
        UnknownNameError: there is no file for that language.
        DataError: the file lacks a text, has one too many, or a hole differs.
    """
    known = sorted(path.stem for path in TEXTS.glob("*.yaml"))
    if lang not in known:
        raise UnknownNameError("language", lang, known)
    texts = _read(TEXTS / f"{lang}.yaml")
    if lang != _REFERENCE:
        check(texts, _read(TEXTS / f"{_REFERENCE}.yaml"), TEXTS / f"{lang}.yaml")
    return Words(lang, texts)


def check(texts: Mapping[str, Any], reference: Mapping[str, Any], where: Path) -> None:
    """Hold a language against the English texts: same keys, same holes.

    Raises:
        DataError: naming the file, its line and the text that differs.
    """
    mine, wanted = dict(_leaves(texts)), dict(_leaves(reference))
    for key in sorted(wanted.keys() - mine.keys()):
        raise DataError(f"the text '{key}' is missing", where=where, hint="translate it from en.yaml")
    for key in sorted(mine.keys() - wanted.keys()):
        form = key.rpartition(".")
        if form[2] in _MORE_FORMS and f"{form[0]}.other" in wanted:
            continue
        raise DataError(f"there is no text '{key}'", where=_line(where, key), hint="remove it, or correct its name")
    for key, text in mine.items():
        here, there = set(_HOLE.findall(text)), set(_HOLE.findall(wanted.get(key, text)))
        if here != there and not key.startswith("phrases."):
            names = ", ".join(sorted(here ^ there))
            raise DataError(f"'{key}' differs from en.yaml in {{{names}}}", where=_line(where, key))


def _read(path: Path) -> dict[str, Any]:
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise DataError(f"this is not YAML: {error}", where=path) from error
    if not isinstance(data, dict):
        raise DataError("expected texts by name", where=path)
    return data


def _leaves(texts: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(texts, Mapping):
        for key, value in texts.items():
            yield from _leaves(value, f"{path}.{key}" if path else str(key))
    elif isinstance(texts, list):
        for index, value in enumerate(texts):
            yield from _leaves(value, f"{path}.{index}")
    else:
        yield path, str(texts)


def _line(where: Path, key: str) -> str:
    """File and line of a text, as far as its last name can be found."""
    name = key.split(".")[-1]
    lines = where.read_text(encoding="utf-8").splitlines() if where.exists() else []
    at = next((n for n, line in enumerate(lines, 1) if re.search(rf"\b{re.escape(name)}:", line)), None)
    return str(where) if at is None else f"{where}:{at}"
