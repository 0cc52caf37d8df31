"""What looks like a payment card number is never kept without a decision."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

from deskapp.cli.ask import ask
from deskapp.cli.options import Decision
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.services import cards
from deskapp.text import fold


def settled(
    values: Mapping[str, str], names: Iterable[str], decision: Decision | None
) -> dict[str, str]:
    """``values`` with such numbers in those called ``names`` blanked or kept, as decided.

    On a terminal the decision is asked for when it was not given.

    Raises:
        FormProblemsError: If it is needed and there is none.
    """
    holding = cards.fields(values, names)
    if holding and decision is None and sys.stdin.isatty():
        decision = _asked()
    if holding and decision is None:
        message = _(
            "This looks like a payment card number. Card details must never be kept: leave it out,"
            " or add --card-number blank, or --card-number keep when it is not a card."
        )
        raise FormProblemsError([Problem(name, message) for name in holding])
    if decision is Decision.KEEP:
        return dict(values)
    return {**values, **{name: cards.blank(values[name]) for name in holding}}


def _asked() -> Decision:
    """What the officer decides."""
    question = _("This looks like a payment card number. Blank it (B) or keep it (K)")
    answers = {"b": Decision.BLANK, "k": Decision.KEEP}
    while (answer := fold(ask(question))[:1]) not in answers:
        continue
    return answers[answer]
