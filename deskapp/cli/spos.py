"""``deskapp spos``: who is senior person on site, without a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson, at_options
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.services.hard.spos import Duty

_TOLD_OPTIONS = {"told_at": "--at", "name": "--name"}

app = typer.Typer(
    cls=Group,
    help=N_("The senior person on site: who it is now, who is booked, book somebody."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    cls=Command,
    help=N_("Show who is senior person on site now; exit code 1 when nobody is booked."),
)
def now(as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """Show who is on duty."""
    from deskapp.cli.out import show, show_json, tell
    from deskapp.cli.unlock import open_desk
    from deskapp.errors import Exit
    from deskapp.roles import Act
    from deskapp.services.hard import spos

    with open_desk(Act.READ_CASES, passphrase_stdin=passphrase_stdin) as desk:
        duty = desk.store.call_read(spos.on_duty, desk.clock.now(), user=desk.user)
    if duty is None:
        tell(spos.now_words(duty))
        raise typer.Exit(Exit.DIFFERENT)
    if as_json:
        show_json(_plain(duty))
    else:
        show(duty.words)


@app.command("list", cls=Command, help=N_("List the half-days ahead and who is booked for them."))
def show_list(as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """List the half-days ahead."""
    from deskapp import paths
    from deskapp.cli.out import show, show_json
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services import bank_holidays
    from deskapp.services import desk as desk_service
    from deskapp.services.hard import spos

    with open_desk(Act.READ_CASES, passphrase_stdin=passphrase_stdin) as desk:
        folder = paths.settings_folder()
        calendar = bank_holidays.in_force(folder)[desk_service.nation(desk.user.site)]
        shifts = desk.store.call_read(
            spos.shifts,
            desk.clock.now(),
            calendar=calendar,
            rules=spos.rules(folder),
            user=desk.user,
        )
    for shift in shifts:
        if as_json:
            booked = _plain(shift.duty) if shift.duty else {"name": None}
            show_json({"day": shift.day.isoformat(), "half": shift.half.value, **booked})
        else:
            show(f"{shift.label}  {shift.who or _('NOBODY IS BOOKED')}")


@app.command(
    cls=Command,
    help=N_("Book somebody as senior person on site. A team leader or manager may."),
)
def book(
    name: Annotated[str, typer.Argument(help=N_("Who it is."))],
    day: Annotated[
        str, typer.Option(metavar="DAY", help=N_("Like today, Tue or 2026-11-30."))
    ] = "today",
    half: Annotated[
        str,
        typer.Option(metavar="HALF", help=N_("morning or afternoon; the whole day when left out.")),
    ] = "",
    phone: Annotated[str, typer.Option(metavar="NUMBER", help=N_("Their phone number."))] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help=N_("Book also where somebody else is booked."))
    ] = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Book somebody."""
    from deskapp import paths
    from deskapp.cli.acting import acting_desk
    from deskapp.cli.out import tell
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.hard import spos, spos_booking
    from deskapp.services.hard.spos_booking import AlreadyBookedError

    with acting_desk(Act.BOOK_DUTY, passphrase_stdin=passphrase_stdin) as (desk, acting):
        given = {"name": name, "day": day, "half": half, "phone": phone}
        booking = spos_booking.read(given, today=desk.clock.today())
        midday = spos.rules(paths.settings_folder()).midday
        others = desk.store.call_read(spos_booking.replaced, booking, midday, user=desk.user)
        if others and not replace:
            message = _("{who} is booked then. Book with --replace to put {name} in their place.")
            raise AlreadyBookedError(message.format(who=", ".join(others), name=booking.name))
        desk.store.call_write(spos_booking.book, acting, new_id(), booking, midday)
    tell(_("Booked: {name}, {when}").format(name=booking.name, when=booking.when))


@app.command(
    cls=Command,
    help=N_(
        "Keep that the senior person on site was told of a case.\n\n"
        "Without REF it lists the cases of which they were not told yet. Without --name it is who"
        " is booked now, without --at it is now."
    ),
)
def told(
    ref: Annotated[str, typer.Argument(metavar="[REF]", help=N_("Reference of the case."))] = "",
    name: Annotated[str, typer.Option(metavar="NAME", help=N_("Whom you told."))] = "",
    at: Annotated[str, typer.Option(metavar="TIME", help=N_("Like 9:05 or 1430."))] = "",
    how: Annotated[
        str, typer.Option(metavar="HOW", help=N_("in_person, phone, radio or message."))
    ] = "phone",
    reply: Annotated[str, typer.Option(metavar="TEXT", help=N_("What they said."))] = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Keep that the senior person was told."""
    from deskapp.cli.acting import acting_desk
    from deskapp.cli.out import show, tell
    from deskapp.clock import local
    from deskapp.data.ids import new_id
    from deskapp.errors import FormProblemsError, NotFoundError
    from deskapp.i18n import when
    from deskapp.roles import Act
    from deskapp.services.casework import stored
    from deskapp.services.hard import hard_records, spos
    from deskapp.text import one_line

    act = Act.WORK_CASES if ref else Act.READ_CASES
    with acting_desk(act, passphrase_stdin=passphrase_stdin) as (desk, acting):
        if not ref:
            for each in desk.store.call_read(spos.untold, user=desk.user):
                show(f"{each.ref}  {when(local(each.opened_at), desk.clock.today())}")
            return
        case_id = desk.store.call_read(stored.id_of_ref, ref)
        if not desk.store.call_read(hard_records.is_untold, case_id):
            message = _("Nobody waits to be told of {ref}: it was done, or need not be.")
            raise NotFoundError(message.format(ref=one_line(ref)))
        duty = desk.store.call_read(spos.on_duty, desk.clock.now(), user=desk.user)
        values = {
            "told_at": at or f"{local(desk.clock.now()):%H:%M}",
            "name": name or spos.told(duty),
            "how": how,
            "reply": reply,
        }
        try:
            desk.store.call_write(hard_records.tell, acting, new_id(), case_id, values)
        except FormProblemsError as error:
            raise at_options(error, _TOLD_OPTIONS) from error
    tell(_("Kept: the senior person on site was told."))


def _plain(duty: Duty) -> dict[str, object]:
    return {
        "name": duty.name,
        "phone": duty.phone,
        "start": duty.start.isoformat(timespec="minutes"),
        "end": duty.end.isoformat(timespec="minutes"),
    }
