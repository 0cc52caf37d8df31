"""``deskapp sync``: exchange with the central database, once or from time to time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.clock import local
from deskapp.i18n import N_, _, ngettext, number

if TYPE_CHECKING:
    from deskapp.cli.unlock import Desk
    from deskapp.services.desk_key import Request
    from deskapp.services.exchange import Outcome

HELP = N_(
    "Send what was written here to the central database and fetch what others wrote.\n\n"
    "Exit codes: 0 done, 2 done with something to look at, 3 central not reached, 4 another"
    " exchange is running, 5 refused, 6 this store is a copy of another."
)


def sync(
    watch: Annotated[
        bool, typer.Option("--watch", help=N_("Go on, about every quarter of an hour."))
    ] = False,
    request: Annotated[
        bool,
        typer.Option(
            "--request", help=N_("Print what an administrator needs to let this desk in.")
        ),
    ] = False,
    fork: Annotated[
        bool,
        typer.Option(
            "--fork",
            help=N_("Make this store, a copy or an old backup, a desk of its own. Team leaders."),
        ),
    ] = False,
    status: Annotated[
        bool,
        typer.Option(
            "--status", help=N_("Tell how this desk stands with central; nothing is exchanged.")
        ),
    ] = False,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
    key_stdin: Annotated[
        bool,
        typer.Option(
            "--key-stdin",
            hidden=True,
            help=N_("Read the key of the store from standard input; deskapp gives it to itself."),
        ),
    ] = False,
) -> None:
    """Exchange once, or print what is needed to begin."""
    from deskapp.cli.out import show
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services import desk_key

    act = Act.FORK_DESK if fork else Act.EXCHANGE
    with open_desk(act, passphrase_stdin=passphrase_stdin, key_stdin=key_stdin) as desk:
        if status:
            _tell_status(desk, as_json=as_json)
        elif fork:
            show(_words(desk.store.call_jot(desk_key.fork)))
        elif request:
            show(_words(desk.store.call_jot(desk_key.request)))
        elif watch:
            _watch(desk, as_json=as_json)
        else:
            _end(_once(desk, as_json=as_json))


def _words(request: Request) -> str:
    from deskapp.data.central import setup

    return setup.Request(*request).text()


def _once(desk: Desk, *, as_json: bool) -> Outcome:
    from deskapp import settings
    from deskapp.cli import central_login
    from deskapp.cli.out import show, show_json
    from deskapp.services import exchange

    dsn = central_login.desk_dsn(settings.load())
    outcome = central_login.with_password(
        dsn,
        lambda password: exchange.run(
            desk.store, dsn, clock=desk.clock, password=password, told=_tell_progress
        ),
    )
    if as_json:
        show_json(
            {
                "sent": outcome.sent,
                "applied": outcome.applied,
                "received": outcome.received,
                "conflicts": outcome.conflicts,
                "quarantined": outcome.quarantined,
                "clock_seconds": round(outcome.skew.total_seconds()),
            }
        )
    else:
        for line in words(outcome):
            show(line)
    return outcome


def words(outcome: Outcome) -> list[str]:
    """What an exchange did, in sentences."""
    told = [
        _("Sent {sent}, received {received}.").format(
            sent=number(outcome.sent), received=number(outcome.received)
        )
    ]
    if outcome.conflicts:
        text = ngettext(
            "{count} value was written twice: a team leader decides which stands.",
            "{count} values were written twice: a team leader decides which stand.",
            outcome.conflicts,
        )
        told.append(text.format(count=number(outcome.conflicts)))
    if outcome.quarantined:
        text = ngettext(
            "{count} change could not be used by central and is kept here. Tell an administrator.",
            "{count} changes could not be used by central and are kept here."
            " Tell an administrator.",
            outcome.quarantined,
        )
        told.append(text.format(count=number(outcome.quarantined)))
    if outcome.skew:
        minutes = round(abs(outcome.skew.total_seconds()) / 60)
        text = ngettext(
            "The clock of this computer is {count} minute wrong. Put it right.",
            "The clock of this computer is {count} minutes wrong. Put it right.",
            minutes,
        )
        told.append(text.format(count=number(minutes)))
    return told


def _tell_status(desk: Desk, *, as_json: bool) -> None:
    """Tell of the last exchange and of the limit; exit code 2 when something must be done."""
    from deskapp.cli.out import show, show_json
    from deskapp.errors import SyncExit
    from deskapp.services import desk as desk_service
    from deskapp.services import offline

    now = desk.clock.now()
    exchange = desk.store.call_read(desk_service.exchange)
    found = desk.store.call_read(offline.standing, now)
    if as_json:
        show_json(
            {
                "joined": exchange.joined,
                "waiting": exchange.pending,
                "last_exchange_on": f"{exchange.last_ok_on or ''}",
                "limit_days": found.limit_days,
                "days_alone": found.alone.days,
                "works_until": f"{local(found.ends_at).date()}" if found.limit_days else "",
            }
        )
    else:
        for line in offline.words(exchange, found, now):
            show(line)
        if found.limit_days:
            text = ngettext(
                "Central lets a desk work alone for {count} day.",
                "Central lets a desk work alone for {count} days.",
                found.limit_days,
            )
            show(text.format(count=number(found.limit_days)))
    if found.near:
        raise typer.Exit(SyncExit.LOOK)


def _tell_progress(what: str, count: int) -> None:
    from deskapp.cli.out import tell

    texts = {
        "sent": _("sent {count}"),
        "received": _("received {count}"),
        "waiting": ngettext(
            "trying again in {count} second", "trying again in {count} seconds", count
        ),
    }
    tell(texts[what].format(count=number(count)))


def _end(outcome: Outcome) -> None:
    from deskapp.errors import SyncExit

    if outcome.conflicts or outcome.quarantined:
        raise typer.Exit(SyncExit.LOOK)


def _watch(desk: Desk, *, as_json: bool) -> None:
    """Exchange for ever; a central that cannot be reached is tried again later."""
    import random
    import time

    from deskapp.cli.out import tell
    from deskapp.errors import CentralUnreachableError, SyncRunningError
    from deskapp.services.background import EVERY

    while True:
        try:
            _once(desk, as_json=as_json)
        except (CentralUnreachableError, SyncRunningError) as error:
            tell(str(error))
        # Full jitter, or every desk of a site that lost its line would come back at once.
        time.sleep(random.uniform(0, 2) * EVERY.total_seconds())
