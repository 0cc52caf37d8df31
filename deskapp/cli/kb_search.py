"""``deskapp kb search`` and ``kb eval``: find by any words, and measure how well that works."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.options import AsJson
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.services.knowledge.evaluate import Figures, Found, Queries, Query, Report
    from deskapp.services.knowledge.search import Answer
    from deskapp.services.knowledge.shelf import Shelf

SEARCH = N_(
    "Search articles, scripts, short replies and courts by any words, in both languages.\n\n"
    "The likeliest comes first; words of danger bring what is to be done at once. t:FEE beside the"
    " words leaves what is about one topic, lang:cy shows it in Welsh. With --queries"
    " a file of queries is answered, one JSON object a line with the ids of articles and scripts."
    " Exit 1 when nothing is found."
)
EVAL = N_(
    "Ask the graded queries of a file and show how good the answers are, beside those of a plain"
    " full-text search.\n\n"
    "With --floors the exit code is 1 when a figure lies under its floor."
)
_MOST_SHOWN, _MOST_RANKED = 8, 10

QueriesFile = Annotated[
    Path | None,
    typer.Option("--queries", metavar="FILE", help=N_("Answer each query of a JSON file.")),
]


def search(
    words: Annotated[
        list[str] | None, typer.Argument(help=N_("Any words, as a user would say them."))
    ] = None,
    queries: QueriesFile = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            min=1,
            metavar="NUMBER",
            help=N_("Most results: 8, or 10 for each query of a file."),
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Search the knowledge content."""
    from deskapp.cli.commands import CommandLineError
    from deskapp.errors import Exit

    if queries:
        _answer_all(queries, limit or _MOST_RANKED)
        return Exit.OK
    if not words:
        raise CommandLineError(_("Give words to search for, or a file with --queries."))
    answer = asked(" ".join(words), limit or _MOST_SHOWN)
    _show(answer, as_json=as_json)
    return Exit.OK if answer.hits else Exit.DIFFERENT


def evaluate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("Graded queries, JSON."))],
    floors: Annotated[
        bool, typer.Option("--floors", help=N_("Exit 1 when a figure is too low."))
    ] = False,
    part: Annotated[
        str, typer.Option(metavar="dev|test", help=N_("Only this part of a file that is split."))
    ] = "",
    as_json: AsJson = False,
) -> int:
    """Measure the search."""
    from deskapp.cli import out
    from deskapp.errors import Exit
    from deskapp.services.knowledge import entry, evaluate, library, plain

    queries = evaluate.read(file)
    ours = evaluate.run(queries, _searched, part=part)
    plain_search = plain.over(entry.of(library.shipped()))
    theirs = evaluate.run(queries, plain_search, part=part)
    low = evaluate.under_floors(queries, ours)
    if as_json:
        out.show_json({**_as_data(ours), "plain": _as_data(theirs), "under_floors": low})
    else:
        _show_report(queries, ours, theirs)
    if floors:
        for sentence in low:
            out.tell(sentence)
    return Exit.DIFFERENT if floors and low else Exit.OK


def asked(words: str, limit: int, shelf: Shelf | None = None) -> Answer:
    """What words find: in the shipped content alone unless a ``shelf`` is given."""
    from deskapp.clock import Clock
    from deskapp.i18n import language
    from deskapp.services.knowledge import search

    indexes = shelf.indexes if shelf else None
    today = Clock().today()
    return search.search(words, language=language(), today=today, limit=limit, indexes=indexes)


def _searched(query: Query, limit: int = _MOST_RANKED) -> Found:
    """Ids of articles and scripts for one query of a file, and whether they come close."""
    from deskapp.clock import Clock
    from deskapp.services.knowledge import search
    from deskapp.services.knowledge.evaluate import Found

    answer = search.search(
        query.words,
        language=query.language,
        today=Clock().today(),
        limit=limit,
        kinds=search.KNOWLEDGE,
    )
    return Found([hit.id for hit in answer.hits], answer.close)


def _answer_all(file: Path, limit: int) -> None:
    from deskapp.cli.out import show_json
    from deskapp.services.knowledge import evaluate

    for query in evaluate.read(file).graded:
        show_json({"id": query.id, "results": list(_searched(query, limit).ids)})


def _show(answer: Answer, *, as_json: bool) -> None:
    from dataclasses import asdict

    from deskapp.cli.out import show, show_json, tell

    if as_json:
        show_json({**asdict(answer), "hits": [asdict(hit) for hit in answer.hits]})
        return
    if answer.did_you_mean:
        tell(_("Searched as: {words}").format(words=answer.did_you_mean))
    if not answer.close:
        tell(_("No close match."))
    for hit in answer.hits:
        overdue = _("REVIEW OVERDUE") if hit.overdue else ""
        show("  ".join(filter(None, (hit.id, hit.title, hit.why, overdue))))
    if not answer.hits:
        tell(_("Nothing was found. Try other words, or fewer."))


def _show_report(queries: Queries, ours: Report, theirs: Report) -> None:
    from deskapp.cli.out import show
    from deskapp.services.knowledge.evaluate import ALL

    plain, nothing, not_close = _("plain"), _("nothing"), _("not close")
    heading = f"{'':10} {'n':>4} nDCG@10 {plain:>7} recall@3     MRR success@3"
    show(f"{heading} {nothing:>7} {not_close}")
    for kind, figures in ours.figures.items():
        beside = theirs.figures[kind].ndcg
        show(_row(kind, figures, beside))
    missing = theirs.figures[ALL]
    show(_row(_("plain FTS5"), missing, missing.ndcg))
    if queries.no_answer:
        text = _("Told that nothing comes close, of {count} that nothing answers: {share}")
        show(text.format(count=len(queries.no_answer), share=f"{ours.flagged:.0%}"))
    text = _("Milliseconds: median {half}, 99 in 100 within {most}")
    show(text.format(half=f"{ours.time(0.5):.1f}", most=f"{ours.time(0.99):.1f}"))


def _row(name: str, figures: Figures, plain: float) -> str:
    return (
        f"{name:10} {figures.queries:4} {figures.ndcg:7.3f} {plain:7.3f} {figures.recall:8.3f}"
        f" {figures.mrr:7.3f} {figures.success:9.3f} {figures.nothing:7.3f}"
        f" {figures.not_close:9.3f}"
    )


def _as_data(report: Report) -> dict[str, object]:
    from dataclasses import asdict

    return {
        "figures": {kind: asdict(figures) for kind, figures in report.figures.items()},
        "flagged": report.flagged,
        "p50_ms": report.time(0.5),
        "p99_ms": report.time(0.99),
    }
