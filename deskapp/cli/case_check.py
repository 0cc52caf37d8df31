"""``deskapp case sample`` and ``extract``: what is done with cases that have ended."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deskapp.cli.acting import acting_desk
from deskapp.cli.options import AsJson, Replace
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

SAMPLE = N_(
    "List the cases of a closed period that are looked at again.\n\n"
    "The same cases on every desk, whatever the order of work was."
)
EXTRACT = N_(
    "Write the extract for evaluation: a line per case of whoever agreed, without names, as CSV."
)
Scheme = Annotated[str, typer.Argument(metavar="SCHEME", help=N_("Id of the scheme."))]


def sample(
    scheme: Scheme,
    period: Annotated[
        str,
        typer.Option(metavar="PERIOD", help=N_("Like 2026-W10 or 2026-03; the last without.")),
    ] = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """List a sample."""
    from deskapp.cli import case_lines
    from deskapp.cli.out import show_json, tell
    from deskapp.roles import Act
    from deskapp.services.casework import samples

    with acting_desk(Act.READ_CASES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        found = desk.store.call_read(samples.picked, acting, scheme, period)
    for each in found:
        if as_json:
            show_json(
                {
                    "period": each.period,
                    "group": each.group,
                    "ended": each.ended,
                    "refs": [line.ref for line in each.lines],
                    "results": [drawn.result for drawn in each.cases],
                }
            )
            continue
        text = _("{period} {group}: {count} of {ended}").format(
            period=each.period, group=each.group, count=len(each.lines), ended=each.ended
        )
        tell(text)
        for drawn in each.cases:
            case_lines.show_case(drawn.line, acting, as_json=False)
            if drawn.result:
                tell("    " + _("found: {result}").format(result=drawn.result))
    if not found:
        tell(_("No case ended in that period."))


def extract(
    scheme: Scheme,
    csv: Annotated[Path, typer.Option(metavar="FILE", help=N_("Write it to this file, 0600."))],
    replace: Replace = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Write the extract for evaluation."""
    from deskapp.cli.out import tell
    from deskapp.i18n import ngettext, number
    from deskapp.roles import Act
    from deskapp.services import exports
    from deskapp.services.casework import extract as extracts

    with acting_desk(Act.MANAGE_CASES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        table = desk.store.call_read(extracts.of, acting, scheme)
    exports.write(csv, exports.as_csv(table.header, table.rows), overwrite=replace)
    count = len(table.rows)
    told = ngettext("{count} case is in {file}.", "{count} cases are in {file}.", count)
    tell(told.format(count=number(count), file=csv))
