"""Worked cases through the real rules: what ``deskapp rules`` runs and checks.

A case file is worked out by the functions that the screens call, with the shipped settings; nothing
here has rules of its own, and no store is opened.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from deskapp.errors import DeskError, Exit
from deskapp.i18n import _
from deskapp.services.rules import cases, casework, complaints, interpreters, jury
from deskapp.services.rules.cases import Json, Line, MalformedCaseError
from deskapp.text import one_line

DOMAINS: dict[str, Callable[[Json], Iterable[Line]]] = {
    "casework": casework.lines,
    "complaints": complaints.lines,
    "interpreters": interpreters.lines,
    "jury": jury.lines,
}
"""The lines of a case file, by the desk whose rules it is for."""


class UnknownDomainError(DeskError):
    """No desk of that name has rules to try."""

    exit_code = Exit.USAGE


@dataclass(frozen=True)
class Answer:
    """What the rules make of one case."""

    id: str
    output: Json

    def line(self) -> str:
        """The answer as one line of JSON, in ASCII, so that no terminal obeys any of it."""
        return json.dumps({"id": self.id, "output": self.output})


@dataclass(frozen=True)
class Malformed:
    """A case that cannot be worked out."""

    id: str
    problem: str
    """What to put right, already translated."""

    def line(self) -> str:
        """The problem as one line of JSON, in ASCII, so that no terminal obeys any of it."""
        return json.dumps({"id": self.id, "problem": self.problem})


@dataclass(frozen=True)
class Difference:
    """One value that came out other than the file expects."""

    id: str
    name: str
    """Which value of the output; empty for the output as a whole."""
    expected: Json
    actual: Json
    """``None`` also when the output has no such value."""

    def line(self) -> str:
        """The difference in words, cleaned for a terminal."""
        return one_line(
            _("{id} {name}: expected {expected}, found {actual}").format(
                id=self.id,
                name=self.name,
                expected=json.dumps(self.expected),
                actual=json.dumps(self.actual),
            )
        )


Outcome = Answer | Malformed


def run(domain: str, file: Path) -> Iterator[Outcome]:
    """What the rules of ``domain`` make of each case of ``file``, in the order of the file.

    Expected values are taken out before the rules see the cases.

    Raises:
        UnknownDomainError: If no desk of that name has rules.
        NotFoundError: If the file cannot be opened.
        CaseFileError: If it is no case file of the domain.
    """
    lines = _lines_of(domain)
    return map(_outcome, lines(cases.read(file).inputs))


def check(domain: str, file: Path) -> Iterator[Difference | Malformed]:
    """Where the rules of ``domain`` and the expected values of ``file`` differ.

    Malformed cases are given too; a case without expected values gives nothing.

    Raises:
        As ``run``.
    """
    lines = _lines_of(domain)
    case_file = cases.read(file)
    return _findings(map(_outcome, lines(case_file.inputs)), lines(case_file.content))


def _lines_of(domain: str) -> Callable[[Json], Iterable[Line]]:
    if domain not in DOMAINS:
        raise UnknownDomainError(
            _("There are no rules called {domain}. Use one of: {domains}.").format(
                domain=domain, domains=", ".join(DOMAINS)
            )
        )
    return DOMAINS[domain]


def _outcome(line: Line) -> Outcome:
    try:
        return Answer(line.id, line.work())
    except MalformedCaseError as error:
        return Malformed(line.id, str(error))
    except OverflowError:
        return Malformed(line.id, _("A date of this case lies beyond the years 1 to 9999."))


def _findings(
    outcomes: Iterable[Outcome], lines: Iterable[Line]
) -> Iterator[Difference | Malformed]:
    for outcome, line in zip(outcomes, lines, strict=True):
        if isinstance(outcome, Malformed):
            yield outcome
        else:
            yield from _differences(line.id, line.expected, outcome.output)
            if line.exact:
                yield from _surplus(line.id, line.expected, outcome.output)


def _differences(
    case_id: str, expected: Json, actual: Json, name: str = ""
) -> Iterator[Difference]:
    """Objects are compared key by key, and what is not named is free; all else must be equal.

    An empty object names nothing, so anything will do.
    """
    if isinstance(expected, dict) and (isinstance(actual, dict) or not expected):
        for key, value in expected.items():
            inner = f"{name}.{key}" if name else key
            yield from _differences(case_id, value, actual.get(key), inner)
    # In Python True equals 1; in a case file it does not.
    elif expected != actual or isinstance(expected, bool) != isinstance(actual, bool):
        yield Difference(case_id, name, expected, actual)


def _surplus(case_id: str, expected: Json, actual: Json) -> Iterator[Difference]:
    """What came out though nothing of that name is expected, and what is missing though named."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key in sorted(expected.keys() ^ actual.keys()):
            if key in actual or expected[key] in (None, {}):
                yield Difference(case_id, key, expected.get(key), actual.get(key))
