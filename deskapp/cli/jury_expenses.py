"""``deskapp jury expenses``: what jurors claim, submitted by one person, approved by another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.jury_acting import jury_desk
from deskapp.cli.options import AsJson, Limit
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.services.jury.claim_state import Basis

app = typer.Typer(
    cls=Group,
    help=N_("What jurors claim: enter it, submit it, and another person approves it."),
    no_args_is_help=True,
    rich_markup_mode=None,
)
Number = Annotated[str, typer.Argument(metavar="JUROR", help=N_("Nine digits."))]
Day = Annotated[str, typer.Argument(metavar="DAY", help=N_("A confirmed day, like 9 11 2026."))]
LISTS = "draft|submitted|edited|approved"


@app.command("list", cls=Command, help=N_("List the jurors with claims, the oldest day first."))
def show_list(
    which: Annotated[
        str, typer.Option("--list", metavar=LISTS, help=N_("Which list; draft when left out."))
    ] = "draft",
    limit: Limit = 50,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """List claims."""
    from deskapp.cli.complaint_values import choice
    from deskapp.cli.jury_claim_lines import show_line
    from deskapp.cli.listing import show_page
    from deskapp.roles import Act
    from deskapp.services.jury import claim_lists
    from deskapp.services.jury.claim_lists import Which
    from deskapp.services.paging import Want

    asked = Which(choice(Which, which))
    with jury_desk(Act.READ_JURY, passphrase_stdin=passphrase_stdin) as (desk, acting):
        want = Want(limit_rows=limit)
        page = desk.store.call_read(claim_lists.page, want, acting, basis_here(), asked)
    show_page(
        page,
        lambda line: show_line(line, asked, as_json=as_json),
        empty=_("There are no such claims."),
    )


@app.command(
    "show", cls=Command, help=N_("Show every day that a juror claims for, with what it comes to.")
)
def show_claim(
    number: Number, as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False
) -> None:
    """Show a claim."""
    from deskapp.cli.jury_claim_lines import show_days
    from deskapp.cli.out import tell
    from deskapp.roles import Act
    from deskapp.services.jury import claim_rows, numbers

    with jury_desk(Act.READ_JURY, passphrase_stdin=passphrase_stdin) as (desk, _acting):
        juror = numbers.juror_number(number)
        claim = desk.store.call_read(claim_rows.claim, juror, basis_here(), user=desk.user)
    show_days(claim, as_json=as_json)
    if not claim.days:
        tell(_("Nothing is claimed for this juror yet."))


@app.command(
    "explain", cls=Command, help=N_("Explain each amount: hours, band, rates, limit, what was cut.")
)
def explain(number: Number, passphrase_stdin: PassphraseStdin = False) -> None:
    """Explain a claim."""
    from deskapp.cli.out import show
    from deskapp.roles import Act
    from deskapp.services.jury import claim_rows, claim_text, numbers

    with jury_desk(Act.READ_JURY, passphrase_stdin=passphrase_stdin) as (desk, _acting):
        juror = numbers.juror_number(number)
        claim = desk.store.call_read(claim_rows.claim, juror, basis_here(), user=desk.user)
    for line in claim_text.explained_days(claim, claim.days):
        show(line)


@app.command(
    "submit",
    cls=Command,
    help=N_("Submit every day in draft; says what they come to. Another person approves it."),
)
def submit(number: Number, passphrase_stdin: PassphraseStdin = False) -> None:
    """Submit a claim."""
    from deskapp.cli.out import show
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.jury import claim_rows, claim_state, claiming, money, numbers

    basis = basis_here()
    with jury_desk(Act.WORK_JURY, passphrase_stdin=passphrase_stdin) as (desk, acting):
        juror = numbers.juror_number(number)
        claim = desk.store.call_read(claim_rows.claim, juror, basis, user=desk.user)
        seen = claim_state.seen(claim.to_submit)
        total = desk.store.call_write(claiming.submit, acting, basis, juror, seen, step_id=new_id())
    show(money.shown(total))


@app.command(
    "approve",
    cls=Command,
    help=N_(
        "Approve what waits, for payment by bank and in cash.\n\n"
        "Only a manager who did not put it in, and up to their limit. The amount that was looked at"
        " must be given: when it is another by now, nothing is approved."
    ),
)
def approve(
    number: Number,
    amount: Annotated[
        str, typer.Option("--amount", metavar="POUNDS", help=N_("What is approved, like 72.85."))
    ],
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Approve a claim."""
    from deskapp.cli.out import show
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.jury import claim_rows, claim_state, claiming, money, numbers
    from deskapp.services.jury.refusals import Refusal, RefusedError

    basis = basis_here()
    with jury_desk(Act.READ_JURY, passphrase_stdin=passphrase_stdin) as (desk, acting):
        juror = numbers.juror_number(number)
        claim = desk.store.call_read(claim_rows.claim, juror, basis, user=desk.user)
        if claim.to_approve and claim_state.amount(claim.to_approve) != money.typed(amount):
            raise RefusedError(Refusal.STALE_VERSION)
        seen = claim_state.seen(claim.to_approve)
        paid = desk.store.call_write(claiming.approve, acting, basis, juror, seen, step_id=new_id())
    for each in paid:
        way = _("in cash") if each.in_cash else _("by bank")
        show(f"{way}  {money.shown(each.payment.total)}")


def basis_here() -> Basis:
    """What amounts are counted by on this computer."""
    from deskapp import paths
    from deskapp.services.jury import claim_state

    return claim_state.basis(paths.settings_folder())
