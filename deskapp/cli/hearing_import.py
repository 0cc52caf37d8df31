"""``deskapp hearings import`` and ``undo``: a list goes in, and can be taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.hearing_lines import Site, site_key
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    import datetime as dt

    from deskapp.cli.unlock import Desk
    from deskapp.services.hearings.items import ReadList
    from deskapp.services.hearings.planning import Plan
    from deskapp.services.hearings.reading import File

IMPORT = N_(
    "Import a list of hearings: nested, flat or Crown JSON, CSV, or an xlsx workbook.\n\n"
    "The list goes in whole or not at all; with --keep-good what can be used goes in, and the rest"
    " is shown with its place and reason. --dry-run changes nothing and shows what would happen;"
    " with --json it only checks the file and needs no record store. Exit 65 when the list is"
    " refused, 2 when some of it was. Times of import and version stand beside the hearings; an"
    " import can be taken back with hearings undo."
)
UNDO = N_(
    "Take an import of a list back; the last one without an ID.\n\n"
    "Hearings are as they were before it; those it made are no longer listed. Nothing is deleted."
)


def take(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The list."))],
    site: Site = "",
    date: Annotated[
        str,
        typer.Option("--date", metavar="DAY", help=N_("For a list that does not say its date.")),
    ] = "",
    keep_good: Annotated[
        bool, typer.Option("--keep-good", help=N_("Import what can be used."))
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Change nothing; show what would happen."))
    ] = False,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> int:
    """Import a list."""
    from deskapp.cli.out import show_json
    from deskapp.cli.unlock import open_desk
    from deskapp.errors import Exit
    from deskapp.roles import Act
    from deskapp.services.hearings import planning, reading

    found = reading.read_file(file)
    if dry_run and as_json:
        show_json(_checked(found.listed))
        return Exit.DATA if found.listed.findings else Exit.OK
    _tell_findings(found.listed)
    if found.listed.findings and not (keep_good and found.listed.items):
        return Exit.DATA
    with open_desk(Act.IMPORT_LISTS, passphrase_stdin=passphrase_stdin) as desk:
        where = site_key(desk, site)
        if dry_run:
            day = _day(desk, date)
            plan = desk.store.call_read(
                planning.plan, found.listed, found.digest, site=where, day=day, user=desk.user
            )
            _preview(plan)
        else:
            _import(desk, found, where, date, as_json=as_json)
    return Exit.PROBLEM if found.listed.findings else Exit.OK


def _checked(listed: ReadList) -> dict[str, object]:
    """What a check of the file alone says."""
    if not listed.findings:
        return {"accept": True, "expected": dict(listed.expected)}
    return {"accept": False, "findings": [finding._asdict() for finding in listed.findings]}


def _tell_findings(listed: ReadList) -> None:
    from deskapp.cli.out import tell

    for finding in listed.findings:
        where = f"{finding.where}: " if finding.where else ""
        tell(f"{where}{finding.reason} ({finding.code})")


def _import(desk: Desk, found: File, site: str, date: str, *, as_json: bool) -> None:
    from deskapp.cli.out import show, show_json, tell
    from deskapp.services.hearings import imports

    def progress(done: int, total: int) -> None:
        tell(_("{done} of {total} hearings").format(done=done, total=total))

    plan, list_id = desk.store.call_write(
        imports.take,
        found,
        site=site,
        day=_day(desk, date),
        now=desk.clock.now(),
        user=desk.user,
        progress=progress,
        undo_days=_undo_days(),
    )
    if as_json:
        show_json({"id": list_id or None, **imports.report(plan)})
        return
    _preview(plan)
    if list_id:
        show(_("Imported: {id}").format(id=list_id))
    else:
        tell(_("This list is in already. Nothing was changed."))


def _undo_days() -> int:
    """How long an import can be taken back on this computer."""
    from deskapp import paths
    from deskapp.services.hearings import settings

    return settings.settings(paths.settings_folder()).undo_days


def _preview(plan: Plan) -> None:
    """What happens to the hearings: those that moved or are gone one by one, the rest as counts."""
    from deskapp.cli.out import show, tell
    from deskapp.services.hearings.planning import EFFECT_LABELS, Effect
    from deskapp.text import one_line

    for step in plan.steps:
        if step.effect in (Effect.MOVED, Effect.REMOVED):
            now = {**step.before, **step.after}
            show(
                "  ".join(
                    (
                        _(EFFECT_LABELS[step.effect]),
                        one_line(now["case_ref"]),
                        f"{step.before['start'] or '--:--'} {one_line(step.before['room'])}",
                        *([f"> {now['start'] or '--:--'} {one_line(now['room'])}"]
                          if step.effect is Effect.MOVED else []),
                    )
                )
            )  # fmt: skip
    show(_("Read: {count}").format(count=plan.counts["read"]))
    for effect in Effect:
        show(f"{_(EFFECT_LABELS[effect])}: {plan.count(effect)}")
    show(_("Refused: {count}").format(count=plan.listed.refused))
    if plan.listed.refused:
        tell(_("While something is refused, no hearing is taken off the list."))


def undo(
    list_id: Annotated[
        str, typer.Argument(metavar="[ID]", help=N_("Id of the import, as it was shown."))
    ] = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Take an import back."""
    from deskapp.cli.out import tell
    from deskapp.cli.unlock import open_desk
    from deskapp.i18n import ngettext
    from deskapp.roles import Act
    from deskapp.services.hearings import imports

    with open_desk(Act.IMPORT_LISTS, passphrase_stdin=passphrase_stdin) as desk:
        chosen = list_id or desk.store.call_read(imports.last_standing, user=desk.user)
        now = desk.clock.now()
        count = desk.store.call_write(imports.undo, chosen, now=now, user=desk.user)
    told = ngettext(
        "Taken back: {count} hearing is as it was", "Taken back: {count} hearings are as they were",
        count,
    )  # fmt: skip
    tell(told.format(count=count))


def _day(desk: Desk, text: str) -> dt.date | None:
    from deskapp.services import typed

    return typed.day(text, today=desk.clock.today()) if text else None
