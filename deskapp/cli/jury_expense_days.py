"""The commands about one day of a claim: enter it, put it onto others, share the card, usual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.jury_acting import jury_desk
from deskapp.cli.jury_expenses import Day, Number, basis_here
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.cli.unlock import Desk
    from deskapp.services.jury.claim_state import Basis, ClaimDay

ENTER = N_(
    "Enter what is claimed for a day; what is not given stays as it is.\n\n"
    "Fields: loss, loss_for (day or full_day), care, other, other_what, travel_time, ways (car"
    " motorcycle bicycle), miles, car_passengers, motorcycle_passengers, public_transport, taxi,"
    " parking, permitted_by, food (NONE, YES, UP_TO_10_HOURS, OVER_10_HOURS), smart_card, pay"
    " (by_length, FULL_DAY, HALF_DAY), in_cash (yes or no). Says what the day comes to."
)
TO_ALL = N_("Put parts of one day onto every other day in draft; says how many were changed.")
CARD = N_("Share what was spent with the smart card over the attended days in draft.")
USUAL = N_("Keep what is claimed for a day as what the juror usually claims.")
PARTS = "earnings|care|other|travel"
Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="FIELD=VALUE", help=N_("A field and its value; may be repeated.")
    ),
]


def enter(
    number: Number, day: Day, given: Sets = None, passphrase_stdin: PassphraseStdin = False
) -> None:
    """Enter a day."""
    from deskapp.cli.complaint_values import pairs
    from deskapp.cli.out import show, tell
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.jury import claim_entry, claiming, explained, money

    typed = pairs(given or ())
    _known_only(typed)
    basis = basis_here()
    with jury_desk(Act.WORK_JURY, passphrase_stdin=passphrase_stdin) as (desk, acting):
        known = _day(desk, basis, number, day)
        entry = claim_entry.read({**claim_entry.values_of(known), **typed}, known)
        kept = desk.store.call_write(
            claiming.enter, acting, basis, known.id, entry, seen=known.seen, step_id=new_id()
        )
    show(money.shown(kept.figures.total))
    if cut := explained.cut_words(kept.figures):
        tell(cut)


def to_all(
    number: Number,
    day: Day,
    parts: Annotated[
        list[str] | None,
        typer.Option("--part", metavar=PARTS, help=N_("What of it; may be repeated.")),
    ] = None,
    cash: Annotated[
        bool, typer.Option("--cash", help=N_("And whether it is paid in cash."))
    ] = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Put a day onto the others."""
    from deskapp.cli.commands import CommandLineError
    from deskapp.cli.out import show
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.jury import claim_alike
    from deskapp.services.jury.applying import Part

    wanted = list(parts or ())
    if not wanted and not cash:
        raise CommandLineError(_("Give {what}.").format(what="--part"))
    for each in wanted:
        if each not in list(Part):
            message = _("{what} is not understood. Use one of: {names}.")
            raise CommandLineError(message.format(what=each, names=", ".join(Part)))
    basis = basis_here()
    with jury_desk(Act.WORK_JURY, passphrase_stdin=passphrase_stdin) as (desk, acting):
        known = _day(desk, basis, number, day)
        count = desk.store.call_write(
            claim_alike.apply_to_all,
            acting,
            basis,
            known.id,
            [Part(each) for each in wanted],
            cash=cash,
            step_id=new_id(),
        )
    show(str(count))


def card(
    number: Number,
    amount: Annotated[str, typer.Argument(metavar="POUNDS", help=N_("What was spent."))],
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Share card spend."""
    from deskapp.cli.out import show
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.jury import claim_alike, money, numbers

    with jury_desk(Act.WORK_JURY, passphrase_stdin=passphrase_stdin) as (desk, acting):
        count = desk.store.call_write(
            claim_alike.share_card,
            acting,
            basis_here(),
            numbers.juror_number(number),
            money.typed(amount),
            step_id=new_id(),
        )
    show(str(count))


def usual(number: Number, day: Day, passphrase_stdin: PassphraseStdin = False) -> None:
    """Keep a day as the usual one."""
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.jury import claim_alike

    basis = basis_here()
    with jury_desk(Act.WORK_JURY, passphrase_stdin=passphrase_stdin) as (desk, acting):
        known = _day(desk, basis, number, day)
        desk.store.call_write(claim_alike.keep_usual, acting, basis, known.id, step_id=new_id())


def _day(desk: Desk, basis: Basis, number: str, text: str) -> ClaimDay:
    """The day of a juror that was named.

    Raises:
        NotFoundError: If nothing can be claimed for it.
    """
    from deskapp.errors import NotFoundError
    from deskapp.services import typed
    from deskapp.services.jury import claim_rows, numbers

    date = typed.day(text, today=desk.clock.today())
    juror = numbers.juror_number(number)
    claim = desk.store.call_read(claim_rows.claim, juror, basis, user=desk.user)
    for day in claim.days:
        if day.date == date:
            return day
    raise NotFoundError(_("Nothing can be claimed for this day. Confirm it first."))


def _known_only(typed: dict[str, str]) -> None:
    from deskapp.cli.commands import CommandLineError
    from deskapp.services.jury.claim_entry import FIELDS
    from deskapp.text import one_line

    for name in typed:
        if name not in FIELDS:
            message = _("There is no field {name} to fill in. Use one of: {names}.")
            raise CommandLineError(message.format(name=one_line(name), names=", ".join(FIELDS)))
