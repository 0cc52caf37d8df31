"""``deskapp jury import`` and ``export``: files of the Bureau in, what was recorded out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.jury_acting import jury_desk
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.services.jury.importing import Plan

IMPORT = N_(
    "Import pools and jurors from a CSV file of the Bureau.\n\n"
    "The same file again does nothing; older rows change nothing. The file goes in whole or not at"
    " all; with --keep-good what can be used goes in. What is refused is told by row and column."
    " --dry-run changes nothing. Exit 65 when the file is refused, 2 when some of it was."
)
EXPORT = N_(
    "Write what was recorded to a new CSV file for the Bureau, by juror number, without names.\n\n"
    "WHAT is attendance or changes (of status, decisions, contacts)."
)


def take(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The file."))],
    keep_good: Annotated[
        bool, typer.Option("--keep-good", help=N_("Import what can be used."))
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Change nothing; show what would happen."))
    ] = False,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> int:
    """Import a file."""
    from deskapp.cli.out import show_json, tell
    from deskapp.data.ids import new_id
    from deskapp.errors import Exit
    from deskapp.roles import Act
    from deskapp.services.jury import import_rows, importing

    def progress(done: int, total: int) -> None:
        tell(_("{done} of {total} rows").format(done=done, total=total))

    found = import_rows.read_file(file)
    with jury_desk(Act.IMPORT_JURY, passphrase_stdin=passphrase_stdin, any_court=True) as (
        desk,
        acting,
    ):
        made = desk.store.call_read(importing.plan, acting, found)
        refused = bool(made.findings) and not (keep_good and made.steps)
        if not (dry_run or refused):
            made = desk.store.call_write(importing.take, acting, found, progress, step_id=new_id())
    if as_json:
        show_json(importing.report(made))
    else:
        _show(made)
    if refused and not dry_run:
        tell(_("Nothing was imported. Use --keep-good to import the rest."))
    if not made.findings:
        return Exit.OK
    return Exit.DATA if refused else Exit.PROBLEM


def export(
    what: Annotated[str, typer.Argument(metavar="WHAT", help=N_("attendance or changes."))],
    file: Annotated[str, typer.Option("--csv", metavar="FILE", help=N_("The file to write."))],
    first: Annotated[
        str, typer.Option("--from", metavar="DAY", help=N_("First day; today without."))
    ] = "today",
    last: Annotated[
        str, typer.Option("--to", metavar="DAY", help=N_("Last day; today without."))
    ] = "today",
    passphrase_stdin: PassphraseStdin = False,
) -> int:
    """Export what was recorded."""
    from deskapp.cli.commands import CommandLineError
    from deskapp.cli.out import show, tell
    from deskapp.data.ids import new_id
    from deskapp.errors import Exit
    from deskapp.roles import Act
    from deskapp.services import exports, typed
    from deskapp.services.jury import exporting
    from deskapp.services.jury.exporting import What

    if what not in list(What):
        message = _("{what} is not understood. Use one of: {names}.")
        raise CommandLineError(message.format(what=what, names=", ".join(What)))
    path = exports.path_of(file)
    with jury_desk(Act.IMPORT_JURY, passphrase_stdin=passphrase_stdin) as (desk, acting):
        days = (typed.day(text, today=acting.today) for text in (first, last))
        made = desk.store.call_write(exporting.export, acting, What(what), *days, step_id=new_id())
    if not made.rows:
        tell(_("Nothing was recorded on these days."))
        return Exit.DIFFERENT
    exports.write(path, made.text)
    show(str(path))
    return Exit.OK


def _show(made: Plan) -> None:
    from deskapp.cli.out import show, tell
    from deskapp.services.jury.import_steps import EFFECT_LABELS

    for effect, label in EFFECT_LABELS.items():
        show(f"{_(label)}: {made.counts[effect.value]}")
    show(_("Refused: {count}").format(count=made.counts["refused"]))
    show(_("Stood there before: {count}").format(count=made.counts["doubles"]))
    if made.unused:
        tell(_("Nothing was taken from: {names}").format(names=", ".join(made.unused)))
    for finding in made.findings:
        message = _("Row {row}, {column}: {reason}")
        words = {"row": finding.row, "column": finding.column, "reason": finding.words}
        tell(message.format(**words))
