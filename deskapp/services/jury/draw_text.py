"""How the panels of a trial were drawn, as a text that goes to whoever doubts it.

Source: jury sheet, section 5.6.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill

from deskapp.clock import local
from deskapp.i18n import _, clock_time, day, number
from deskapp.services.jury.trial_lines import DrawLine, TrialRecord

WIDTH = 78


def text(record: TrialRecord) -> str:
    """Every draw of a trial, the newest first, with what it needs to be made again."""
    line = record.line
    title = " ".join(filter(None, (_("Trial {trial}").format(trial=line.number), line.name)))
    parts = [title, *("\n".join(_draw(each)) for each in record.draws)]
    if not record.draws:
        parts.append(_("Nothing was drawn for this trial."))
    return "\n\n".join(parts) + "\n"


def _draw(drawn: DrawLine) -> Iterator[str]:
    kept = drawn.draw
    at = local(drawn.at)
    yield _("Drawn on {date} at {time} by {officer}").format(
        date=day(at.date()),
        time=clock_time(at),
        officer=drawn.officer or _("an officer of another desk"),
    )
    pools = ", ".join(drawn.pools) or _("all")
    yield _("Asked for: {count}. Pools: {pools}").format(count=number(drawn.asked), pools=pools)
    yield _("Seed: {seed}").format(seed=kept.seed)
    yield _("Drawn, in this order: {count}").format(count=number(len(kept.drawn)))
    yield _wrapped(kept.drawn)
    yield _("Candidates: {count}").format(count=number(len(kept.candidates)))
    yield _wrapped(kept.candidates)
    yield (
        _("Drawn again from seed and candidates: the same jurors come out.")
        if drawn.fair
        else _("DRAWN AGAIN FROM SEED AND CANDIDATES, OTHER JURORS COME OUT. Tell your manager.")
    )


def _wrapped(numbers: tuple[str, ...]) -> str:
    return fill(" ".join(numbers), WIDTH, initial_indent="  ", subsequent_indent="  ")
