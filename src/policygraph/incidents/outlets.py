"""Who publishes a report, and which news agency it was taken from.

`outlets.csv` knows agencies and a few large outlets by their names and domains;
any other outlet is known by the domain of its address, or by its own name.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from policygraph import iris
from policygraph.errors import DataError

_COLUMNS = ("id", "name", "kind", "other_names", "domains")
_KINDS = ("agency", "outlet")
#: Second-level names under a country's domain that are not the outlet's own.
_SHARED = frozenset({"co", "com", "org", "net", "gov", "gob", "gouv", "ac", "edu", "or", "ne", "go", "nic"})
_FRONT = re.compile(r"^(?:www\d?|m|mobile|amp|edition|rss|feeds)\.")
#: What addresses carry along without naming another page.
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|ref|ref_src|source|src|cmp|cmpid|ftag|feedtype|feedname|rss|partner)$")
_FILE = re.compile(r"\.(?:html?|aspx?|php|cms|ece|shtml|jsp|story)$")
#: Words in the last part of an address that tell a title from a number or a section.
_TITLE_WORDS, _TITLE_LETTERS = 4, 18
_DATELINE = re.compile(r"\(([^()\n]{2,40})\)\.?\s*[-–—:]")
_BYLINE = re.compile(r"(?mi)^\s*(?:by\s+[^\n|,]{2,60}[|,]|source:|agency:|by)\s*([^\n|,]{2,40}?)\s*$")
_SIGNED = re.compile(
    r"(?:[-–—/]\s*|©\s*(?:\d{4}\s+)?|\b(?:inputs? from|courtesy of|via|with)\s+)([A-Z][^\n()–—/]{1,40}?)[.)\s]*$"
)
#: Characters at the beginning and end of a text in which credits stand.
_HEAD, _TAIL = 400, 160


@dataclass(frozen=True, slots=True)
class Outlets:
    """Known outlets: id by folded name, id by domain, and which ids are agencies."""

    by_name: Mapping[str, str]
    by_domain: Mapping[str, str]
    agencies: frozenset[str]

    def of(self, publisher: str, address: str) -> str:
        """The outlet of a report from what is known of it; empty where nothing is.

        >>> outlets().of("The Associated Press", ""), outlets().of("", "https://m.reuters.com/x")
        ('ap', 'reuters')
        >>> outlets().of("", "https://www.lanacion.com.ar/politica"), outlets().of("lanacion.com.ar", "")
        ('lanacion.com.ar', 'lanacion.com.ar')
        """
        for name in filter(None, (publisher.strip(), _host(address))):
            if "." in name and " " not in name:
                domain = _domain(name.lower())
                found = self.by_domain.get(_FRONT.sub("", name.lower())) or self.by_domain.get(domain)
                return found or domain
            return self.by_name.get(_folded(name)) or iris.slug(name)
        return ""

    def credit(self, text: str) -> str:
        """The agency that a text says it was taken from; empty where it names none.

        >>> outlets().credit("QUITO, May 3 (Reuters) - Ecuador and Chile signed a pact on Friday.")
        'reuters'
        >>> outlets().credit("The minister (AP photo) said so."), outlets().credit("Talks went on (EU).")
        ('', '')
        """
        head, tail = text[:_HEAD], text[-_TAIL:].rstrip()
        hits = [*_DATELINE.findall(head), *_BYLINE.findall(head), *_SIGNED.findall(tail)]
        for name in hits:
            found = self.by_name.get(_folded(name), "")
            if found in self.agencies:
                return found
        return ""


def load_outlets(path: Path) -> Outlets:
    """Read a table of outlets.

    Raises:
        DataError: a column, kind or name is not as it should be.
    """
    by_name: dict[str, str] = {}
    by_domain: dict[str, str] = {}
    agencies = set()
    for where, row in _rows(path):
        if row["kind"] not in _KINDS:
            raise DataError(f"'{row['kind']}' is no kind of outlet", where=where, hint=f"use {' or '.join(_KINDS)}")
        if row["kind"] == "agency":
            agencies.add(row["id"])
        for name in filter(None, (row["id"], row["name"], *row["other_names"].split(";"))):
            if by_name.setdefault(_folded(name), row["id"]) != row["id"]:
                raise DataError(f"'{name}' names two outlets", where=where)
        by_domain.update((domain, row["id"]) for domain in filter(None, row["domains"].split(";")))
    return Outlets(by_name, by_domain, frozenset(agencies))


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != _COLUMNS:
            raise DataError(f"expected the columns {', '.join(_COLUMNS)}", where=f"{path}:1")
        for row in reader:
            yield f"{path}:{reader.line_num}", row


@cache
def outlets() -> Outlets:
    """The outlets that come with policygraph."""
    return load_outlets(Path(__file__).with_name("outlets.csv"))


def address_key(source: str) -> str:
    """One form for the ways in which an address is written; other names of stories stay as they are.

    >>> address_key("https://www.Example.org/a/us-peru-pact.html?utm_source=x#top")
    'example.org/a/us-peru-pact.html'
    >>> address_key("http://example.org/story.php?id=7") == address_key("https://m.example.org/story.php?id=7&ref=a")
    True
    >>> address_key("AFP story 12")
    'AFP story 12'
    """
    if not source.startswith(("http://", "https://")):
        return source
    try:
        parts = urlsplit(source)
    except ValueError:
        return source
    kept = [(name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.match(name.lower())]
    path = re.sub(r"/(?:amp/?)?$", "", parts.path)
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    return f"{_FRONT.sub('', parts.netloc.lower())}{path}{query}"


def title_in(address: str) -> str:
    """The title that the last part of an address spells out, in slug form; empty where it spells none.

    Papers that print the same wire story mostly give it the same title.

    >>> title_in("https://a.example/2015/10/us-and-peru-sign-water-pact-8831.html")
    'us-and-peru-sign-water-pact'
    >>> title_in("https://a.example/news/12345"), title_in("https://a.example/world/latin-america")
    ('', '')
    """
    if not address.startswith(("http://", "https://")):
        return ""
    try:
        segments = [part for part in urlsplit(address).path.lower().split("/") if part]
    except ValueError:
        return ""
    for segment in reversed(segments[-2:]):
        parts = re.split(r"[-_+.%\s]+", _FILE.sub("", segment))
        words = [part for part in parts if part.isalpha() or re.fullmatch(r"\d{1,2}", part)]
        while words and words[-1].isdigit():
            words.pop()
        if len(words) >= _TITLE_WORDS and sum(map(len, words)) >= _TITLE_LETTERS:
            return "-".join(words)
    return ""


def _host(address: str) -> str:
    if not address.startswith(("http://", "https://")):
        return ""
    try:
        return urlsplit(address).netloc.lower().partition(":")[0]
    except ValueError:
        return ""


def _domain(host: str) -> str:
    """The part of a host that was registered: its last two names, or three under `co.uk` and the like."""
    names = _FRONT.sub("", host).split(".")
    shared = len(names) > 2 and len(names[-1]) == 2 and names[-2] in _SHARED
    return ".".join(names[-3 if shared else -2 :])


def _folded(name: str) -> str:
    return iris.slug(name.removeprefix("the ").removeprefix("The "))
