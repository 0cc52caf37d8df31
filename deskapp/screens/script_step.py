"""What one step of a script shows: the words to say, what can be answered, which letters work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from deskapp.i18n import _, number
from deskapp.services.enquiries import outcomes
from deskapp.services.knowledge import fields, wording
from deskapp.services.knowledge.nodes import NodeKind
from deskapp.services.knowledge.walk import Walk

BETWEEN = " · "
TYPED = frozenset({NodeKind.ASK, NodeKind.ESCALATE})
"""Steps at which an answer is typed."""
NEEDS = "needs"
"""Field of ``fields.toml`` whose answers are ticked."""
LEFT_OUT = frozenset({NodeKind.SAY, NodeKind.SIGNPOST})
"""Steps that may be left out."""


class Step:
    """The texts of the step that stands, in the language of the walk."""

    def __init__(self, walk: Walk, *, on: dt.date, of_desk: Mapping[str, str]) -> None:
        """A step as it is shown.

        Args:
            walk: Where the script stands.
            on: The day whose figures are shown.
            of_desk: What only the desk knows, by the names of ``variables.GAPS``.
        """
        self._walk, self._on, self._of_desk = walk, on, of_desk

    @property
    def title(self) -> str:
        """Which script, and how far one is."""
        walk = self._walk
        taken = sum(not step.emergency for step in walk.trail) + 1
        parts = (
            _("DANGER") if walk.script.safety else "",
            walk.script.title(walk.language),
            _("step {count}").format(count=number(taken)),
        )
        return BETWEEN.join(filter(None, parts))

    @property
    def said(self) -> str:
        """What is to be said or done."""
        walk = self._walk
        if walk.ending:
            return _("The script is done. Enter takes this over into the form:")
        text = self._filled(walk.node.say)
        return _("MUST BE SAID: {text}").format(text=text) if walk.node.must_say else text

    @property
    def reply(self) -> str:
        """The text to copy; empty where there is none."""
        return self._filled(self._walk.node.reply)

    def more(self) -> Iterator[str]:
        """What stands below it, line by line."""
        walk, node = self._walk, self._walk.node
        if contact := self._filled(node.contact):
            yield _("Point to: {contact}").format(contact=contact)
        if article := wording.article(walk):
            yield _("Article, a opens it: {title}").format(title=article)
        if role := wording.role(walk):
            urgency = _(wording.URGENCIES[node.urgency])
            yield _("Tell {urgency}: {role}").format(urgency=urgency, role=role)
        if self.reply:
            yield _("Reply, c copies it: {text}").format(text=self.reply)
        for option in node.options:
            yield f" {option.key}  {option.label.get(walk.language, '')}"
        for value, label in node.choices:
            yield f" {value}  {label.get(walk.language, '')}"
        if walk.ending:
            yield _(outcomes.by_code(walk.ending.outcome).label)
            yield walk.ending.summary

    @property
    def letters(self) -> str:
        """Which keys work here besides those of the last line."""
        walk, node = self._walk, self._walk.node
        danger = _("9 emergency services") if walk.script.safety else ""
        if types_answer(walk):
            return danger and _("{key}, while the line is empty").format(key=danger)
        parts = (
            danger,
            _("Enter ticks needs") if collects(walk) == NEEDS else "",
            _("b step back") if walk.trail else "",
            _("a article") if node.article else "",
            _("c copy reply") if node.reply else "",
            _("- not said") if node.kind in LEFT_OUT else "",
            _("q begin again") if walk.trail else "",
        )
        return BETWEEN.join(filter(None, parts))

    @property
    def hint(self) -> str:
        """What stands in the line while it is empty."""
        node = self._walk.node
        if node.kind is NodeKind.ESCALATE:
            return _("Who you told; Enter when told")
        return _("The answer") if node.required else _("The answer; Enter if not given")

    def _filled(self, words: Mapping[str, str]) -> str:
        filled = wording.filled(self._walk, words, on=self._on, of_desk=self._of_desk)
        return filled.text


def types_answer(walk: Walk) -> bool:
    """Whether the step that stands is answered by typing."""
    return walk.node.kind in TYPED and collects(walk) != NEEDS


def collects(walk: Walk) -> str:
    """The field that the step asks for, by its name in ``fields.toml``; empty for none."""
    return walk.node.collect.removeprefix(fields.PREFIX)
