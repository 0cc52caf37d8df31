"""What a contact keeps beside its form, as people read it: of its outcome and of its scripts.

Source: enquiries sheet, section 1 (extras); knowledge sheet, section 4.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress

from deskapp.i18n import _, day, language
from deskapp.services import outcomes
from deskapp.services.knowledge import library
from deskapp.services.knowledge.declared import Extra


def label(name: str) -> str:
    """What a field of a script is called, in the language in use; its name where nobody knows."""
    extra = library.shipped_fields().extras.get(name)
    return extra.label.get(language(), name) if extra else name


def told(outcome: str, extras: Mapping[str, str]) -> list[tuple[str, str]]:
    """Label and value of what a contact kept, that of its outcome first."""
    added = outcomes.need_names(outcome)
    known = library.shipped_fields().extras if extras.keys() - added else {}
    of_scripts = {name: text for name, text in extras.items() if name in known.keys() - added}
    others = {name: text for name, text in extras.items() if name not in of_scripts}
    return [
        *outcomes.added(outcome, others),
        *((label(name), _shown(known[name], text)) for name, text in of_scripts.items()),
    ]


def _shown(extra: Extra, text: str) -> str:
    """A value as people read it: a date in words, an option by its label."""
    if extra.kind == "day":
        with suppress(ValueError):  # typed over in the form, in some other shape
            return day(dt.date.fromisoformat(text))
    if extra.kind == "yes_no" and text in ("yes", "no"):
        return _("Yes") if text == "yes" else _("No")
    return extra.options.get(text, {}).get(language(), text)
