"""The register of checks: every rule has a stable code, a name that says what was found, a severity and its documentation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from checks.book import Book
from checks.equations import Equation
from model.facts import Source
from model.findings import Result, Severity


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check found that is no equation: its places (role, source), the words of its template, its outcome.

    ``equation`` writes out the figures it compared, where it compared some.
    """

    rule: str
    places: tuple[tuple[str, Source], ...]
    params: dict[str, str]
    variant: str = ""
    severity: Severity | None = None
    stated: str = ""
    expected: str = ""
    unit: str = ""
    result: Result = Result.FAIL
    equation: str = ""


Check = Callable[[Book], Iterable[Equation | Remark]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered check: ``run`` yields equations and remarks; ``documentation`` is its docstring."""

    code: str
    name: str
    severity: Severity
    run: Check
    documentation: str


RULES: dict[str, Rule] = {}


def check(code: str, name: str, severity: Severity = Severity.ERROR) -> Callable[[Check], Check]:
    """Register a function as the check of that code. Raises ``ValueError`` when the code is taken or the function undocumented."""

    def register(function: Check) -> Check:
        if code in RULES:
            raise ValueError(f"the code {code} is taken")
        if not function.__doc__:
            raise ValueError(f"the check {code} has no documentation")
        RULES[code] = Rule(code, name, severity, function, function.__doc__)
        return function

    return register


def run_all(book: Book) -> Iterator[Equation | Remark]:
    """What every registered check yields, in the order of their codes."""
    for code in sorted(RULES):
        yield from RULES[code].run(book)
