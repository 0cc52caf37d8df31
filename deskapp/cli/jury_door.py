"""``deskapp jury check-in|check-out|undo``: jurors at the door, one by one or by list."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import Command, CommandLineError
from deskapp.cli.jury_acting import On, Pool, jury_desk
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from deskapp.data.store import Store
    from deskapp.services.jury.acting import Acting
    from deskapp.services.jury.by_list import ByList
    from deskapp.services.jury.lines import JurorLine

    Verb = Callable[..., JurorLine]

At = Annotated[
    str, typer.Option("--at", metavar="TIME", help=N_("Like 905, 0905 or 9:05; now without."))
]
Numbers = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[JUROR]...", help=N_("Nine digits each; - reads them from stdin, one a line.")
    ),
]
CHECK_IN = N_(
    "Check jurors in.\n\n"
    "One number is a scan; several, or - for numbers from stdin, are scans in their order. With"
    " --all everybody who is due comes in at one time but those named by --absent, and the records"
    " say that it was done by list. Whoever cannot be checked in is named with the reason; exit 2"
    " then."
)
CHECK_OUT = N_(
    "Check jurors out.\n\n"
    "With --all everybody who is in leaves at one time; those on a panel only with --panels. When"
    " somebody came in later than that, nobody is changed and they are named; exit 2."
)
UNDO = N_("Take your last step of a day back: in, out, a next date or on call.")


def check_in(
    numbers: Numbers = None,
    at: At = "",
    everybody: Annotated[
        bool, typer.Option("--all", help=N_("Everybody who is due, by list."))
    ] = False,
    absent: Annotated[
        list[str] | None,
        typer.Option("--absent", metavar="JUROR", help=N_("Did not come; repeatable.")),
    ] = None,
    pool: Pool = "",
    on: On = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> int:
    """Check jurors in."""
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.jury import by_list, scans

    _one_way(numbers, everybody=everybody)
    with jury_desk(Act.WORK_JURY, on=on, passphrase_stdin=passphrase_stdin) as (desk, acting):
        time = _time(acting, at)
        write = desk.store.call_write
        if everybody:
            done = write(by_list.check_in_by_list, acting, time, absent=absent or (), pool=pool,
                         step_id=new_id())  # fmt: skip
            return _told(done)
        return _scan(desk.store, scans.check_in, acting, _given(numbers), time, as_json=as_json)


def check_out(
    numbers: Numbers = None,
    at: At = "",
    everybody: Annotated[
        bool, typer.Option("--all", help=N_("Everybody who is still in."))
    ] = False,
    panels: Annotated[
        bool, typer.Option("--panels", help=N_("With --all: those on a panel too."))
    ] = False,
    on: On = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> int:
    """Check jurors out."""
    from deskapp.cli.out import show, tell
    from deskapp.data.ids import new_id
    from deskapp.errors import Exit
    from deskapp.roles import Act
    from deskapp.services.jury import by_list, scans

    _one_way(numbers, everybody=everybody)
    with jury_desk(Act.WORK_JURY, on=on, passphrase_stdin=passphrase_stdin) as (desk, acting):
        time = _time(acting, at)
        if not everybody:
            listed = _given(numbers)
            return _scan(desk.store, scans.check_out, acting, listed, time, as_json=as_json)
        out = desk.store.call_write(
            by_list.check_out_all, acting, time, with_panels=panels, step_id=new_id()
        )
    for number in out.leaving:
        show(number)
    for number in out.panelled:
        tell(_("{number}: on a panel, still in. Use --panels.").format(number=number))
    for number in out.too_late:
        tell(_("{number}: came in later than that. Nobody was changed.").format(number=number))
    return Exit.PROBLEM if out.panelled or out.too_late else Exit.OK


def undo(on: On = "", as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """Take the last step back."""
    from deskapp.cli.jury_lines import show_juror
    from deskapp.cli.out import tell
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.jury import scans

    with jury_desk(Act.WORK_JURY, on=on, passphrase_stdin=passphrase_stdin) as (desk, acting):
        undone = desk.store.call_write(scans.undo, acting, step_id=new_id())
    for line in undone.jurors:
        show_juror(line, as_json=as_json)
    tell(_("Taken back: {what}").format(what=undone.code.label))


def add_to(app: typer.Typer) -> None:
    """Add the commands of the door to those of the jury desk."""
    app.command("check-in", cls=Command, help=CHECK_IN)(check_in)
    app.command("check-out", cls=Command, help=CHECK_OUT)(check_out)
    app.command("undo", cls=Command, help=UNDO)(undo)


def _one_way(numbers: list[str] | None, *, everybody: bool) -> None:
    if bool(numbers) == everybody:
        raise CommandLineError(_("Give juror numbers, or --all."))


def _given(numbers: list[str] | None) -> list[str]:
    if numbers == ["-"]:
        return [line.strip() for line in sys.stdin if line.strip()]
    return list(numbers or ())


def _time(acting: Acting, typed_time: str) -> dt.time:
    from deskapp.cli.out import tell
    from deskapp.services import typed
    from deskapp.services.jury import noticing

    if typed_time:
        time = typed.clock_time(typed_time)
        for words in noticing.of_time(acting, time):
            tell(words)
        return time
    if acting.date != acting.today:
        raise CommandLineError(_("Give the time with --at on another day than today."))
    return acting.time


def _scan(
    store: Store, verb: Verb, acting: Acting, listed: list[str], time: dt.time, *, as_json: bool
) -> int:
    """Every number in its order, each a step of its own; who is refused is named."""
    from deskapp.cli.jury_lines import show_juror
    from deskapp.cli.out import tell
    from deskapp.data.ids import new_id
    from deskapp.errors import Exit
    from deskapp.services.jury import noticing, scans
    from deskapp.services.jury.refusals import RefusedError
    from deskapp.text import one_line

    refused: list[RefusedError] = []
    for number in listed:
        try:
            line = store.call_write(verb, acting, number, time, step_id=new_id())
        except RefusedError as error:
            refused.append(error)
            tell(f"{one_line(number)}: {error} ({error.code})")
        else:
            show_juror(line, as_json=as_json)
            if verb is scans.check_in:
                for words in noticing.of_start(acting, line):
                    tell(words)
    if refused and len(listed) == 1:
        return refused[0].exit_code
    return Exit.PROBLEM if refused else Exit.OK


def _told(done: ByList) -> int:
    from deskapp.cli.out import show, tell
    from deskapp.errors import Exit
    from deskapp.text import one_line

    for number in done.done:
        show(number)
    for text, error in done.refused:
        tell(f"{one_line(text)}: {error} ({error.code})")
    return Exit.PROBLEM if done.refused else Exit.OK
