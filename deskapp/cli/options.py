"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

import typer

from deskapp.errors import FormProblemsError
from deskapp.i18n import N_

AsJson = Annotated[
    bool, typer.Option("--json", help=N_("For programs: one JSON object a line, in ASCII."))
]
Limit = Annotated[
    int, typer.Option("--limit", min=1, metavar="NUMBER", help=N_("Most lines to show."))
]
Replace = Annotated[bool, typer.Option("--replace", help=N_("Replace the file if it is there."))]


def at_options(error: FormProblemsError, options: Mapping[str, str]) -> FormProblemsError:
    """The problems of a form, each with the option that puts it right in place of its field."""
    return FormProblemsError(
        [each._replace(field=options.get(each.field, each.field)) for each in error.problems]
    )


class Decision(StrEnum):
    """What is to be done with what looks like a payment card number."""

    BLANK = "blank"
    KEEP = "keep"


CardNumber = Annotated[
    Decision | None,
    typer.Option(
        "--card-number",
        metavar="blank|keep",
        help=N_("What to do with what looks like a payment card number."),
    ),
]
