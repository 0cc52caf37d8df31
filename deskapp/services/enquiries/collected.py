"""What a contact keeps beside its form, as people read it: of its outcome and of its scripts.

Source: enquiries sheet, section 1 (extras); knowledge sheet, section 4.
"""

from __future__ import annotations

from collections.abc import Mapping

from deskapp.i18n import language
from deskapp.services.enquiries import outcomes
from deskapp.services.knowledge import library, values
from deskapp.services.knowledge.declared import Fields


def label(name: str) -> str:
    """What a field of a script is called, in the language in use; its name where nobody knows."""
    extra = library.shipped_fields().extras.get(name)
    return extra.label.get(language(), name) if extra else name


def kept(collected: Mapping[str, str]) -> dict[str, str]:
    """What scripts collected, by the values they set rather than the words of one language."""
    if not collected:
        return {}
    known = library.shipped_fields()
    return {name: values.code(known, name, text) for name, text in collected.items()}


def told(outcome: str, extras: Mapping[str, str]) -> list[tuple[str, str]]:
    """Label and value of what a contact kept, that of its outcome first."""
    if not extras:
        return []
    known, added = library.shipped_fields(), outcomes.need_names(outcome)
    names = known.extras.keys() - added
    of_scripts = {name: text for name, text in extras.items() if name in names}
    others = {
        name: _of_outcome(known, name, text)
        for name, text in extras.items()
        if name not in of_scripts
    }
    return [
        *outcomes.added(outcome, others),
        *((label(name), values.read(known, name, text)) for name, text in of_scripts.items()),
    ]


def _of_outcome(known: Fields, need: str, text: str) -> str:
    """What an outcome added: the words of a script in the language in use."""
    names = (name for name, value in known.form.items() if value == outcomes.ADDED + need)
    named = next((name for name in names if name in known.words), "")
    return values.read(known, named, text) if named else text
