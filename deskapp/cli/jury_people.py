"""``deskapp jury pool|juror|find`` and what is done with a juror: one command for each act."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import Command
from deskapp.cli.jury_acting import On, jury_desk
from deskapp.cli.options import AsJson, Limit
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _
from deskapp.services.jury.asks import ASKS, NOTE, Do

if TYPE_CHECKING:
    from deskapp.services.jury.juror_record import JurorRecord
    from deskapp.services.jury.pools import PoolLine

POOL = N_(
    "List the pools of this court, or with a number the jurors of one.\n\n"
    "With --take-over the pool is taken over from the Bureau."
)
JUROR = N_("Show one juror: pools, days, what may be done now and why not, history.")
FIND = N_("Find jurors by number, name, OPTIC reference, postcode, phone, pool or trial.")
Number = Annotated[str, typer.Argument(metavar="JUROR", help=N_("Nine digits."))]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help=N_("What to fill in; repeatable.")),
]


def pool(
    number: Annotated[
        str, typer.Argument(metavar="[NUMBER]", help=N_("Number of a pool, nine digits."))
    ] = "",
    take_over: Annotated[
        bool, typer.Option("--take-over", help=N_("Take it over from the Bureau."))
    ] = False,
    limit: Limit = 200,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """List pools, or the jurors of one."""
    from deskapp.cli.jury_lines import show_juror
    from deskapp.cli.listing import show_page
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.jury import pools
    from deskapp.services.paging import Want

    act = Act.IMPORT_JURY if take_over else Act.READ_JURY
    with jury_desk(act, passphrase_stdin=passphrase_stdin) as (desk, acting):
        read, want = desk.store.call_read, Want(limit_rows=limit)
        if not number:
            listed = read(pools.page, want, acting)
            show_page(listed, lambda line: _show_pool(line, as_json=as_json),
                      empty=_("There are no pools here."))  # fmt: skip
            return
        if take_over:
            taken = desk.store.call_write(pools.hand_over, acting, number, step_id=new_id())
            _show_pool(taken, as_json=as_json)
            return
        read(pools.line, acting, number)
        members = read(pools.members, want, acting, number)
    show_page(members, lambda line: show_juror(line, as_json=as_json),
              empty=_("There are no such jurors."))  # fmt: skip


def juror(
    number: Number, on: On = "", as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False
) -> None:
    """Show one juror."""
    from deskapp.cli.jury_lines import juror_json, show_juror
    from deskapp.cli.out import show_json
    from deskapp.roles import Act
    from deskapp.services.jury import juror_record

    with jury_desk(Act.READ_JURY, on=on, passphrase_stdin=passphrase_stdin) as (desk, acting):
        found = desk.store.call_read(juror_record.look, acting, number)
    if as_json:
        show_json({**juror_json(found.line), **_record_json(found)})
        return
    show_juror(found.line, as_json=False)
    _show_record(found)


def find(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help=N_("What to look for."))],
    limit: Limit = 50,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Find jurors."""
    from deskapp.cli.jury_lines import show_juror
    from deskapp.cli.listing import show_page
    from deskapp.roles import Act
    from deskapp.services.jury import searching
    from deskapp.services.paging import Want

    with jury_desk(Act.READ_JURY, passphrase_stdin=passphrase_stdin) as (desk, acting):
        want = Want(limit_rows=limit)
        page = desk.store.call_read(searching.find, want, acting, " ".join(words))
    show_page(page, lambda line: show_juror(line, as_json=as_json),
              empty=_("There are no such jurors."))  # fmt: skip


def doing(what: Do) -> Callable[..., None]:
    """The command that does one thing with a juror."""

    def do(
        number: Number,
        given: Set = None,
        note: Annotated[str, typer.Option(metavar="TEXT", help=N_("The note."))] = "",
        on: On = "",
        as_json: AsJson = False,
        passphrase_stdin: PassphraseStdin = False,
    ) -> None:
        from deskapp.cli.complaint_values import known_only, pairs
        from deskapp.cli.jury_lines import show_juror
        from deskapp.data.ids import new_id
        from deskapp.roles import Act
        from deskapp.services.jury import doing as service

        values = pairs(given or ())
        known_only(values, [ask.name for ask in ASKS[what]])
        values = {NOTE: note, **values} if note else values
        with jury_desk(Act.WORK_JURY, on=on, passphrase_stdin=passphrase_stdin) as (desk, acting):
            line = desk.store.call_write(service.do, acting, number, what, values, step_id=new_id())
        show_juror(line, as_json=as_json)

    return do


def name_of(what: Do) -> str:
    """What the command of an act is called."""
    return what.value.replace("_", "-")


def add_to(app: typer.Typer) -> None:
    """Put the commands among those of the jury desk."""
    app.command("pool", cls=Command, help=POOL)(pool)
    app.command("juror", cls=Command, help=JUROR)(juror)
    app.command("find", cls=Command, help=FIND)(find)
    for what in Do:
        app.command(name_of(what), cls=Command, help=what.english)(doing(what))


def _show_pool(line: PoolLine, *, as_json: bool) -> None:
    from deskapp.cli.out import show, show_json
    from deskapp.i18n import day
    from deskapp.services.jury.stages import STATUS_LABELS

    if as_json:
        counts = {str(int(status)): count for status, count in sorted(line.by_status.items())}
        shown = {"pool_number": line.number, "court": line.court, "owner": line.owner}
        start = line.start_on.isoformat()
        show_json({**shown, "start": start, "asked": line.asked, "by_status": counts})
        return
    stand = (f"{_(STATUS_LABELS[status])} {count}" for status, count in line.by_status.items())
    owner = _("with the Bureau") if line.owner != line.court else ""
    show("  ".join(filter(None, (line.number, day(line.start_on), owner, ", ".join(stand)))))


def _record_json(found: JurorRecord) -> dict[str, object]:
    return {
        "memberships": [
            {
                "pool_number": each.pool,
                "court": each.court,
                "status": int(each.status),
                "active": each.active,
                "service_start": each.service_start.isoformat(),
                "deferrals": each.deferrals,
            }
            for each in found.memberships
        ],
        "days": [
            {
                "date": each.day.isoformat(),
                "court": each.court,
                "kind": each.record.kind,
                "stage": each.record.stage,
                "audit_number": each.record.audit_number or None,
                "by_list": each.by_list,
            }
            for each in found.days
        ],
        "may": [name_of(offer.do) for offer in found.offers if not offer.why_not],
    }


def _show_record(found: JurorRecord) -> None:
    from deskapp.cli.out import show
    from deskapp.clock import local
    from deskapp.i18n import clock_time, day, day_and_time
    from deskapp.services.jury.pay import DAY_KIND_LABELS
    from deskapp.services.jury.stages import STATUS_LABELS
    from deskapp.text import one_line

    for member in found.memberships:
        show(f"  {member.pool}  {_(STATUS_LABELS[member.status])}  {day(member.service_start)}")
    for each in found.days:
        times = [clock_time(time) for time in (each.record.time_in, each.record.time_out) if time]
        kind = _(DAY_KIND_LABELS[each.record.kind])
        show("  ".join(filter(None, ("", day(each.day), each.court, kind, "-".join(times),
                                     each.record.audit_number))))  # fmt: skip
    for event in found.events:
        words = (day_and_time(local(event.at)), event.code.label, event.officer, event.note)
        show("  ".join(filter(None, ("", *map(one_line, words)))))
    for offer in found.offers:
        may = offer.why_not or _("may be done")
        show(f"  {name_of(offer.do)}: {may}")
