"""Rows in the layouts of GDELT, with made-up content."""

from __future__ import annotations


def event(
    number: int = 700000001,
    day: str = "20151027",
    *,
    actor: tuple[str, str, str, str] = ("RUS", "RUSSIA", "RUS", ""),
    recipient: tuple[str, str, str, str] = ("DEU", "BERLIN", "DEU", ""),
    code: str = "042",
    place: tuple[str, str, str, str, str] = ("4", "Berlin, Berlin, Germany", "GM", "52.5167", "13.4"),
    added: str = "20151027220000",
    url: str = "https://news.example.org/one",
    version: int = 2,
) -> str:
    """One row of version 2 (61 columns) or 1 (58); an actor is code, name, country and role."""

    def side(code: str, name: str, country: str, role: str) -> list[str]:
        return [code, name, country, "", "", "", "", role, "", ""]

    def geo(kind: str, name: str, fips: str, latitude: str, longitude: str) -> list[str]:
        district = [""] if version == 2 else []
        return [kind, name, fips, fips + "00", *district, latitude, longitude, "-1"]

    nowhere = ("0", "", "", "", "")
    cells = [str(number), day, day[:6], day[:4], "2015.8", *side(*actor), *side(*recipient)]
    cells += ["1", code, code[:3], code[:2], "1", "1.9", "6", "1", "6", "2.5"]
    cells += [*geo(*nowhere), *geo(*nowhere), *geo(*place), added, url]
    return "\t".join(cells)


def mention(number: int = 700000001, url: str = "https://wire.example.org/two", sentence: str = "3") -> str:
    """One row of a mentions file."""
    cells = [str(number), "20151027220000", "20151027230000", "1", "wire.example.org", url, sentence]
    return "\t".join([*cells, "-1", "120", "145", "1", "80", "2400", "-1.5", "", ""])
