"""Every key of deskapp, once: what it does, which key it is, and where it may be changed.

Only keys that every terminal sends may be used (thin terminals, R8); ``remap`` refuses the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from deskapp.errors import SettingsError
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from textual.binding import Binding

CHANGEABLE = frozenset(f"f{number}" for number in (1, 2, 3, 4, 5, 8, 9, 10, 12)) | frozenset(
    f"ctrl+{letter}" for letter in "glnopqrst"
)
"""Keys that an action may have; the others move, edit or leave and stay what they are."""

ALLOWED = CHANGEABLE | frozenset(
    "tab shift+tab enter escape up down left right home end pageup pagedown insert delete".split()  # noqa: SIM905
)
"""Keys that arrive right from every terminal and mean nothing else in a field."""

HELP_SIGN = "question_mark"
"""Shows help as F1 does, but outside fields alone: in them it is a sign like any other."""


class Key(NamedTuple):
    """One thing a key does."""

    keys: str
    """Textual key names, separated by commas; the first is the one shown."""
    action: str
    label: str
    """Short words for the footer, untranslated."""
    footer: bool = True


KEYS: dict[str, Key] = {
    "unlock.open": Key("enter", "open", N_("Open")),
    "app.help": Key("f1", "app.help", N_("Help")),
    "desk.new": Key("f2", "app.new_contact", N_("New")),
    "app.find": Key("f3", "app.find", N_("Find")),
    "form.save": Key("f8,ctrl+s", "save", N_("Save")),
    "contact.outcome": Key("f9", "outcome", N_("Outcome")),
    "record.more": Key("ctrl+r", "more", N_("More")),
    "form.discard": Key("ctrl+t", "discard", N_("Discard"), footer=False),
    "contact.texts": Key("ctrl+n", "texts", N_("Texts"), footer=False),
    "contact.script": Key("f5", "script", N_("Script")),
    "script.on": Key("enter", "go_on", N_("Go on")),
    "script.before": Key("shift+tab", "step_back", N_("Step back")),
    "script.copy": Key("ctrl+n", "copy", N_("Copy reply"), footer=False),
    "record.note": Key("f5", "note", N_("Add note")),
    "record.person": Key("ctrl+o", "person", N_("Person")),
    "record.done": Key("f9", "done", N_("Done")),
    "find.put_in": Key("insert", "put_in", N_("Put in")),
    "find.filter": Key("tab", "narrow(1)", N_("Filter")),
    "find.filter_back": Key("shift+tab", "narrow(-1)", N_("Filter before"), footer=False),
    "find.missing": Key("f9", "missing", N_("None helps")),
    "article.copy": Key("enter", "copy", N_("Copy")),
    "article.heading": Key("tab", "heading(1)", N_("Heading")),
    "article.heading_back": Key("shift+tab", "heading(-1)", N_("Heading before"), footer=False),
    "article.helped": Key("f9", "helped", N_("Helped?")),
    "room.tick": Key("enter", "tick", N_("Tick")),
    "report.choose": Key("enter", "choose", N_("Choose")),
    "callback.ring": Key("enter", "ring", N_("Ring")),
    "callback.result": Key("f9", "result", N_("Result")),
    "case.act": Key("enter", "act", N_("Do")),
    "case.items": Key("f9", "items", N_("Items")),
    "list.new": Key("ctrl+n", "new_case", N_("New case")),
    "list.pick": Key("ctrl+r", "pick_list", N_("List")),
    "complaint.new": Key("ctrl+n", "new_complaint", N_("Complaint")),
    "complaint.dates": Key("f9", "dates", N_("Dates")),
    "complaint.changes": Key("ctrl+r", "changes", N_("Changes")),
    "hearing.take": Key("ctrl+n", "take_list", N_("Import")),
    "hearing.undo": Key("f9", "undo", N_("Take back")),
    "hearing.state": Key("f9", "state", N_("State")),
    "hearing.sheet": Key("f5", "sheet", N_("Day sheet")),
    "booking.new": Key("ctrl+n", "new_booking", N_("Book")),
    "interpreter.new": Key("ctrl+n", "new_interpreter", N_("Add")),
    "knowledge.write": Key("ctrl+n", "write", N_("New")),
    "diary.book": Key("ctrl+n", "book", N_("Book")),
    "jury.turn": Key("f5", "turn", N_("In or out")),
    "jury.undo": Key("f9", "undo", N_("Undo")),
    "jury.in": Key("f8,ctrl+s", "save", N_("Check in")),
    "jury.confirm": Key("f8,ctrl+s", "save", N_("Confirm")),
    "jury.take": Key("f8,ctrl+s", "take", N_("Take in")),
    "jury.trial": Key("ctrl+n", "open_trial", N_("New trial")),
    "home.leaving": Key("f9", "leaving", N_("Evacuation")),
    "screen.back": Key("escape", "back", N_("Back")),
    "form.park": Key("escape", "back", N_("Park")),
    "app.go": Key("ctrl+g", "app.go", N_("Go to")),
    "app.hard": Key("f4", "app.hard", N_("Urgent"), footer=False),
    "app.privacy": Key("f10", "app.privacy", N_("Cover the screen"), footer=False),
    "app.language": Key("f12", "app.switch_language", N_("Cymraeg"), footer=False),
    "app.redraw": Key("ctrl+l", "app.redraw", N_("Draw the screen again"), footer=False),
    "app.palette": Key("ctrl+p", "app.commands", N_("All commands"), footer=False),
    "app.quit": Key("ctrl+q", "app.ask_quit", N_("Leave")),
}

_SPOKEN = re.compile(r"\b(?:F\d{1,2}|Ctrl\+[A-Z])\b")
"""A key as texts of help speak of it."""
_changed: dict[str, str] = {}


def remap(changes: Mapping[str, str]) -> None:
    """Use the officer's own keys, as ``{"desk.new": "f4", "app.hard": "f2"}``, of the file.

    Raises:
        SettingsError: If an entry names no action of deskapp or a key that terminals do not send.
    """
    for name, key in changes.items():
        if name not in KEYS:
            raise SettingsError(
                _("There is no action called {name}. Run deskapp keys to see the names.").format(
                    name=name
                )
            )
        if key not in CHANGEABLE:
            raise SettingsError(
                _(
                    "The key {key} for {name} does not work on every terminal. Use one of: {keys}."
                ).format(key=key, name=name, keys=" ".join(sorted(CHANGEABLE)))
            )
        for other in KEYS:
            taken = (changes.get(other) or KEYS[other].keys).split(",")
            if other != name and key in taken and key not in KEYS[name].keys.split(","):
                raise SettingsError(
                    _("The key {key} cannot be {name}: it is {other} already.").format(
                        key=key, name=name, other=other
                    )
                )
    _changed.clear()
    _changed.update(changes)


def keys_of(name: str) -> str:
    """The keys in use for an action, as Textual names separated by commas."""
    return _changed.get(name, KEYS[name].keys)


def shown(name: str) -> str:
    """The key to press as it is written for people, such as ``F8`` or ``Ctrl+G``."""
    return _spelt(keys_of(name))


def in_use(text: str, names: Iterable[str]) -> str:
    """``text`` with the keys that the named actions have now, where it says their usual ones."""
    now = {_spelt(KEYS[name].keys): shown(name) for name in names}
    return _SPOKEN.sub(lambda found: now.get(found[0], found[0]), text)


def _spelt(textual_keys: str) -> str:
    first = textual_keys.split(",")[0]
    names = {"escape": "Esc", "enter": "Enter", "pageup": "PgUp", "pagedown": "PgDn"}
    return names.get(first, "+".join(part.capitalize() for part in first.split("+")))


def bindings(*names: str) -> list[Binding]:
    """Textual bindings for the named actions, labelled in the language in use."""
    from textual.binding import Binding

    return [
        Binding(
            keys_of(name),
            KEYS[name].action,
            _(KEYS[name].label),
            show=KEYS[name].footer,
            key_display=shown(name),
            id=name,
            priority=KEYS[name].action.startswith("app."),
        )
        for name in names
    ]
