"""``deskapp jury trial`` and ``panel``: trials opened and ended, panels drawn, jurors moved on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.jury_acting import On, jury_desk
from deskapp.cli.options import AsJson, Limit
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable

    from deskapp.services.jury.trial_lines import DrawLine, Outcome, TrialRecord

trial_app = typer.Typer(
    cls=Group,
    help=N_("Trials with juries: open one, list them, show one, end one."),
    no_args_is_help=True,
    rich_markup_mode=None,
)
panel_app = typer.Typer(
    cls=Group,
    help=N_("Panels: drawn by lot, sworn, sent back, returned."),
    no_args_is_help=True,
    rich_markup_mode=None,
)
Number = Annotated[str, typer.Argument(metavar="TRIAL", help=N_("Number of the trial."))]
Jurors = Annotated[list[str], typer.Argument(metavar="JUROR...", help=N_("Nine digits each."))]
DRAW = N_(
    "Draw a panel by lot from the jurors in waiting who are checked in.\n\n"
    "Seed and candidates are kept: the same two give the same jurors, which --json shows."
)


@trial_app.command("open", cls=Command, help=N_("Open a trial."))
def open_trial(
    number: Number,
    name: Annotated[str, typer.Option(metavar="NAMES", help=N_("Names of the parties."))] = "",
    judge: Annotated[str, typer.Option(metavar="NAME", help=N_("The judge."))] = "",
    room: Annotated[str, typer.Option(metavar="ROOM", help=N_("The courtroom."))] = "",
    on: On = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Open a trial."""
    from deskapp.cli.jury_lines import show_trial
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.jury import trials
    from deskapp.services.jury.trials import TrialDraft

    with jury_desk(Act.WORK_JURY, on=on, passphrase_stdin=passphrase_stdin) as (desk, acting):
        draft = TrialDraft(number, name, judge, room)
        line = desk.store.call_write(trials.open_trial, acting, draft, step_id=new_id())
    show_trial(line, as_json=as_json)


@trial_app.command("list", cls=Command, help=N_("List the trials that run, or that have ended."))
def show_list(
    ended: Annotated[bool, typer.Option("--ended", help=N_("Those that have ended."))] = False,
    limit: Limit = 50,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """List trials."""
    from deskapp.cli.jury_lines import show_trial
    from deskapp.cli.listing import show_page
    from deskapp.roles import Act
    from deskapp.services.jury import trial_lines
    from deskapp.services.paging import Want

    with jury_desk(Act.READ_JURY, passphrase_stdin=passphrase_stdin) as (desk, acting):
        want = Want(limit_rows=limit)
        page = desk.store.call_read(trial_lines.page, want, acting, ended=ended)
    show_page(page, lambda line: show_trial(line, as_json=as_json),
              empty=_("There are no such trials."))  # fmt: skip


@trial_app.command("show", cls=Command, help=N_("Show a trial: its jurors and its draws."))
def show_trial_record(
    number: Number, on: On = "", as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False
) -> None:
    """Show a trial."""
    from deskapp.cli.jury_lines import show_trial
    from deskapp.cli.out import show, show_json
    from deskapp.roles import Act
    from deskapp.services.jury import row_ids, trial_lines
    from deskapp.text import one_line

    with jury_desk(Act.READ_JURY, on=on, passphrase_stdin=passphrase_stdin) as (desk, acting):
        trial_id = row_ids.trial(acting.court, number.upper())
        found = desk.store.call_read(trial_lines.record, acting, trial_id)
    show_trial(found.line, as_json=as_json)
    for each in found.members:
        if as_json:
            order = {"order": each.order, "juror_number": each.juror.number}
            show_json({**order, "outcome": each.outcome.value})
        else:
            name = one_line(each.juror.name)
            show(f"  {each.order:3}  {each.juror.number}  {name}  {each.outcome.label}")
    for drawn in found.draws:
        if as_json:
            show_json(_draw_json(drawn))
        else:
            fair = _("comes out again") if drawn.fair else _("DOES NOT COME OUT AGAIN")
            text = _("Drawn {count} of {there}, seed {seed}: {fair}")
            kept = drawn.draw
            counts = {"count": len(kept.drawn), "there": len(kept.candidates)}
            show(f"  {text.format(**counts, seed=kept.seed, fair=fair)}")


@trial_app.command("end", cls=Command, help=N_("End a trial that nobody is on."))
def end(
    number: Number, on: On = "", as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False
) -> None:
    """End a trial."""
    from deskapp.cli.jury_lines import show_trial
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.jury import row_ids, trials

    with jury_desk(Act.WORK_JURY, on=on, passphrase_stdin=passphrase_stdin) as (desk, acting):
        trial_id = row_ids.trial(acting.court, number.upper())
        line = desk.store.call_write(trials.end, acting, trial_id, step_id=new_id())
    show_trial(line, as_json=as_json)


@panel_app.command("draw", cls=Command, help=DRAW)
def draw(
    number: Number,
    count: Annotated[int, typer.Argument(metavar="COUNT", help=N_("How many."))],
    pools: Annotated[
        list[str] | None,
        typer.Option("--pool", metavar="NUMBER", help=N_("Only from this pool; repeatable.")),
    ] = None,
    on: On = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Draw a panel."""
    from deskapp.cli.out import show, show_json
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.jury import row_ids, trials

    with jury_desk(Act.WORK_JURY, on=on, passphrase_stdin=passphrase_stdin) as (desk, acting):
        trial_id = row_ids.trial(acting.court, number.upper())
        drawn = desk.store.call_write(
            trials.draw_panel, acting, trial_id, count, pools=pools or (), step_id=new_id()
        )
    if as_json:
        show_json(_draw_json(drawn))
        return
    for each in drawn.draw.drawn:
        show(each)


@panel_app.command("swear", cls=Command, help=N_("Swear jurors of the panel in."))
def swear(
    number: Number, jurors: Jurors, on: On = "", passphrase_stdin: PassphraseStdin = False
) -> None:
    """Swear jurors in."""
    from deskapp.services.jury import panels

    _move(panels.empanel, number, jurors, on, passphrase_stdin=passphrase_stdin)


@panel_app.command(
    "send-back", cls=Command, help=N_("Send jurors of the panel back: not used, or challenged.")
)
def send_back(
    number: Number,
    jurors: Jurors,
    challenged: Annotated[
        bool, typer.Option("--challenged", help=N_("They were challenged."))
    ] = False,
    on: On = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Send jurors back."""
    from deskapp.services.jury import panels
    from deskapp.services.jury.trial_lines import Outcome

    outcome = Outcome.CHALLENGED if challenged else Outcome.NOT_USED
    _move(panels.send_back, number, jurors, on, outcome, passphrase_stdin=passphrase_stdin)


@panel_app.command(
    "return", cls=Command, help=N_("Return jurors to the waiting room from a panel or a jury.")
)
def give_back(
    number: Number,
    jurors: Jurors,
    sworn: Annotated[bool, typer.Option("--jury", help=N_("They were sworn."))] = False,
    complete: Annotated[
        bool, typer.Option("--complete", help=N_("With --jury: their service ends."))
    ] = False,
    on: On = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Return jurors."""
    from functools import partial

    from deskapp.services.jury import panels

    verb = partial(panels.return_jury, complete=complete) if sworn else panels.return_panel
    _move(verb, number, jurors, on, passphrase_stdin=passphrase_stdin)


def _move(
    verb: Callable[..., TrialRecord],
    number: str,
    jurors: list[str],
    on: str,
    *more: Outcome,
    passphrase_stdin: bool,
) -> None:
    """Move jurors of a trial on, and show how it stands."""
    from deskapp.cli.jury_lines import show_trial
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.jury import row_ids

    with jury_desk(Act.WORK_JURY, on=on, passphrase_stdin=passphrase_stdin) as (desk, acting):
        trial_id = row_ids.trial(acting.court, number.upper())
        found = desk.store.call_write(verb, acting, trial_id, jurors, *more, step_id=new_id())
    show_trial(found.line, as_json=False)


def _draw_json(drawn: DrawLine) -> dict[str, object]:
    kept = drawn.draw
    return {
        "seed": kept.seed,
        "asked": drawn.asked,
        "pools": list(drawn.pools),
        "candidates": list(kept.candidates),
        "drawn": list(kept.drawn),
        "fair": drawn.fair,
    }
