"""``deskapp rules``: worked cases through the real rules. Source: design/rules_command.md."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.i18n import N_

Domain = Annotated[str, typer.Argument(help=N_("Whose rules, such as complaints."))]
File = Annotated[Path, typer.Argument(help=N_("A case file, JSON."))]

app = typer.Typer(
    cls=Group,
    help=N_("Try cases with the rules that the screens use. No store is needed."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    cls=Command,
    help=N_(
        "Work out every case of a file: one JSON object a line, with id and output.\n\n"
        "A case that cannot be worked out gives id and problem, and the exit code is 2."
    ),
)
def run(domain: Domain, file: File) -> int:
    """Work out the cases of a file."""
    from deskapp.cli.out import show
    from deskapp.errors import Exit
    from deskapp.services import rules

    code = Exit.OK
    for outcome in rules.run(domain, file):
        show(outcome.line())
        if isinstance(outcome, rules.Malformed):
            code = Exit.PROBLEM
    return code


@app.command(
    cls=Command,
    help=N_(
        "Compare what the rules give with the expected values of a file.\n\n"
        "Each difference is shown. Exit 1 when there is one, 2 when a case cannot be worked out."
    ),
)
def check(domain: Domain, file: File) -> int:
    """Compare the cases of a file with its expected values."""
    from deskapp.cli.out import show
    from deskapp.errors import Exit
    from deskapp.services import rules

    code = Exit.OK
    for finding in rules.check(domain, file):
        show(finding.line())
        found = Exit.PROBLEM if isinstance(finding, rules.Malformed) else Exit.DIFFERENT
        code = max(code, found)
    return code
