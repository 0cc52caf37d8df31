"""The command line: language and streams first, one command, one exit code.

Nothing here imports the store, the models or the screens; each command imports what it needs.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from copy import copy
from functools import cache
from typing import Annotated, Any

import typer

from deskapp import __version__, i18n, settings
from deskapp.cli import (
    calendar,
    callback,
    callback_ring,
    case,
    case_check,
    case_disposal,
    case_letter,
    case_manage,
    case_report,
    central,
    complaint,
    complaint_add,
    complaint_disposal,
    complaint_letter,
    complaint_optic,
    complaint_report,
    conflict,
    court,
    demo,
    desk,
    doctor,
    enquiry,
    enquiry_add,
    enquiry_disposal,
    enquiry_parked,
    enquiry_texts,
    find,
    followup,
    hearing_day,
    hearing_import,
    hearing_links,
    hearing_needs,
    hearing_papers,
    hearing_result,
    hearing_rooms,
    hearings,
    interpreter,
    interpreter_changes,
    interpreter_day,
    interpreter_disposal,
    interpreter_figures,
    interpreter_moves,
    interpreter_register,
    jury,
    jury_disposal,
    jury_door,
    jury_estimate,
    jury_expense_days,
    jury_expenses,
    jury_files,
    jury_next,
    jury_people,
    jury_reports,
    jury_trials,
    kb,
    kb_edit,
    kb_flag,
    kb_local,
    kb_read,
    kb_search,
    link,
    lost_device,
    marker,
    out,
    person,
    person_correct,
    person_list,
    records,
    report,
    role,
    rules,
    scheme,
    scheme_install,
    script_run,
    set_aside,
    spos,
    sync,
    turnaround,
    urgent,
    waiting,
)
from deskapp.cli.commands import Command, CommandLineError, Group, usage_sentences
from deskapp.errors import DeskError, Exit, FormProblemsError, SettingsError
from deskapp.i18n import LANGUAGES, N_

ANYWHERE = ("--lang", "--home")
"""Options of deskapp itself that may stand behind the command too."""
PASSPHRASE_STDIN = "--passphrase-stdin"
"""The flag of every command that opens the store; it may stand before the command too."""
INTERRUPTED, NOBODY_READS = 128 + 2, 128 + 13

app = typer.Typer(
    cls=Group,
    name="deskapp",
    help=N_(
        "The desk of court and tribunal staff. Without a command the screens start.\n\n"
        "Data goes to stdout, words go to stderr. Exit codes: 0 done, 1 nothing found or something"
        " differs, 2 some input could not be used, 64 wrong command line, 65 what was given cannot"
        " be accepted, 66 not there, 69 the store is busy, 70 a fault of deskapp, 73 cannot write,"
        " 74 the store is damaged, 77 not allowed or not unlocked, 78 wrong settings,"
        " 130 stopped with Ctrl+C."
    ),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
)
app.add_typer(enquiry.app, name="enquiry")
app.add_typer(followup.app, name="followup")
app.add_typer(callback.app, name="callback")
app.add_typer(person.app, name="person")
app.add_typer(marker.app, name="marker")
app.add_typer(case.app, name="case")
app.add_typer(complaint.app, name="complaint")
app.add_typer(scheme.app, name="scheme")
app.add_typer(spos.app, name="spos")
app.add_typer(link.app, name="link")
app.add_typer(role.app, name="role")
app.add_typer(court.app, name="court")
app.add_typer(records.app, name="records")
app.add_typer(rules.app, name="rules")
app.add_typer(report.app, name="report")
app.add_typer(turnaround.app, name="turnaround")
app.add_typer(calendar.app, name="calendar")
app.add_typer(kb.app, name="kb")
app.add_typer(script_run.app, name="script")
app.add_typer(central.app, name="central")
app.add_typer(conflict.app, name="conflict")
app.add_typer(set_aside.app, name="set-aside")
app.add_typer(hearings.app, name="hearings")
app.add_typer(hearings.app, name="hearing")
app.add_typer(jury.app, name="jury")
app.add_typer(interpreter.app, name="interpreter")
for part in (
    interpreter_moves,
    interpreter_changes,
    interpreter_day,
    interpreter_figures,
    interpreter_register,
):
    interpreter.app.add_typer(part.app)
enquiry.app.command("add", cls=Command, help=enquiry_add.HELP)(enquiry_add.add)
enquiry.app.command("parked", cls=Command, help=enquiry_parked.PARKED)(enquiry_parked.show_list)
enquiry.app.command("resume", cls=Command, help=enquiry_parked.RESUME)(enquiry_parked.resume)
enquiry.app.command("discard", cls=Command, help=enquiry_parked.DISCARD)(enquiry_parked.discard)
enquiry.app.command("texts", cls=Command, help=enquiry_texts.HELP)(enquiry_texts.texts)
callback.app.command("attempt", cls=Command, help=callback_ring.ATTEMPT)(callback_ring.attempt)
callback.app.command("reached", cls=Command, help=callback_ring.REACHED)(callback_ring.reached)
callback.app.command("missed", cls=Command, help=callback_ring.MISSED)(callback_ring.missed)
callback.app.command("undo", cls=Command, help=callback_ring.UNDO)(callback_ring.undo)
callback.app.command("priority", cls=Command, help=callback_ring.PRIORITY)(callback_ring.priority)
person.app.command("correct", cls=Command, help=person_correct.HELP)(person_correct.correct)
person.app.command("list", cls=Command, help=person_list.HELP)(person_list.list_persons)
scheme.app.command("install", cls=Command, help=scheme_install.HELP)(scheme_install.install)
case.app.command("letter", cls=Command, help=case_letter.HELP)(case_letter.letter)
case.app.command("report", cls=Command, help=case_report.HELP)(case_report.report)
case.app.command("assign", cls=Command, help=case_manage.ASSIGN)(case_manage.assign)
case.app.command("hold", cls=Command, help=case_manage.HOLD)(case_manage.hold)
case.app.command("release", cls=Command, help=case_manage.RELEASE)(case_manage.release)
case.app.command("migrate", cls=Command, help=case_manage.MIGRATE)(case_manage.migrate)
case.app.command("sample", cls=Command, help=case_check.SAMPLE)(case_check.sample)
case.app.command("extract", cls=Command, help=case_check.EXTRACT)(case_check.extract)
complaint.app.command("add", cls=Command, help=complaint_add.HELP)(complaint_add.add)
complaint.app.command("report", cls=Command, help=complaint_report.REPORT)(complaint_report.report)
complaint.app.command("letter", cls=Command, help=complaint_letter.LETTER)(complaint_letter.letter)
complaint.app.command("pack", cls=Command, help=complaint_letter.PACK)(complaint_letter.pack)
complaint.app.command("export", cls=Command, help=complaint_optic.EXPORT)(complaint_optic.export)
complaint.app.add_typer(complaint_optic.app, name="optic")
jury.app.command("import", cls=Command, help=jury_files.IMPORT)(jury_files.take)
jury.app.command("export", cls=Command, help=jury_files.EXPORT)(jury_files.export)
jury.app.add_typer(jury_disposal.app, name="disposal")
jury.app.add_typer(jury_trials.trial_app, name="trial")
jury.app.add_typer(jury_trials.panel_app, name="panel")
jury_door.add_to(jury.app)
jury_people.add_to(jury.app)
jury.app.command("next-dates", cls=Command, help=jury_next.NEXT_DATES)(jury_next.next_dates)
for _name, _help, _command in (
    ("import", hearing_import.IMPORT, hearing_import.take),
    ("undo", hearing_import.UNDO, hearing_import.undo),
    ("board", hearing_day.BOARD, hearing_day.board),
    ("show", hearing_day.SHOW, hearing_day.show_one),
    ("state", hearing_day.STATE, hearing_day.state),
    ("party", hearing_day.PARTY, hearing_day.party),
    ("jurors", hearing_day.JURORS, hearing_day.jurors),
    ("note", hearing_day.NOTE, hearing_day.note),
    ("ground-rules", hearing_links.GROUND_RULES, hearing_links.ground_rules),
    ("link", hearing_links.LINK, hearing_links.link),
    ("link-test", hearing_links.LINK_TEST, hearing_links.link_test),
    ("result", hearing_result.RESULT, hearing_result.result),
    ("adjourn", hearing_result.ADJOURN, hearing_result.adjourn),
    ("reasons", hearing_result.REASONS, hearing_result.reasons),
    ("close", hearing_result.CLOSE, hearing_result.close),
    ("move", hearing_result.MOVE, hearing_result.move),
    ("sheet", hearing_papers.SHEET, hearing_papers.sheet),
    ("figures", hearing_papers.FIGURES, hearing_papers.figures),
):
    hearings.app.command(_name, cls=Command, help=_help)(_command)
hearings.app.add_typer(hearing_needs.app, name="need")
hearings.app.add_typer(hearing_rooms.app, name="room")
kb.app.command("new", cls=Command, help=kb_edit.NEW)(kb_edit.new)
kb.app.command("diff", cls=Command, help=kb_edit.DIFF)(kb_edit.diff)
kb.app.command("due", cls=Command, help=kb_edit.DUE)(kb_edit.due)
kb.app.command("stats", cls=Command, help=kb_edit.STATS)(kb_edit.stats)
kb.app.command("flag", cls=Command, help=kb_flag.HELP)(kb_flag.flag)
kb.app.command("read", cls=Command, help=kb_read.HELP)(kb_read.read)
kb.app.command("search", cls=Command, help=kb_search.SEARCH)(kb_search.search)
kb.app.command("import", cls=Command, help=kb_local.IMPORT)(kb_local.take)
kb.app.command("export", cls=Command, help=kb_local.EXPORT)(kb_local.export)
kb.app.command("report", cls=Command, help=kb_local.REPORT)(kb_local.report)
kb.app.command("eval", cls=Command, help=kb_search.EVAL)(kb_search.evaluate)
jury.app.command("estimate", cls=Command, help=jury_estimate.ESTIMATE)(jury_estimate.estimate)
jury.app.command("report", cls=Command, help=jury_reports.REPORT)(jury_reports.report)
jury.app.add_typer(jury_expenses.app, name="expenses")
jury_expenses.app.command("enter", cls=Command, help=jury_expense_days.ENTER)(
    jury_expense_days.enter
)
jury_expenses.app.command("to-all", cls=Command, help=jury_expense_days.TO_ALL)(
    jury_expense_days.to_all
)
jury_expenses.app.command("card", cls=Command, help=jury_expense_days.CARD)(jury_expense_days.card)
jury_expenses.app.command("usual", cls=Command, help=jury_expense_days.USUAL)(
    jury_expense_days.usual
)
case.app.add_typer(case_disposal.app, name="disposal")
complaint.app.add_typer(complaint_disposal.app, name="disposal")
enquiry.app.add_typer(enquiry_disposal.app, name="disposal")
interpreter.app.add_typer(interpreter_disposal.app, name="disposal")
app.command("setup", cls=Command, help=desk.SETUP)(desk.setup)
app.command("passphrase", cls=Command, help=desk.PASSPHRASE)(desk.passphrase)
app.command("keys", cls=Command, help=desk.KEYS)(desk.show_keys)
app.command("doctor", cls=Command, help=doctor.HELP)(doctor.doctor)
app.command("find", cls=Command, help=find.HELP)(find.find)
app.command("urgent", cls=Command, help=urgent.HELP)(urgent.urgent)
app.command("waiting", cls=Command, help=waiting.HELP)(waiting.waiting)
app.command("sync", cls=Command, help=sync.HELP)(sync.sync)
app.command("lost-device", cls=Command, help=lost_device.HELP)(lost_device.lost_device)
app.command("demo", cls=Command, help=demo.HELP)(demo.demo)


def _show_version(wanted: bool) -> None:
    if wanted:
        out.show(f"deskapp {__version__}")
        raise typer.Exit


@app.callback()
def deskapp(
    ctx: typer.Context,
    lang: Annotated[
        str | None,
        typer.Option(metavar="en|cy", help=N_("Language: en or cy. May stand anywhere.")),
    ] = None,
    home: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER", help=N_("Keep everything in this folder. May stand anywhere.")
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_show_version, help=N_("Show the version.")
        ),
    ] = False,
) -> None:
    """What stands before the command; language and folder are in force already."""
    if ctx.invoked_subcommand != "doctor":  # it says itself what is wrong with the settings
        settings.load()


def run(argv: list[str]) -> int:
    """Run one command and return its exit code; nothing is raised."""
    out.fit_streams()
    try:
        code = _told(argv)
        out.flush(sys.stdout)
    except BrokenPipeError:
        out.drop(sys.stdout)
        return NOBODY_READS
    except KeyboardInterrupt:
        return INTERRUPTED
    except out.OutputError as error:
        out.drop(sys.stdout)
        out.tell(str(error))
        return error.exit_code
    return code


def _told(argv: list[str]) -> int:
    """The exit code of one command; what went wrong is told in a sentence."""
    try:
        return _called(_own_options_first(argv))
    except (KeyboardInterrupt, BrokenPipeError, out.OutputError):
        raise
    except FormProblemsError as error:
        for problem in error.problems:
            out.tell(f"{problem.field}: {problem.message}")
        return error.exit_code
    except DeskError as error:
        out.tell(str(error))
        return error.exit_code
    except typer.Exit as error:
        return error.exit_code
    except typer.TyperException as error:
        out.tell(usage_sentences(error))
        return Exit.USAGE
    except Exception as error:  # noqa: BLE001 - the outermost edge: a report, never a traceback
        from deskapp import crash

        out.tell(crash.report(error))
        return Exit.SOFTWARE


@cache
def every_command() -> Any:
    """Everything that can be called, as one command of commands."""
    return typer.main.get_command(app)


@cache
def _only(name: str) -> Any:
    """Only what ``name`` calls: to build each of hundreds takes longer than most take to run.

    Everything where nothing has that name.
    """
    alone = copy(app)
    alone.registered_groups = [each for each in app.registered_groups if each.name == name]
    alone.registered_commands = [each for each in app.registered_commands if each.name == name]
    is_there = alone.registered_groups or alone.registered_commands
    return typer.main.get_command(alone) if is_there else every_command()


def _named(arguments: list[str]) -> str:
    """The command that is asked for, behind the options of deskapp itself; else nothing."""
    words = iter(arguments)
    for word in words:
        if word not in ANYWHERE:
            return word
        next(words, "")
    return ""


def _called(arguments: list[str]) -> int:
    command = _only(_named(arguments))
    with command.make_context("deskapp", list(arguments)) as ctx:
        return int(command.invoke(ctx) or Exit.OK)


def _own_options_first(argv: list[str]) -> list[str]:
    """``argv`` with language and folder before the command, both in force from now on, and with
    the flag that reads the passphrase behind it."""
    own: list[str] = []
    behind: list[str] = []
    rest: list[str] = []
    waiting = list(argv)
    while waiting:
        argument = waiting.pop(0)
        name, equals, value = argument.partition("=")
        if argument == "--":
            return [*_used(own), *rest, *behind, argument, *waiting]
        if argument == PASSPHRASE_STDIN:
            behind = [argument]
            continue
        if name not in ANYWHERE or not (equals or waiting):
            rest.append(argument)
            continue
        value = value if equals else waiting.pop(0)
        own += [name, value]
        if name == "--home":
            os.environ["DESKAPP_HOME"] = value
    return [*_used(own), *rest, *behind]


def _used(own: list[str]) -> list[str]:
    """``own``, with the language of this run: the option, else what is set, else the locale.

    Raises:
        CommandLineError: If there is no such language.
    """
    i18n.use(i18n.detect(dict(os.environ)))
    with suppress(SettingsError):  # told by the command, in the language of the locale
        i18n.use(settings.load().language or i18n.language())
    if "--lang" in own:
        asked = own[own.index("--lang") + 1]
        if asked not in LANGUAGES:
            message = i18n._("There is no language {name}. Use one of: {names}.")
            raise CommandLineError(message.format(name=asked, names=", ".join(LANGUAGES)))
        i18n.use(asked)
    return own
