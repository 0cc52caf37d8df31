"""What may be done with a juror's claim, each by its letter, and the questions it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from deskapp.i18n import N_, _, language, ngettext, number
from deskapp.i18n import day as shown_day
from deskapp.roles import Act, User, may
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import Entry
from deskapp.screens.ticks import Ticks
from deskapp.services import drafts
from deskapp.services.jury import claim_state, money
from deskapp.services.jury.applying import PART_LABELS, Part
from deskapp.services.jury.claim_state import Claim, ClaimDay
from deskapp.services.jury.refusals import REFUSAL_WORDS, Refusal
from deskapp.widgets.ticks import Tick

if TYPE_CHECKING:
    from deskapp.app import DeskApp
    from deskapp.screens.jury_expense_claim import JurorClaimScreen

SEEN = "_seen"
"""Name of the value that says how a day was shown when its form was begun."""
CASH = "cash"
_PARTS = {
    Part.EARNINGS.value: ("E", PART_LABELS[Part.EARNINGS]),
    Part.CARE.value: ("C", PART_LABELS[Part.CARE]),
    Part.OTHER.value: ("O", PART_LABELS[Part.OTHER]),
    Part.TRAVEL.value: ("T", PART_LABELS[Part.TRAVEL]),
    CASH: ("P", N_("Whether it is paid in cash")),
}
"""What can go onto all days, with its letter."""
YES = "yes"


class Todo(StrEnum):
    """What a letter of the page does."""

    EXPLAIN = "explain"
    SUBMIT = "submit"
    APPROVE = "approve"
    TO_ALL = "to_all"
    CARD = "card"
    USUAL = "usual"


LETTERS = {
    Todo.EXPLAIN: ("E", N_("Explain")),
    Todo.SUBMIT: ("S", N_("Submit")),
    Todo.APPROVE: ("A", N_("Approve")),
    Todo.TO_ALL: ("D", N_("Onto all")),
    Todo.CARD: ("C", N_("Card")),
    Todo.USUAL: ("U", N_("Usual")),
}


def entries(claim: Claim, user: User) -> list[Entry]:
    """What may be done, with why not where it cannot be done now."""
    return [
        Entry(letter, _(label), todo.value, _why_not(todo, claim, user))
        for todo, (letter, label) in LETTERS.items()
    ]


def line(listed: Sequence[Entry], columns: int) -> str:
    """The letters that do something now, each beside its word, in lines of so many columns."""
    lines = [_("Enter: this day")]
    for each in listed:
        if each.why_not:
            continue
        shown = f"{each.letter} {each.label}"
        longer = f"{lines[-1]}  {shown}"
        if len(longer) > columns:
            lines.append(shown)
        else:
            lines[-1] = longer
    return "\n".join(lines)


async def open_day(desk: DeskApp, day: ClaimDay) -> None:
    """Show the form of a day, or take up the one begun before."""
    from deskapp.screens.jury_expense_form import JurorExpenseScreen
    from deskapp.services.jury import claim_entry

    draft = await desk.begun(drafts.JURY_EXPENSE, day.id)
    if draft is None:
        about = {drafts.RECORD: day.id, SEEN: day.seen}
        about[drafts.title_name(language())] = f"{day.juror} {shown_day(day.date)}"
        values = {**about, **claim_entry.values_of(day)}
        draft = desk.new_draft(drafts.JURY_EXPENSE, values)
        await desk.push_screen(JurorExpenseScreen(draft, day))
    else:
        await desk.push_screen(JurorExpenseScreen(draft))


async def ask(screen: JurorClaimScreen, todo: Todo, claim: Claim, day: ClaimDay) -> None:
    """Do what was chosen, after what it needs was answered."""
    match todo:
        case Todo.EXPLAIN:
            from deskapp.screens.jury_expense_paper import ExplainedScreen

            await screen.app.push_screen(ExplainedScreen(claim, day))
        case Todo.SUBMIT:
            await _sure(screen, _submit_words(claim), lambda: screen.submit(claim.to_submit))
        case Todo.APPROVE:
            await _sure(screen, _approve_words(claim), lambda: screen.approve(claim.to_approve))
        case Todo.TO_ALL:
            await _ask_parts(screen, day)
        case Todo.CARD:
            hint = _("In pounds, for the attended days that are not submitted")
            question = AskLine(_("How much was spent with the smart card?"), hint)
            await screen.app.push_screen(question, partial(_card_typed, screen))
        case Todo.USUAL:
            screen.keep_usual(day)


def _card_typed(screen: JurorClaimScreen, text: str | None) -> None:
    if text:
        screen.share_card(text)


async def _sure(screen: JurorClaimScreen, question: str, done: Callable[[], object]) -> None:
    answers = [Entry("Y", _("Yes"), YES), Entry("N", _("No"), "")]

    def answered(answer: str | None) -> None:
        if answer:
            done()

    await screen.desk.ask(question, answers, answered)


async def _ask_parts(screen: JurorClaimScreen, day: ClaimDay) -> None:
    """Ask which parts of the marked day go onto the others."""
    kept = {part.value: "x" for part in (Part.EARNINGS, Part.TRAVEL)}

    def ticked(_code: str, marks: dict[str, str]) -> tuple[dict[str, str], str]:
        kept.clear()
        kept.update(marks)
        return marks, _("Only days that are not submitted; each keeps to its own limit.")

    async def done(_nothing: None) -> None:
        parts = [part for part in Part if part.value in kept]
        if kept:
            onto = _("Put this onto the other days: {parts}?").format(parts=_parts_words(kept))
            await _sure(screen, onto, lambda: screen.apply(day, parts, cash=CASH in kept))

    ticks = [Tick(code, letter, _(label)) for code, (letter, label) in _PARTS.items()]
    question = _("What of this day goes onto all others? Without a tick nothing does.")
    await screen.app.push_screen(Ticks(question, ticks, {"x": "x"}, dict(kept), ticked), done)


def _parts_words(kept: Iterable[str]) -> str:
    chosen = set(kept)
    return ", ".join(_(label) for code, (_letter, label) in _PARTS.items() if code in chosen)


def _submit_words(claim: Claim) -> str:
    days = claim.to_submit
    told = ngettext("Submit {count} day, {amount}?", "Submit {count} days, {amount}?", len(days))
    amount = money.shown(claim_state.amount(days))
    return told.format(count=number(len(days)), amount=amount)


def _approve_words(claim: Claim) -> str:
    days = claim.to_approve
    told = ngettext(
        "Approve {count} day and pay {amount}?", "Approve {count} days and pay {amount}?", len(days)
    )
    amount = money.shown(claim_state.amount(days))
    return told.format(count=number(len(days)), amount=amount)


def _why_not(todo: Todo, claim: Claim, user: User) -> str:
    if not claim.days:
        return _("No day is confirmed yet.")
    if todo is Todo.EXPLAIN:
        return ""
    if todo is Todo.APPROVE:
        return _why_not_approve(claim, user)
    if not may(user, Act.WORK_JURY):
        return _(REFUSAL_WORDS[Refusal.NOT_ALLOWED])
    if todo is not Todo.USUAL and not claim.to_submit:
        return _("Every day was submitted.")
    return ""


def _why_not_approve(claim: Claim, user: User) -> str:
    if not claim.to_approve:
        return _("Nothing waits for approval.")
    if not may(user, Act.APPROVE_JURY_EXPENSES):
        return _("Only a manager approves. Ask one who did not put it in.")
    if any(user.id in day.touched_by for day in claim.to_approve):
        return _(REFUSAL_WORDS[Refusal.OWN_SUBMISSION])
    return ""
