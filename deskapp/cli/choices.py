"""Items of the closed lists as a person types them: a code, or words that mean one item."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from deskapp.errors import DeskError, NotFoundError
from deskapp.i18n import _, language
from deskapp.services import lists, needs, spoken, worded
from deskapp.services.choice import Choice
from deskapp.services.enquiries import disclosure, dissatisfaction, outcomes, topics
from deskapp.services.matching import Entry, Matcher
from deskapp.text import fold, one_line

MOST_OFFERED = 12


class Item(NamedTuple):
    """One item of a list."""

    code: str
    label: str
    letter: str = ""
    """What else means it, alone."""

    @property
    def shown(self) -> str:
        """The item as it is offered."""
        return f"{self.code} {self.label}"


class ChoiceError(DeskError):
    """What was typed means no item of the list, or several."""


class ClosedList(NamedTuple):
    """A list that a value is chosen from."""

    every: Callable[[], list[Item]]
    find: Callable[[str], list[Item]]

    def code(self, text: str) -> str:
        """The code of the one item that ``text`` means.

        Raises:
            ChoiceError: If it means none or several; the sentence names them.
        """
        typed = fold(one_line(text))
        for item in self.every():
            if typed in (fold(item.code), fold(item.letter) or None):
                return item.code
        found = self.find(text)
        named = [item for item in found if fold(item.label) == typed]
        if len(named or found) == 1:
            return (named or found)[0].code
        if not found:
            message = _("{text} is not in the list. Type ? or other words.")
            raise ChoiceError(message.format(text=one_line(text)[:60]))
        offered = "\n".join(f"  {item.shown}" for item in found[:MOST_OFFERED])
        message = _("{text} can mean several. Give one of these codes:\n{items}")
        raise ChoiceError(message.format(text=one_line(text)[:60], items=offered))


def _topics(found: Iterable[topics.Topic]) -> list[Item]:
    return [Item(topic.code, topic.label(language())) for topic in found]


def _outcomes() -> list[Item]:
    return [Item(item.code, _(item.label), item.letter) for item in outcomes.offered()]


def _find_outcomes(text: str) -> list[Item]:
    matcher = Matcher(
        Entry(Item(item.code, _(item.label), item.letter), item.code, (_(item.label), item.label))
        for item in outcomes.offered()
    )
    return matcher.find(text)


def _choices(found: Iterable[Choice]) -> list[Item]:
    return [Item(choice.value, choice.label) for choice in found]


def _of(kind: type[Choice]) -> ClosedList:
    return ClosedList(lambda: _choices(kind), lambda text: _choices(lists.find(kind, text)))


def _worded(items: Callable[[], worded.Items]) -> ClosedList:
    def shown(found: Iterable[worded.Item]) -> list[Item]:
        return [Item(item.code, item.label, item.letter) for item in found]

    return ClosedList(lambda: shown(items()), lambda text: shown(items().find(text)))


LISTS = {
    "topic": ClosedList(
        lambda: _topics(topics.all_topics()),
        lambda text: _topics(topics.find(text, language())),
    ),
    "outcome": ClosedList(_outcomes, _find_outcomes),
    "user_type": _of(lists.UserType),
    "channel": _of(lists.Channel),
    "checked": _worded(disclosure.kinds),
    "needs": _worded(needs.offered),
    "need_language": _worded(spoken.languages),
    "authority": _of(lists.Authority),
    "language": _of(lists.ServiceLanguage),
    "dissatisfied": _of(lists.Dissatisfied),
    "dissatisfied_about": _worded(dissatisfaction.categories),
    "jurisdiction": _of(lists.Jurisdiction),
}
"""The list of each field that has one."""


_LABELS: dict[str, Callable[[str], str]] = {
    "topic": lambda code: topics.by_code(code).label(language()),
    "outcome": lambda code: _(outcomes.by_code(code).label),
    "user_type": lambda code: lists.user_type(code).label,
    "channel": lambda code: lists.channel(code).label,
}


def label(field: str, code: str) -> str:
    """What a stored code of ``field`` is called; the code itself where a newer desk made it."""
    try:
        return _LABELS[field](code)
    except NotFoundError:
        return code
