"""What checks of a graph find, and the report that collects it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from policygraph.iris import IRI
from policygraph.table import Table


class Severity(StrEnum):
    """How bad a finding is: a violation makes the graph wrong, a warning may, information does not."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


_ORDER = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found: where, what is wrong, what to do about it.

    `check` names the shape, lint query or step of `verify`; `iri` is the node.
    """

    severity: Severity
    check: str
    iri: str
    message: str
    advice: str

    @property
    def sort_key(self) -> tuple[int, str, str, str]:
        """Worst first, then by check, node and message."""
        return (_ORDER[self.severity], self.check, self.iri, self.message)


@dataclass(frozen=True, slots=True)
class Report:
    """Findings, worst first; iterable, and true when there is any.

    >>> report = Report.of([Finding(Severity.INFO, "a", "urn:x", "is so", "nothing")])
    >>> report.ok, len(report), report.summary()
    (True, 1, '0 violations, 0 warnings, 1 info')
    """

    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Report:
        """A report of distinct findings in a fixed order."""
        return cls(tuple(sorted(set(findings), key=lambda f: f.sort_key)))

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __add__(self, other: Report) -> Report:
        return Report.of((*self.findings, *other.findings))

    @property
    def ok(self) -> bool:
        """Whether there is no violation."""
        return not self.count(Severity.VIOLATION)

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(f.severity is severity for f in self.findings)

    def summary(self) -> str:
        """The counts in words."""
        violations, warnings, infos = (self.count(s) for s in Severity)
        return f"{_times(violations, 'violation')}, {_times(warnings, 'warning')}, {infos} info"

    def table(self) -> Table:
        """One row a finding: severity, check, node, message, advice."""
        rows = [(str(f.severity), f.check, IRI(f.iri), f.message, f.advice) for f in self.findings]
        return Table(("severity", "check", "node", "message", "advice"), rows, note=self.summary())


def _times(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
