"""Made-up GDELT 2.0 event files that are skewed like real ones, of any length.

`python -m benchmarks.synthetic_gdelt ROWS FILE` writes them; `--check` prints the figures that the
shape was set by. The same number and seed always give the same bytes. Shares follow two real batches
(2015-10-27 22:00, 2,116 rows; 2019-01-21 22:00, 1,629 rows); no row, name of a person or address is real.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from pathlib import Path
from typing import Generic, TypeVar

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from policygraph.importing import crosswalk  # noqa: E402
from policygraph.importing.reference import load_reference  # noqa: E402

#: Rows in a batch, and when the first one ends.
BATCH, BEGIN = 1900, dt.datetime(2019, 1, 1, 0, 15)
PLACES, TAIL = 40_000, 6_000
#: Role codes with the name a coder gives them, the most frequent first.
ROLES = (
    ("GOV", "PRESIDENT"), ("", ""), ("COP", "POLICE"), ("GOV", "MINISTRY"), ("EDU", "SCHOOL"), ("JUD", "ATTORNEY"),
    ("MED", "NEWSPAPER"), ("BUS", "COMPANY"), ("MIL", "MILITARY"), ("LEG", "SENATE"), ("CVL", "COMMUNITY"),
    ("OPP", "OPPOSITION"), ("CRM", "CRIMINAL"), ("HLH", "HOSPITAL"), ("REB", "REBEL"), ("REF", "REFUGEE"),
    ("ELI", "FORMER PRESIDENT"), ("LAB", "UNION"), ("UAF", "GUNMAN"), ("NGO", "CHARITY"), ("IGO", "UNITED NATIONS"),
)  # fmt: skip
#: How often each root code is drawn; codes below it share its weight.
ROOTS = {
    "01": 11, "02": 9, "03": 7, "04": 26, "05": 7, "06": 2, "07": 2, "08": 4, "09": 2, "10": 2,
    "11": 6, "12": 3, "13": 2, "14": 2, "15": 1, "16": 1, "17": 5, "18": 3, "19": 6, "20": 0.3,
}  # fmt: skip
#: Days between an event and its report, where that is not nothing.
LATE = ((1, 40), (7, 20), (30, 15), (31, 5), (365, 20))
_T = TypeVar("_T")


class Draw(Generic[_T]):
    """Draws from a sequence whose first members come most often."""

    def __init__(self, rng: random.Random, values: Sequence[_T], weights: Sequence[float] | None = None) -> None:
        given = weights or [1 / (rank + 1.5) for rank in range(len(values))]
        self._rng, self._values, self._sums = rng, values, list(accumulate(given))
        self._pool: list[_T] = []

    def __call__(self) -> _T:
        if not self._pool:
            self._pool = self._rng.choices(self._values, cum_weights=self._sums, k=20_000)
        return self._pool.pop()


class Synthetic:
    """A source of rows; everything follows from the seed."""

    def __init__(self, seed: int = 11) -> None:
        self.rng = random.Random(seed)
        reference = load_reference()
        names = {c.iso3: c.name.upper() for c in reference.countries}
        first = "USA GBR RUS CHN ISR SYR IND FRA DEU TUR IRN PAK AUS CAN NGA UKR EGY MEX IRQ AFG JPN ITA".split()
        self.countries = first + sorted(set(names) - set(first))
        self._names = names
        fips: dict[str, str] = {}
        for _, row in crosswalk.rows(Path(crosswalk.__file__).with_name("codes") / "fips.csv"):
            fips.setdefault(row["iso3"], row["fips"])
        cities = [(c.name, c.iso3) for c in reference.cities if c.iso3 in fips and c.iso3 in names]
        self.rng.shuffle(cities)
        self._place = Draw(self.rng, [self._geo(n, fips, cities) for n in range(PLACES)])
        self._country = Draw(self.rng, self.countries)
        self._role = Draw(self.rng, ROLES)
        tail = [f"{a}{b}" for a in ("BEN", "KOR", "LAM", "MAR", "TOS", "VEL") for b in ("ADI", "ESH", "INO", "OVA")]
        self._tail = Draw(self.rng, [f"{tail[n % 24]} {tail[n // 24 % 24]}{n}" for n in range(TAIL)])
        self._code = Draw(self.rng, *self._codes())
        self._late = Draw(self.rng, [days for days, _ in LATE], [share for _, share in LATE])

    def _codes(self) -> tuple[list[str], list[float]]:
        codes, weights = [], []
        for root, share in ROOTS.items():
            below = [root + str(digit) for digit in range(4)]
            codes += below
            weights += [share * part for part in (0.5, 0.2, 0.2, 0.1)]
        return codes, weights

    def _geo(self, number: int, fips: dict[str, str], cities: list[tuple[str, str]]) -> tuple[str, ...]:
        """Type, name, country, ADM1, ADM2, latitude, longitude, feature of a place; one in twenty is a country."""
        latitude, longitude = f"{self.rng.uniform(-55, 70):.4f}", f"{self.rng.uniform(-180, 180):.4f}"
        if number % 20 == 0 and number // 20 < len(self.countries):
            iso3 = self.countries[number // 20]
            code = fips.get(iso3, "US")
            return "1", self._names[iso3].title(), code, code, "", latitude, longitude, code
        city, iso3 = cities[number % len(cities)] if number < 2 * len(cities) else (f"Village {number}", "FRA")
        region = f"Region {number % 60}"
        name = f"{city if number < len(cities) else city + ' ' + str(number)}, {region}, {self._names[iso3].title()}"
        return "4", name, fips[iso3], f"{fips[iso3]}{number % 60:02}", "", latitude, longitude, str(-number)

    def _actor(self, home: str, empty: float) -> list[str]:
        """The ten columns of an actor: nobody, a role without a country, or one of a country."""
        chance = self.rng.random()
        if chance < empty * 0.35:
            return [""] * 10
        role, name = self._role()
        if chance < empty:
            role, name = (role, name) if role else ("CVL", self._tail())
            return [role, name, "", "", "", "", "", role, "", ""]
        country = home if self.rng.random() < 0.5 else self._country()
        if role and self.rng.random() < 0.25:
            name = self._tail()
        return [country + role, name or self._names[country], country, "", "", "", "", role, "", ""]

    def rows(self) -> Iterator[str]:
        """Rows without end, in the order of batches and articles."""
        number, article, time, left = 800_000_000, 0, BEGIN, BATCH
        while True:
            article += 1
            # Most articles give two or three rows, a few give dozens.
            size = min(90, int(self.rng.paretovariate(1.15)) + (self.rng.random() < 0.75))
            outlet = min(int(self.rng.paretovariate(0.6)), 9000)
            url = f"https://www.outlet{outlet}.example/{time:%Y/%m}/story-{article}"
            for line in self._article(size, url, time):
                number += 1
                left -= 1
                yield f"{number}\t{line}"
            if left <= 0:
                time, left = time + dt.timedelta(minutes=15), BATCH

    def _article(self, size: int, url: str, time: dt.datetime) -> Iterator[str]:
        rng, home, place = self.rng, self._country(), self._place()
        people = [self._actor(home, 0.45), self._actor(home, 0.5), self._actor(home, 0.7)]
        code = self._code()
        for _ in range(size):
            day = time - dt.timedelta(days=self._late() if rng.random() < 0.07 else 0)
            # One act is often coded again from a further sentence.
            code = code if rng.random() < 0.35 else self._code()
            one, other = (people[0], people[1]) if rng.random() < 0.6 else (people[1], self._actor(home, 0.7))
            where = place if rng.random() < 0.8 else self._place()
            geo = ("0", "", "", "", "", "", "", "") if rng.random() < 0.03 else where
            root, sources = int(code[:2]), "1" if rng.random() < 0.97 else "2"
            quad = str(1 + (root > 5) + (root > 8) + (root > 13))
            cells = [f"{day:%Y%m%d}", f"{day:%Y%m}", f"{day:%Y}", f"{day.year + day.timetuple().tm_yday / 366:.4f}"]
            cells += [*one, *other, str(rng.randrange(2)), code.rstrip("0") if len(code) > 3 else code, code[:3]]
            cells += [code[:2], quad, f"{10 - root:.1f}", str(rng.choice((2, 4, 6, 10))), sources, "4"]
            cells += [f"{rng.uniform(-9, 5):.6f}", *geo, *geo, *geo, f"{time:%Y%m%d%H%M%S}", url]
            yield "\t".join(cells)


def write(rows: int, path: Path, seed: int = 11) -> None:
    """Write so many rows."""
    source = Synthetic(seed).rows()
    with path.open("w", encoding="utf-8", newline="") as handle:
        while rows > 0:
            handle.write("".join(f"{row}\n" for row in islice(source, min(rows, 10_000))))
            rows -= 10_000


def shape(path: Path) -> dict[str, float]:
    """The figures by which a file is compared with real batches, as shares of its rows."""
    n: Counter[str] = Counter()
    seen: set[tuple[str, ...]] = set()
    urls: Counter[str] = Counter()
    with path.open(encoding="utf-8") as handle:
        for line in handle:
            cells = line.rstrip("\n").split("\t")
            assert len(cells) == 61, len(cells)
            n["rows"] += 1
            n["bytes a row"] += len(line)
            n["no Actor1CountryCode"] += not cells[7]
            n["no Actor2CountryCode"] += not cells[17]
            n["two different actor countries"] += bool(cells[7] and cells[17] and cells[7] != cells[17])
            n["NumSources = 1"] += cells[32] == "1"
            n["ActionGeo empty"] += not cells[52]
            n["roots 01 and 02"] += cells[28] in ("01", "02")
            key = (cells[1], cells[5], cells[26], cells[15])
            # Within a batch, as the real figure was taken.
            n["rows above the first alike"] += (cells[59], *key) in seen
            seen.add((cells[59], *key))
            urls[cells[60]] += 1
    shares = {name: round(count / n["rows"], 3) for name, count in n.items() if name != "rows"}
    return shares | {"rows a URL": round(n["rows"] / len(urls), 2), "most rows of a URL": urls.most_common(1)[0][1]}


def main() -> None:
    """Write a file, and with `--check` what it is like."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--check", action="store_true")
    chosen = parser.parse_args()
    write(chosen.rows, chosen.file, chosen.seed)
    if chosen.check:
        for name, value in shape(chosen.file).items():
            print(f"{name:<32}{value:>10}")


if __name__ == "__main__":
    main()
