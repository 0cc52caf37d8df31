"""How good the search is over the shipped content, and that the figures are worked out rightly."""

from __future__ import annotations

import datetime as dt
import json
import math
from pathlib import Path

import pytest

from deskapp.services.knowledge import entry, evaluate, indexed, library, plain, search
from deskapp.services.knowledge.entry import Entry
from deskapp.services.knowledge.evaluate import ALL, Found, Queries, Query, Report
from deskapp.services.knowledge.index import Index

DATA = Path(__file__).parents[2] / "data"
TODAY = dt.date(2026, 11, 18)


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    """What is searched."""
    return entry.of(library.shipped())


@pytest.fixture(scope="module")
def shipped(entries: list[Entry]) -> Index:
    """The index of the shipped content."""
    return indexed.of(entries)


def measured(shipped: Index, queries: Queries, part: str = "") -> Report:
    """The figures of a file of queries."""

    def ask(query: Query) -> Found:
        answer = search.search(
            query.words,
            language=query.language,
            today=TODAY,
            limit=10,
            kinds=search.KNOWLEDGE,
            indexes=[shipped],
        )
        return Found([hit.id for hit in answer.hits], answer.close)

    return evaluate.run(queries, ask, part=part)


@pytest.mark.parametrize("name", ["public", "own", "judge"])
def test_the_search_is_above_its_floors(shipped: Index, name: str) -> None:
    """Those of the sheet; a change of synonyms or content that costs quality stops here.

    The queries of the judge, like our own, have the looser floors of the queries held back.
    """
    queries = evaluate.read(DATA / f"kb_queries_{name}.json")
    if name == "own":
        queries = queries._replace(no_answer=[*queries.no_answer, *public().no_answer])
    assert evaluate.under_floors(queries, measured(shipped, queries)) == []


def public() -> Queries:
    """The public queries."""
    return evaluate.read(DATA / "kb_queries_public.json")


def test_the_search_is_better_than_plain_full_text(shipped: Index, entries: list[Entry]) -> None:
    """Else all of it could go."""
    ours = measured(shipped, public()).figures[ALL]
    theirs = evaluate.run(public(), plain.over(entries)).figures[ALL]
    assert ours.ndcg > theirs.ndcg + 0.05
    assert theirs.ndcg > 0.5


def test_every_public_query_is_answered_before_it_is_typed_to_its_end(shipped: Index) -> None:
    """Half of the queries need at most five keys until a right answer stays among the first 5."""
    keys = []
    for query in public().graded:
        right = {each for each, grade in query.grades.items() if grade == evaluate.RIGHT}
        needed = math.inf
        for length in range(len(query.words), 1, -1):
            typed = query._replace(words=query.words[:length])
            if not right & set(_first_five(shipped, typed)):
                break
            needed = length
        keys.append(needed)
    keys.sort()
    assert keys[len(keys) // 2] <= 5


def _first_five(shipped: Index, query: Query) -> list[str]:
    answer = search.search(
        query.words,
        language=query.language,
        today=TODAY,
        limit=5,
        kinds=search.KNOWLEDGE,
        indexes=[shipped],
    )
    return [hit.id for hit in answer.hits]


def test_the_figures_are_those_of_the_sheet() -> None:
    """Worked out by hand for one query with two right answers and one useful one."""
    grades = {"a": 2, "b": 2, "c": 1}
    ideal = 3 + 3 / math.log2(3) + 1 / 2
    assert evaluate.ndcg(grades, ["a", "b", "c"]) == pytest.approx(1)
    assert evaluate.ndcg(grades, ["x", "c", "a"]) == pytest.approx((1 / math.log2(3) + 1.5) / ideal)
    assert evaluate.recall(grades, ["x", "c", "a", "b"]) == 0.5
    assert evaluate.reciprocal_rank(grades, ["x", "c", "a"]) == pytest.approx(1 / 3)
    assert evaluate.reciprocal_rank(grades, ["c"]) == 0


def test_what_is_under_its_floor_is_named() -> None:
    """By its name and both figures."""
    queries = Queries("public", [Query("1", "x", grades={"a": 2})], [Query("n1", "y")])
    report = evaluate.run(queries, lambda _query: Found(["b"]))
    named = {line.partition(":")[0] for line in evaluate.under_floors(queries, report)}
    assert named == {"ndcg", "recall", "mrr", "success", "no answer"}


@pytest.mark.parametrize("wrong", ["", "{}", "[1]", '{"queries": 3}', '[{"id": "a"}]'])
def test_a_file_of_another_shape_is_refused(tmp_path: Path, wrong: str) -> None:
    """With what it should hold."""
    file = tmp_path / "queries.json"
    file.write_text(wrong, encoding="utf-8")
    with pytest.raises(evaluate.QueriesError, match="query"):
        evaluate.read(file)


def test_both_shapes_of_a_file_are_read(tmp_path: Path) -> None:
    """A list with ``query``, or an object with ``q``."""
    file = tmp_path / "queries.json"
    one = [{"id": "1", "query": "jury", "lang": "cy"}]
    file.write_text(json.dumps(one), encoding="utf-8")
    assert evaluate.read(file).graded == [Query("1", "jury", "cy")]
    file.write_text(json.dumps({"queries": [{"id": "1", "q": "jury"}]}), encoding="utf-8")
    assert evaluate.read(file).graded == [Query("1", "jury")]


def test_the_judge_asks_for_every_item() -> None:
    """Each article and script is the right answer to something; none is left unmeasured."""
    asked = evaluate.read(DATA / "kb_queries_judge.json").graded
    right = {
        item for query in asked for item in query.grades if query.grades[item] == evaluate.RIGHT
    }
    assert right == {item.id for item in library.shipped().items()}


@pytest.mark.parametrize("name", ["own", "judge"])
def test_queries_are_split_in_halves(name: str) -> None:
    """One to choose figures with, one to report."""
    parts = [query.part for query in evaluate.read(DATA / f"kb_queries_{name}.json").graded]
    assert len(parts) >= 150
    assert set(parts) == {"dev", "test"}
