"""Names that point to a country without naming it: leaders of the past, movements, peoples, regions."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from policygraph.errors import DataError
from policygraph.extraction.gazetteer import NameKind
from policygraph.extraction.registry import Registry
from policygraph.records import ReferenceData

_FILE = Path(__file__).parent / "data" / "associations.txt"


_BODIES = dict.fromkeys(
    (
        "World Bank|Security Council|Arab League|European Community|European Union|African Union|United Nations|"
        "European Commission|European Parliament|European Council|European Communities|Monetary Fund|Atlantic Treaty|"
        "World Food|World Health|International Criminal|International Court|Criminal Court|Atomic Energy|"
        "International Labour|International Labor|Non-Aligned Movement|Nordic Council|Gulf Cooperation|"
        "American States|African Unity|Islamic Conference|Islamic Cooperation|West African|Southern African|"
        "Contact Group|Warsaw Pact|Western European Union|Trade Organization|Trade Organisation|Red Sea|"
        "Development Bank|Andean Community|Andean Pact|Caribbean Community|Pacific Forum|Pacific Islands Forum|"
        "Human Rights Council|General Assembly|League of Arab|Food Programme|Food Program|Refugee Agency|"
        "Organization of|Organisation of|Association of Southeast|Economic Community|Commonwealth of Independent|"
        "Group of Seven|Group of Eight|Group of Twenty|Lake Chad|International Organization|International Organisation"
    ).split("|"),
    "IGO",
) | dict.fromkeys(
    (
        "Red Cross|Red Crescent|Amnesty International|Human Rights Watch|Doctors Without|Save the|Sans Frontieres|"
        "Sans Frontières|Médecins Sans|Medecins Sans|International Committee|Crisis Group|Transparency International|"
        "Reporters Without|World Wildlife|Greenpeace International"
    ).split("|"),
    "NGO",
)
_BODY_STARTS = frozenset(name.split(" ")[0] for name in _BODIES)
#: What a word inside a longer name may be to tell a country.
_TELLING = (NameKind.COUNTRY, NameKind.ADJECTIVE, NameKind.PEOPLE, NameKind.METONYM, NameKind.CITY)
#: Classes of bodies that belong to no country.
CLASSES = ("IGO", "NGO")


@cache
def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for line, text in enumerate(_FILE.read_text(encoding="utf-8").splitlines(), 1):
        if not text.strip() or text.startswith("#"):
            continue
        iso3, *names = text.split()
        if len(iso3) != 3 or not iso3.isupper() or not names:
            raise DataError("expected a country code and names", where=f"{_FILE.name}:{line}")
        for name in names:
            table.setdefault(name, iso3)
    return table


def associated(name: str) -> str | None:
    """The country (iso3) that a name is tied to, None for names not listed.

    >>> associated("Arafat"), associated("Kigali-based")
    ('PSE', 'RWA')
    """
    found = _table().get(name)
    if found in CLASSES:
        return None
    if found is None and "-" in name:
        return _table().get(name.split("-")[0]) if name.split("-")[0] in _table() else None
    return found


def body_class(words: list[str]) -> str | None:
    """IGO or NGO for the words of a body's name, None for others.

    >>> body_class(["Amnesty", "International"]), body_class(["Chile"])
    ('NGO', None)
    """
    table = _table()
    for i, name in enumerate(words):
        if table.get(name) in CLASSES:
            return table[name]
        for size in (2, 3) if name in _BODY_STARTS else ():
            known = _BODIES.get(" ".join(words[i : i + size]))
            if known:
                return known
    return None


def misspelt(registry: Registry, name: str) -> str | None:
    """The country whose name or adjective differs from `name` by one letter, None when there is none or two.

    Only words of seven letters and more are tried: "Afganistan", "Ukranian".
    """
    if len(name) < 7 or not name[:1].isupper():
        return None
    names = _near_names(registry.gazetteer.reference)
    found = {names[key] for key in _deletions(name.lower()) if key in names}
    return found.pop() if len(found) == 1 else None


def _deletions(word: str) -> list[str]:
    return [word, *(word[:i] + word[i + 1 :] for i in range(1, len(word)))]


_NEAR: dict[int, tuple[ReferenceData, dict[str, str]]] = {}


def _near_names(reference: ReferenceData) -> dict[str, str]:
    """All names of seven letters and more, whole and with one letter left out, to their country."""
    known = _NEAR.get(id(reference))
    if known is not None and known[0] is reference:
        return known[1]
    near: dict[str, str] = {}
    for country in reference.countries:
        for name in (country.name, *country.adjectives):
            if len(name) >= 7 and " " not in name:
                for key in _deletions(name.lower()):
                    near.setdefault(key, country.iso3)
    _NEAR.clear()
    _NEAR[id(reference)] = (reference, near)
    return near


def named_inside(registry: Registry, words: list[str]) -> str | None:
    """The country of a name inside a longer name: "Nairobi University", "the Turkish-language daily"."""
    for i, word in enumerate(words):
        pair = f"{word} {words[i + 1]}" if i + 1 < len(words) else ""
        for name in (pair, word.split("-")[0]):
            for reading in registry.gazetteer.names.get(name, ()):
                if reading.iso3 and not reading.ambiguous and reading.kind in _TELLING:
                    return reading.iso3
    return None
