"""``deskapp central``: set up the central database, let desks in, merge, look after it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson
from deskapp.i18n import N_, _, number

if TYPE_CHECKING:
    from deskapp.data.central.connect import Central

app = typer.Typer(
    cls=Group,
    help=N_("The central database: set it up, let desks in, merge what they sent, check it."),
    no_args_is_help=True,
    rich_markup_mode=None,
)
Database = Annotated[
    str,
    typer.Option(
        "--database",
        metavar="STRING",
        help=N_("Connection string without a password; from the settings when left out."),
    ),
]
Result = TypeVar("Result")


def at_central(database: str, work: Callable[[Central], Result], *, role: str = "") -> Result:
    """What ``work`` gives with a connection to the central database.

    Raises:
        CentralError: If central cannot be reached, or refuses.
    """
    from deskapp import settings
    from deskapp.cli import central_login
    from deskapp.data.central.connect import connect

    dsn = database or central_login.desk_dsn(settings.load())

    def connected(password: str | None) -> Result:
        with connect(dsn, role=role, password=password) as central:
            return work(central)

    return central_login.with_password(dsn, connected)


@app.command(cls=Command, help=N_("Make the schema, its roles and tables in an empty database."))
def init(database: Database = "") -> None:
    """Set a database up."""
    from deskapp.cli.out import show
    from deskapp.data.central import setup

    show(at_central(database, setup.init))


@app.command(cls=Command, help=N_("Let central take what this version of deskapp writes."))
def migrate(database: Database = "") -> None:
    """Bring central up to date."""
    from deskapp.cli.out import show
    from deskapp.data import schema
    from deskapp.data.central import setup

    before = at_central(database, setup.migrate)
    show(_("Revision {before} is now {now}.").format(before=before, now=schema.HEAD))


@app.command(
    cls=Command,
    help=N_("Let a desk in: REQUEST is the line that deskapp sync --request printed there."),
)
def enrol(
    request: Annotated[str, typer.Argument(metavar="REQUEST", help=N_("The line of the desk."))],
    login: Annotated[
        str, typer.Option("--login", metavar="NAME", help=N_("Database login of the desk."))
    ],
    applies: Annotated[
        bool, typer.Option("--applies", help=N_("The login may also merge what desks sent."))
    ] = False,
    restricted: Annotated[
        bool,
        typer.Option(
            "--restricted", help=N_("The desk also gets casework, which only few may read.")
        ),
    ] = False,
    database: Database = "",
) -> None:
    """Enrol a desk; the password of a new login is printed once."""
    import secrets

    from deskapp.cli.out import show, tell
    from deskapp.data.central import setup

    read = setup.Request.read(request)
    password = secrets.token_urlsafe(18)

    def let_in(central: Central) -> bool:
        new = setup.enrol(central, read, login=login, password=password, restricted=restricted)
        if applies:
            setup.let_apply(central, login)
        return new

    if at_central(database, let_in):
        tell(_("Password of the login, shown only now:"))
        show(password)
    else:
        tell(_("The login keeps its password."))


_TIDY_SECONDS = 3600


@app.command(cls=Command, help=N_("Merge what desks have sent."))
def apply(
    follow: Annotated[
        bool, typer.Option("--follow", help=N_("Go on until stopped; for a service."))
    ] = False,
    as_json: AsJson = False,
    database: Database = "",
) -> None:
    """Merge once, or for ever."""
    import time

    from deskapp import security_log
    from deskapp.cli.out import show, show_json
    from deskapp.data.central.apply import apply_all
    from deskapp.data.central.connect import APPLIER
    from deskapp.data.central.tidy import forget_marks, forget_merged
    from deskapp.security_log import Event
    from deskapp.services import claim_rules

    rules = claim_rules.in_force()

    def merged(central: Central) -> None:
        tidy_at = time.monotonic()
        while True:
            done = apply_all(central, rules)
            if not done.seen and time.monotonic() >= tidy_at:
                forget_merged(central)
                forget_marks(central)
                tidy_at = time.monotonic() + _TIDY_SECONDS
            if as_json and (done.seen or not follow):
                show_json(
                    {
                        "applied": done.applied,
                        "conflicts": done.conflicts,
                        "quarantined": done.quarantined,
                        "blocked": done.blocked,
                    }
                )
            elif done.seen or not follow:
                text = _("Merged {applied}; written twice {conflicts}; not usable {quarantined}.")
                show(
                    text.format(
                        applied=number(done.applied),
                        conflicts=number(done.conflicts),
                        quarantined=number(done.quarantined),
                    )
                )
            if done.quarantined:
                security_log.note(Event.SET_ASIDE, changes=done.quarantined)
            for desk in done.blocked:
                security_log.note(Event.BLOCKED, desk=desk)
                show(_("Blocked, its changes do not hold together: {desk}").format(desk=desk))
            if not follow:
                return
            time.sleep(1)

    at_central(database, merged, role=APPLIER)


@app.command(
    cls=Command,
    help=N_("Check every chain and number; exit code 1 when something does not hold."),
)
def check(
    heads: Annotated[
        Path | None,
        typer.Option(
            "--heads",
            metavar="FILE",
            help=N_("Lines that deskapp central heads has printed at any time before."),
        ),
    ] = None,
    as_json: AsJson = False,
    database: Database = "",
) -> None:
    """Check what central keeps."""
    from deskapp.cli.out import show, show_json
    from deskapp.data.central import checks
    from deskapp.errors import Exit, NotFoundError

    try:
        kept = heads.read_text("utf-8", "replace").splitlines() if heads else []
    except OSError:
        raise NotFoundError(_("There is no file {file}.").format(file=heads)) from None
    found = at_central(database, lambda central: list(checks.faults(central, kept)))
    for fault in found:
        if as_json:
            show_json({"check": fault.check, "where": fault.where})
        else:
            show(f"{_(fault.text)}: {fault.where}")
    if found:
        raise typer.Exit(Exit.DIFFERENT)
    if not as_json:
        show(_("Every chain and number holds."))


@app.command(
    "heads",
    cls=Command,
    help=N_("Print where the record of what was done ends, to be kept on another system."),
)
def show_heads(database: Database = "") -> None:
    """Print the ends of the chains, a line each."""
    from deskapp.cli.out import show
    from deskapp.data.central import checks

    for line in at_central(database, checks.heads):
        show(line)


@app.command(cls=Command, help=N_("How central stands: desks, what waits, what needs a decision."))
def status(as_json: AsJson = False, database: Database = "") -> None:
    """Show how central stands."""
    from deskapp.cli.out import show, show_json
    from deskapp.data.central import checks, limits

    found, set_to = at_central(
        database, lambda central: (checks.status(central), limits.read(central))
    )
    if as_json:
        show_json(found._asdict() | set_to)
        return
    for label, value in (
        (_("Central database"), found.central_id),
        (_("Revision"), found.schema_ver),
        (_("Desks"), number(found.desks)),
        (_("Blocked desks"), number(found.blocked)),
        (_("Changes waiting"), number(found.waiting)),
        (_("Open conflicts"), number(found.conflicts)),
        (_("Not usable"), number(found.quarantined)),
        *((_(limits.LIMITS[name].label), number(value)) for name, value in set_to.items()),
    ):
        show(f"{label}: {value}")


@app.command(
    "set",
    cls=Command,
    help=N_(
        "Set what every desk is told: offline_limit_days, retry_after_s, paused, max_batch_rows or"
        " max_batch_bytes. deskapp central status shows them."
    ),
)
def set_limit(
    name: Annotated[str, typer.Argument(metavar="NAME", help=N_("Which of them."))],
    value: Annotated[int, typer.Argument(metavar="NUMBER", help=N_("A whole number."))],
    database: Database = "",
) -> None:
    """Set a limit."""
    from deskapp.cli.out import show
    from deskapp.data.central import limits

    at_central(database, lambda central: limits.put(central, name, value))
    show(f"{_(limits.LIMITS[name].label)}: {number(value)}")
