"""What most contacts do not need, in line mode: options for scripts, letters at the questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from deskapp.cli.ask import ask, ask_choice
from deskapp.cli.choices import LISTS
from deskapp.cli.out import tell
from deskapp.errors import DeskError
from deskapp.i18n import N_, _
from deskapp.services import needs, typed
from deskapp.services.enquiries import disclosure, topics
from deskapp.services.enquiries.disclosure import Tried
from deskapp.text import one_line


class More(NamedTuple):
    """One thing to record besides, behind the letter that it has on the screen."""

    letter: str
    label: str
    """To be translated where it is shown."""
    names: tuple[str, ...]
    """Values that are asked for."""


LABELS = {
    "checked": N_("Kind of detail"),
    "needs": N_("Need"),
    "need_language": N_("Interpreter of"),
    "authority": N_("Authority"),
    "acting_for": N_("Speaks for"),
    "language": N_("Service in"),
    "dissatisfied": N_("Dissatisfied"),
    "dissatisfied_about": N_("Unhappy about"),
    "jurisdiction": N_("Jurisdiction"),
    "subtopic": N_("Subtopic"),
    "repeat_ref": N_("Repeat of"),
}
OPTIONS = {
    "checked": "--checked",
    "needs": "--need",
    "need_language": "--need-language",
    "authority": "--authority",
    "acting_for": "--for",
    "language": "--service-language",
    "dissatisfied": "--dissatisfied",
    "dissatisfied_about": "--about",
    "jurisdiction": "--jurisdiction",
    "subtopic": "--subtopic",
    "repeat_ref": "--repeat-of",
}
MORE = (
    More("I", N_("Identity check"), ("checked",)),
    More("N", N_("Needs"), ("needs", "need_language")),
    More("T", N_("Third party: speaks for somebody"), ("authority", "acting_for")),
    More("W", N_("Language of the service"), ("language",)),
    More("D", N_("Dissatisfied"), ("dissatisfied", "dissatisfied_about")),
    More("J", N_("Jurisdiction"), ("jurisdiction",)),
    More("U", N_("Subtopic"), ("subtopic",)),
    More("A", N_("Again: repeat of a contact"), ("repeat_ref",)),
)
HOLD = More("H", N_("Hold, and back from hold"), ())
"""Asks for nothing: it turns."""


def given(checked: Iterable[str], failed: Iterable[str], wanted: Iterable[str]) -> dict[str, str]:
    """The values of options that may be repeated, as a form keeps them.

    Raises:
        ChoiceError: If one of them is in no list.
    """
    kinds, offered = LISTS["checked"], LISTS["needs"]
    checks = {kinds.code(text): Tried.MATCHED.value for text in checked}
    checks |= {kinds.code(text): Tried.FAILED.value for text in failed}
    return {
        "checked": disclosure.written(checks),
        "needs": " ".join(dict.fromkeys(offered.code(text) for text in wanted)),
    }


def ask_more(
    values: Mapping[str, str], keep: Callable[[str, str], None], hold: Callable[[], str]
) -> None:
    """Ask what else to record until nothing more is wanted.

    Args:
        values: What is known so far.
        keep: Keeps one value by its name.
        hold: Puts the caller on hold, or takes them back, and says which.
    """
    question = _("Record more: a letter, ? lists them, empty goes on")
    while pressed := ask(question).upper():
        found = [more for more in MORE if more.letter == pressed]
        if pressed == HOLD.letter:
            tell(hold())
        elif not found:
            tell("; ".join(f"{more.letter} {_(more.label)}" for more in (*MORE, HOLD)))
        for more in found:
            for name in more.names:
                if name != "need_language" or needs.LANGUAGE in values.get("needs", "").split():
                    keep(name, ask_value(name, values))


def ask_value(name: str, values: Mapping[str, str]) -> str:
    """One value, typed or chosen as its list wants it."""
    question = _(LABELS[name])
    match name:
        case "checked":
            return disclosure.written(_asked_checks(question))
        case "needs":
            codes: dict[str, None] = {}
            while code := ask_choice(question, name):
                codes[code] = None
            return " ".join(codes)
        case "subtopic":
            return _asked_subtopic(question, values.get("topic", ""))
    return ask_choice(question, name) if name in LISTS else one_line(ask(question))


def _asked_checks(question: str) -> dict[str, str]:
    checks: dict[str, str] = {}
    while kind := ask_choice(question, "checked"):
        matched = yes_no(_("Did it match"))
        checks[kind] = (Tried.MATCHED if matched else Tried.FAILED).value
    return checks


def yes_no(question: str) -> bool:
    """The answer to a question of yes or no."""
    while True:
        try:
            return typed.yes_no(ask(question))
        except DeskError as error:
            tell(str(error))


def _asked_subtopic(question: str, topic: str) -> str:
    offered = topics.by_code(topic).subtopics if topic else ()
    if offered:
        tell(", ".join(each.code for each in offered))
    return one_line(ask(question)) if offered else ""
