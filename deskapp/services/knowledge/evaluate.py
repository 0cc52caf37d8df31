"""How good the search is: graded queries, the usual figures, and plain FTS5 beside them.

Source: knowledge sheet, section 8.
"""

from __future__ import annotations

import json
import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from deskapp.errors import DeskError, Exit
from deskapp.i18n import _

RIGHT = 2
"""Grade of what gives the officer all that is needed."""
_DEPTH = 10
_SHOWN = 3
PUBLIC = "public"
ALL = "all"


class QueriesError(DeskError):
    """A file of queries cannot be used."""

    exit_code = Exit.DATA


class Query(NamedTuple):
    """A query, with what is relevant to it."""

    id: str
    words: str
    language: str = "en"
    kind: str = ""
    grades: Mapping[str, int] = {}
    """Id -> 2 for right, 1 for useful; empty when nothing was graded."""
    part: str = ""
    """``dev`` or ``test`` where a file is split."""


class Queries(NamedTuple):
    """A file of queries."""

    name: str
    graded: list[Query]
    no_answer: list[Query]
    """Queries that nothing answers: they should be told so."""


class Found(NamedTuple):
    """What a search answered to one query."""

    ids: Sequence[str]
    close: bool = True


Searches = Callable[[Query], Found]


@dataclass
class Figures:
    """The figures of some queries; all but the times are shares from 0 to 1."""

    queries: int = 0
    ndcg: float = 0.0
    recall: float = 0.0
    mrr: float = 0.0
    success: float = 0.0
    nothing: float = 0.0
    not_close: float = 0.0


@dataclass
class Report:
    """What a run found."""

    figures: dict[str, Figures] = field(default_factory=dict)
    """``ALL``, then each kind."""
    milliseconds: list[float] = field(default_factory=list)
    missed: list[tuple[float, Query, Sequence[str]]] = field(default_factory=list)
    """Queries that lost most, the worst first."""
    flagged: float = 0.0
    """Share of the queries that nothing answers that were told so."""

    def time(self, share: float) -> float:
        """Milliseconds within which ``share`` of the queries were answered."""
        taken = sorted(self.milliseconds)
        return taken[min(len(taken) - 1, int(len(taken) * share))] if taken else 0.0


FLOORS: dict[str, dict[str, float]] = {
    PUBLIC: {"ndcg": 0.92, "recall": 0.92, "mrr": 0.94, "success": 0.98},
    "": {"ndcg": 0.83, "recall": 0.83, "mrr": 0.85, "success": 0.92},
}
"""Least shares over all queries, by the name of the file; every other file has the second line."""
KIND_FLOORS = (
    ("typo", 0.92),
    ("welsh", 0.87),
    ("prefix", 0.95),
    ("form", 0.93),
    ("words", 0.74),
    ("staff", 0.70),
)
"""Least nDCG of each kind, in files other than the public one."""
FLAGGED, WRONGLY_FLAGGED = 0.70, 0.25
"""Least share of unanswerable queries told so, and most of the answered ones."""


def read(file: Path) -> Queries:
    """The queries of a file: a list of them, or an object with ``queries``.

    Raises:
        QueriesError: If the file cannot be read or has another shape.
    """
    try:
        made = json.loads(file.read_text(encoding="utf-8"))
        about = made if isinstance(made, dict) else {"queries": made}
        return Queries(
            name=str(about.get("meta", {}).get("name", "")),
            graded=[_query(each) for each in about["queries"]],
            no_answer=[
                Query(f"n{number:03}", str(words))
                for number, words in enumerate(about.get("no_answer", ()), 1)
            ],
        )
    except OSError as error:
        raise QueriesError(
            _("The file {file} cannot be read: {reason}.").format(file=file, reason=error.strerror)
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = _(
            'The file {file} is not a list of queries. Each needs "id" and "query", as JSON.'
        )
        raise QueriesError(message.format(file=file)) from error


def _query(written: Mapping[str, Any]) -> Query:
    words = written["query"] if "query" in written else written["q"]
    return Query(
        id=str(written["id"]),
        words=str(words),
        language="cy" if written.get("lang") == "cy" else "en",
        kind=str(written.get("kind", "")),
        grades={str(name): int(grade) for name, grade in written.get("rel", {}).items()},
        part=str(written.get("set", "")),
    )


def run(queries: Queries, search: Searches, *, part: str = "") -> Report:
    """Ask every query, or those of one part, and work out the figures."""
    report = Report()
    by_kind: dict[str, list[tuple[Query, Found]]] = {ALL: []}
    asked = [query for query in queries.graded if part in ("", query.part)]
    for query in asked[:1]:
        search(query)  # what is opened once is no part of the times
    for query in asked:
        begun = time.perf_counter()
        found = search(query)
        report.milliseconds.append((time.perf_counter() - begun) * 1000)
        by_kind[ALL].append((query, found))
        by_kind.setdefault(query.kind, []).append((query, found))
        report.missed.append((1 - ndcg(query.grades, found.ids), query, found.ids))
    report.missed.sort(key=lambda each: (-each[0], each[1].id))
    report.figures = {kind: _figures(answered) for kind, answered in by_kind.items() if answered}
    told = [not search(query).close for query in queries.no_answer]
    report.flagged = statistics.fmean(told) if told else 1.0
    return report


def _figures(answered: Sequence[tuple[Query, Found]]) -> Figures:
    def mean(of: Callable[[Query, Found], float]) -> float:
        return statistics.fmean(of(query, found) for query, found in answered)

    return Figures(
        queries=len(answered),
        ndcg=mean(lambda query, found: ndcg(query.grades, found.ids)),
        recall=mean(lambda query, found: recall(query.grades, found.ids)),
        mrr=mean(lambda query, found: reciprocal_rank(query.grades, found.ids)),
        success=mean(lambda query, found: recall(query.grades, found.ids) > 0),
        nothing=mean(lambda _query, found: not found.ids),
        not_close=mean(lambda _query, found: not found.close),
    )


def ndcg(grades: Mapping[str, int], ids: Sequence[str]) -> float:
    """Discounted gain of the first ten against the best order; gain is 2^grade - 1."""
    ideal = _gain(sorted(grades.values(), reverse=True))
    return _gain([grades.get(each, 0) for each in ids]) / ideal if ideal else 0.0


def _gain(order: Sequence[int]) -> float:
    gained = [((1 << grade) - 1) / math.log2(at + 2) for at, grade in enumerate(order[:_DEPTH])]
    return sum(gained)


def recall(grades: Mapping[str, int], ids: Sequence[str]) -> float:
    """Right ids in the first three, of as many as there can be."""
    right = {each for each, grade in grades.items() if grade == RIGHT}
    return len(right & set(ids[:_SHOWN])) / min(_SHOWN, len(right)) if right else 0.0


def reciprocal_rank(grades: Mapping[str, int], ids: Sequence[str]) -> float:
    """One over the place of the first right id."""
    places = (at for at, each in enumerate(ids, 1) if grades.get(each) == RIGHT)
    return 1 / next(places, math.inf)


def under_floors(queries: Queries, report: Report) -> list[str]:
    """What lies under its floor, each as a sentence; empty when all is well."""
    whole = report.figures[ALL]
    floors = FLOORS[PUBLIC if queries.name == PUBLIC else ""]
    asked = [(name, float(getattr(whole, name)), least) for name, least in floors.items()]
    asked.append(("answered", 1 - whole.nothing, 1.0))
    asked.append(("close", 1 - whole.not_close, 1 - WRONGLY_FLAGGED))
    asked.append(("no answer", report.flagged, FLAGGED))
    for kind, least in () if queries.name == PUBLIC else KIND_FLOORS:
        if kind in report.figures:
            asked.append((kind, report.figures[kind].ndcg, least))
    return [
        _("{name}: {found} is under {least}").format(
            name=name, found=f"{found:.3f}", least=f"{least:.2f}"
        )
        for name, found, least in asked
        if found < least
    ]
