"""The forms about a hearing: which fields each has, and the closed lists that letters answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from string import ascii_uppercase
from typing import NamedTuple

from deskapp.i18n import N_, _
from deskapp.screens.asking import Closed
from deskapp.screens.base import Entry
from deskapp.screens.picks import Options, finder, pick
from deskapp.services import spoken
from deskapp.services.hard.hard import TYPED
from deskapp.services.hearings import flags, needs, results
from deskapp.services.hearings.booked import BookedLine
from deskapp.services.hearings.needs import NeedLine
from deskapp.services.hearings.results import FAILURES, NONE_BOOKED, Outcome
from deskapp.services.hearings.stored import Hearing
from deskapp.widgets.choice import Offer
from deskapp.widgets.form_field import FormField

NEED, DECIDE, UNMET, RESULT, LINK, NOTE, GROUND = (
    "need", "decide", "unmet", "result", "link", "note", "ground_rules",
)  # fmt: skip
"""The forms."""
NEED_ID = "_need"
"""Name of the value that says which need a form is about."""
TITLES = {
    NEED: N_("Support need"),
    DECIDE: N_("Decision on a need"),
    UNMET: N_("Why a need was not met"),
    RESULT: N_("Result of a hearing"),
    LINK: N_("Video link"),
    NOTE: N_("Note on a hearing"),
    GROUND: N_("Ground rules hearing"),
}
WHOLE_CASE = "*"
"""Value of whoever a need is for when it is nobody's in particular."""
WORD = N_("Type a word, or press Down")
NOTE_ROWS = 4


class About(NamedTuple):
    """What a form must know of its hearing."""

    hearing: Hearing
    bookings: Sequence[BookedLine]
    need: NeedLine | None
    corrects: bool
    """Whether the hearing has a result already."""


def fields(code: str, about: About, values: Callable[[], Mapping[str, str]]) -> Sequence[FormField]:
    """The fields of a form; ``values`` gives what stands in it now."""
    made = {
        NEED: _need,
        DECIDE: _decide,
        UNMET: lambda _about, _values: (_line("by", N_("Why"), N_("What was missing, who knows")),),
        RESULT: _result,
        LINK: _link,
        NOTE: _note,
        GROUND: _ground_rules,
    }
    return made[code](about, values)


def _line(name: str, label: str, hint: str = "") -> FormField:
    return FormField(name, label, hint=hint)


def _need(about: About, _values: Callable[[], Mapping[str, str]]) -> Sequence[FormField]:
    return (
        pick("who", N_("Who"), whose(about), hint=N_("Empty: F8 asks")),
        FormField(
            "flag",
            N_("What is needed"),
            "choice",
            hint=N_("Any word of it: screen, BSL, loop"),
            typed_as="flag" + TYPED,
            find=lambda text: [Offer(each.code, each.label) for each in flags.find(text)],
            label_of=flags.label,
        ),
        FormField(
            "language_code",
            N_("Language"),
            "choice",
            hint=N_("Only for an interpreter"),
            typed_as="language_code" + TYPED,
            find=lambda text: [
                Offer(each.code, each.label) for each in spoken.languages().find(text)
            ],
            label_of=spoken.languages().label,
        ),
        _line("other_language", N_("Other language"), N_("Only if the list does not have it")),
        _line("comment", N_("Comment"), N_("What is needed, in up to 200 characters")),
        _line("value", N_("Which"), N_("Size, colour, or what the list does not have")),
        _line("named", N_("Screened from"), N_("Names between commas; empty: everybody")),
        _line("requested_by", N_("Asked for by")),
        FormField(
            "person_id",
            N_("Known as"),
            "choice",
            hint=N_("Name of a person record, if there is one"),
            typed_as="person_id" + TYPED,
        ),
    )


def whose(about: About) -> Options:
    """Who a need can be for."""
    named = [(each.key, each.words) for each in about.hearing.parties]
    return [*named, (WHOLE_CASE, _("Nobody in particular: the whole case"))]


def _decide(about: About, _values: Callable[[], Mapping[str, str]]) -> Sequence[FormField]:
    return (
        pick("to", N_("Status"), statuses(about), hint=N_("Empty: F8 asks")),
        _line("by", N_("Who decided, why"), N_("Such as DJ Hughes, or the reason")),
    )


def statuses(about: About) -> Options:
    """Where the status of a need can go."""
    if about.need is None:
        return []
    return [(to.value, _(needs.STATUS_LABELS[to])) for to in needs.MOVES[about.need.status]]


def _result(about: About, values: Callable[[], Mapping[str, str]]) -> Sequence[FormField]:
    def found(text: str) -> list[Offer]:
        return finder(reasons(values().get("result", "")))(text)

    outcomes = [(each.value, _(label)) for each, label in results.OUTCOME_LABELS.items()]
    ends = [(code, _(label)) for code, label in FAILURES.items()]
    return (
        pick("result", N_("Hearing result"), outcomes, hint=N_("Empty: F8 asks")),
        FormField(
            "reason",
            N_("Reason"),
            "choice",
            hint=N_("Empty: F8 asks"),
            typed_as="reason" + TYPED,
            find=found,
            label_of=lambda code: results.reason_label(values().get("result", ""), code),
        ),
        _line("reason_text", N_("In words")),
        _line("start", N_("Started"), N_("Like 10:05")),
        _line("end", N_("Ended"), N_("Like 11:40")),
        _line("pauses", N_("Pauses"), N_("Like 11:00-11:15, 13:00-14:05")),
        pick("booking", N_("Booking"), bookings(about), hint=N_("Which one failed")),
        pick("booking_outcome", N_("What became of it"), ends),
        _line("next_on", N_("Next on"), N_("Like 16 12; empty: no date yet")),
        _line("next_at", N_("Next at"), N_("Like 10:00")),
        _line("next_room", N_("Next room")),
        _line("next_minutes", N_("Next minutes"), N_("Empty: as long as planned here")),
        pick("carry", N_("Interpreter"), carries(), hint=N_("Empty: ask for one again")),
        _line("why", N_("Why corrected")),
    )


def carries() -> Options:
    """Whether the interpreter is asked for again."""
    return [("yes", _("Ask for one again")), ("no", _("No interpreter next time"))]


def reasons(outcome: str) -> Options:
    """Why, by the outcome; all of them while it is not known."""
    if outcome in list(Outcome):
        return [(code, _(label)) for code, label in results.REASONS[Outcome(outcome)].items()]
    merged = {**results.ADJOURNED_FOR, **results.CANCELLED_FOR}
    return [(code, _(label)) for code, label in merged.items()]


def bookings(about: About) -> Options:
    """Which booking failed."""
    return [
        *((each.id, each.words) for each in about.bookings),
        (NONE_BOOKED, _("Nobody was booked")),
    ]


def _link(_about: About, _values: Callable[[], Mapping[str, str]]) -> Sequence[FormField]:
    return (
        _line("kind", N_("Kind"), N_("Such as CVP, Teams, prison link")),
        _line("address", N_("Address"), N_("Or the reference of the room")),
    )


def _note(_about: About, _values: Callable[[], Mapping[str, str]]) -> Sequence[FormField]:
    return (FormField("note", N_("Note"), "words", rows=NOTE_ROWS),)


def _ground_rules(_about: About, _values: Callable[[], Mapping[str, str]]) -> Sequence[FormField]:
    return (
        _line("held_on", N_("Held on"), N_("Like today or 16 Nov")),
        _line("attended", N_("Who attended"), N_("Judge, counsel, intermediary")),
        FormField("rules", N_("Agreed rules"), "words", rows=NOTE_ROWS),
    )


def shown(code: str, values: Mapping[str, str], corrects: bool) -> list[str] | None:
    """Names of the fields that are shown; all of them where it is ``None``."""
    if code == NEED:
        flag = values.get("flag", "")
        extra = ["language_code", "other_language"] if flag in flags.WITH_LANGUAGE else []
        extra += ["named"] if flag == "SM0002" else []
        return ["who", "flag", *extra, "comment", "value", "requested_by", "person_id"]
    if code != RESULT:
        return None
    outcome = values.get("result", "")
    names = ["result", "start", "end", "pauses", *(["why"] if corrects else [])]
    if outcome != Outcome.COMPLETED:
        names += ["reason", "reason_text"]
    if outcome == Outcome.ADJOURNED:
        names += ["next_on", "next_at", "next_room", "next_minutes", "carry"]
        if values.get("reason") == results.NO_INTERPRETER:
            names += ["booking", "booking_outcome"]
    return names


def closed(code: str, about: About, values: Mapping[str, str]) -> Mapping[str, Closed]:
    """The lists that letters answer, by the name of their value."""
    if code == NEED:
        return {"who": _closed(whose(about))}
    if code == DECIDE:
        return {"to": _closed(statuses(about))}
    if code != RESULT:
        return {}
    outcomes = [Entry("C", _("Completed"), Outcome.COMPLETED.value),
                Entry("A", _("Adjourned"), Outcome.ADJOURNED.value),
                Entry("X", _("Cancelled"), Outcome.CANCELLED.value)]  # fmt: skip
    return {
        "result": Closed(outcomes),
        "reason": _closed(reasons(values.get("result", ""))),
        "booking": _closed(bookings(about)),
        "booking_outcome": _closed([(each, _(label)) for each, label in FAILURES.items()]),
    }


def _closed(options: Options) -> Closed:
    named = zip(ascii_uppercase, options, strict=False)
    return Closed([Entry(letter, label, value) for letter, (value, label) in named])
