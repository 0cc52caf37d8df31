"""What can be done at a trial with a jury, by letter, and what the screen says of one."""

from __future__ import annotations

from collections.abc import Sequence

from deskapp.i18n import N_, _, day, ngettext, number
from deskapp.services.jury.ballot import Draw
from deskapp.services.jury.trial_lines import MemberLine, TrialRecord

DRAW, SWEAR, NOT_USED, CHALLENGED, BACK = "draw", "swear", "not_used", "challenged", "back"
RELEASE, DAY, ALL, DRAWS, JUROR, END = "release", "day", "all", "draws", "juror", "end"
MARK = "mark"
ACTS = {
    DRAW: ("D", N_("Draw a panel by lot")),
    ALL: ("A", N_("Mark everybody on the panel, or on the jury")),
    SWEAR: ("E", N_("Swear in")),
    NOT_USED: ("N", N_("Not used: back to the waiting room")),
    CHALLENGED: ("C", N_("Challenged: back to the waiting room")),
    BACK: ("R", N_("Return from the panel or the trial")),
    RELEASE: ("M", N_("Return from the trial; their service is complete")),
    DAY: ("F", N_("Confirm the day of the jury")),
    DRAWS: ("V", N_("Show how the panel was drawn")),
    JUROR: ("J", N_("Record of the marked juror")),
    END: ("X", N_("End the trial")),
}
"""Letter and untranslated label of what can be done."""
SHORT = {
    ALL: N_("All"),
    SWEAR: N_("Swear"),
    NOT_USED: N_("Not used"),
    CHALLENGED: N_("Challenge"),
    BACK: N_("Return"),
    DRAW: N_("Draw"),
    DAY: N_("Day"),
}
"""A word, untranslated, for what is done most; it stands at the bottom beside its letter."""
QUESTIONS = {
    SWEAR: N_("Swear in {names}?"),
    NOT_USED: N_("Send back as not used: {names}?"),
    CHALLENGED: N_("Send back as challenged: {names}?"),
    BACK: N_("Return to the waiting room: {names}?"),
    RELEASE: N_("Return, and end the service of: {names}?"),
}
NAMED = 6


def question(what: str, meant: Sequence[MemberLine]) -> str:
    """What is asked before it is done with some jurors; the first of them are named."""
    names = ", ".join(each.juror.name for each in meant[:NAMED])
    if len(meant) > NAMED:
        more = number(len(meant) - NAMED)
        names = _("{names} and {count} more").format(names=names, count=more)
    return _(QUESTIONS[what]).format(names=names)


def drawn(draw: Draw) -> str:
    """That a panel was drawn."""
    words = ngettext(
        "{count} juror drawn from {candidates}. V shows how.",
        "{count} jurors drawn from {candidates}. V shows how.",
        len(draw.drawn),
    )
    return words.format(count=number(len(draw.drawn)), candidates=number(len(draw.candidates)))


def day_question(marked: int) -> str:
    """What is asked before the day of the jury is confirmed, and who becomes absent."""
    question = _("Time in and out of those who were not scanned?")
    if not marked:
        return question
    words = ngettext(
        "{count} marked juror becomes absent.", "{count} marked jurors become absent.", marked
    )
    return f"{question} {words.format(count=number(marked))}"


def letters_line() -> str:
    """What stands below the list: the letters that are pressed most."""
    acts = (f"{ACTS[name][0]} {_(word)}" for name, word in SHORT.items())
    return "  ".join((_("Space marks"), *acts))


def about(shown: TrialRecord) -> str:
    """The trial in a line."""
    line = shown.line
    ended = _("ENDED {date}").format(date=day(line.ended_on)) if line.ended_on else ""
    panel = _("Panel {panel}, sworn {jury}").format(
        panel=number(line.panel), jury=number(line.jury)
    )
    parts = (line.number, ended, line.name, line.judge, line.room, panel)
    return " · ".join(filter(None, parts))
