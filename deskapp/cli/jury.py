"""``deskapp jury``: the day of jurors without a screen: who is due, in, out, the day confirmed."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.commands import Command, CommandLineError, Group
from deskapp.cli.jury_acting import On, Pool, day_list, jury_desk
from deskapp.cli.options import AsJson, Limit
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

app = typer.Typer(
    cls=Group,
    help=N_("Jurors: check in and out, confirm the day, panels, status, files of the Bureau."),
    no_args_is_help=True,
    rich_markup_mode=None,
)
DUE = N_(
    "List jurors of a day at this court.\n\n"
    "LIST is one of: expected, not_in, in, out, confirmed, absent, on_trial, on_call, next,"
    " no_date, all."
)
CONFIRM = N_(
    "Confirm the day, or with --trial the day of a jury.\n\n"
    "Who attended gets an audit number, who was due and did not come is recorded as absent. With"
    " --dry-run it only says who would be what."
)


@app.command("due", cls=Command, help=DUE)
def due(
    which: Annotated[
        str, typer.Argument(metavar="[LIST]", help=N_("Which list; not_in when left out."))
    ] = "not_in",
    pool: Pool = "",
    on: On = "",
    limit: Limit = 200,
    after: Annotated[
        str, typer.Option("--after", metavar="JUROR", help=N_("Go on behind this juror."))
    ] = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """List jurors."""
    from deskapp.cli.jury_lines import show_juror
    from deskapp.cli.listing import show_page
    from deskapp.roles import Act
    from deskapp.services.jury import reading
    from deskapp.services.paging import Want

    listed = day_list(which)
    with jury_desk(Act.READ_JURY, on=on, passphrase_stdin=passphrase_stdin) as (desk, acting):
        read = desk.store.call_read
        place = read(reading.place_of, acting, listed, after) if after else ()
        want = Want(place, limit_rows=limit)
        page = read(reading.page, want, acting, listed, pool=pool)
    last = page.lines[-1].number if page.lines else ""
    show_page(
        page,
        lambda line: show_juror(line, as_json=as_json),
        empty=_("There are no such jurors."),
        after=last,
    )


@app.command("day", cls=Command, help=N_("Show the figures of a day: everybody expected, once."))
def day(on: On = "", as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """Show the figures of a day."""
    from deskapp import i18n
    from deskapp.cli.out import show, show_json, tell
    from deskapp.roles import Act
    from deskapp.services.jury import reading
    from deskapp.services.jury.counts import PLACE_LABELS

    with jury_desk(Act.READ_JURY, on=on, passphrase_stdin=passphrase_stdin) as (desk, acting):
        shown = desk.store.call_read(reading.day, acting)
    if as_json:
        counts = {place.value: count for place, count in shown.counts.items()}
        of_day = {"date": acting.date.isoformat(), "court": acting.court}
        show_json({**of_day, "expected": shown.expected, **counts, "on_call": shown.on_call})
        return
    show(f"{i18n.whole_day(acting.date)}  {acting.court_name}")
    show(_("Expected: {count}").format(count=i18n.number(shown.expected)))
    for place, count in shown.counts.items():
        show(f"{_(PLACE_LABELS[place])}: {i18n.number(count)}")
    show(_("On call: {count}").format(count=i18n.number(shown.on_call)))
    if shown.previous_unconfirmed:
        message = _("The working day before, {date}, is not confirmed.")
        tell(message.format(date=i18n.day(shown.previous_unconfirmed)))


@app.command("confirm", cls=Command, help=CONFIRM)
def confirm(
    out_at: Annotated[
        str, typer.Option("--out", metavar="TIME", help=N_("Time out of who is still in."))
    ] = "",
    trial: Annotated[
        str, typer.Option("--trial", metavar="NUMBER", help=N_("The jury of this trial."))
    ] = "",
    in_at: Annotated[
        str, typer.Option("--in", metavar="TIME", help=N_("With --trial: in of who has none."))
    ] = "",
    absent: Annotated[
        list[str] | None,
        typer.Option("--absent", metavar="JUROR", help=N_("With --trial: did not come.")),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Change nothing; show what would happen."))
    ] = False,
    on: On = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Confirm a day."""
    from deskapp.cli.out import show, show_json, tell
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services import typed
    from deskapp.services.jury import day_end, noticing, row_ids

    act = Act.READ_JURY if dry_run else Act.WORK_JURY
    with jury_desk(act, on=on, passphrase_stdin=passphrase_stdin) as (desk, acting):
        if dry_run:
            end = desk.store.call_read(day_end.look, acting)
            groups = {name: [line.number for line in getattr(end, name)] for name in _GROUPS}
            if as_json:
                show_json(groups)
                return
            for name, listed in groups.items():
                show(f"{_(_GROUPS[name])}: {' '.join(listed) or '-'}")
            return
        out = typed.clock_time(out_at) if out_at else None
        for words in noticing.of_time(acting, out) if out else ():
            tell(words)
        if trial:
            if not (in_at and out):
                raise CommandLineError(_("Give --in and --out with --trial."))
            trial_id = row_ids.trial(acting.court, trial.upper())
            times = (typed.clock_time(in_at), out)
            done = desk.store.call_write(
                day_end.confirm_trial, acting, trial_id, times, absent=absent or (),
                step_id=new_id(),
            )  # fmt: skip
        else:
            done = desk.store.call_write(day_end.confirm, acting, out, step_id=new_id())
    if as_json:
        show_json(done._asdict())
        return
    show(done.audit_number)
    show(_("Confirmed: {count}").format(count=len(done.confirmed)))
    show(_("Absent: {count}").format(count=len(done.absent)))


_GROUPS = {
    "attended": N_("Will be confirmed"),
    "not_out": N_("Will be confirmed, not checked out"),
    "absent": N_("Will be recorded as absent"),
    "confirmed": N_("Confirmed"),
    "absent_already": N_("Absent"),
    "on_trial": N_("On trial"),
    "untouched": N_("Left as they are"),
    "on_call": N_("On call"),
}
