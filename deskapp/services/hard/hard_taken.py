"""What a guided script found out, handed on to the urgent record that follows it.

Source: enquiries sheet, section 11; knowledge sheet, section 4 (fields that scripts fill).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from deskapp.services.hard.hard import Asked, Form


def taken(chosen: Form, fields: Sequence[Asked], contact: Mapping[str, str]) -> dict[str, str]:
    """What a form begins with; what no script found out, or fits no option, is left out.

    Args:
        chosen: The form.
        fields: What it asks, as ``hard.asked`` gives it.
        contact: Values of the open contact.
    """
    if not chosen.taken:
        return {}
    options = {each.name: {code for code, _label in each.options} for each in fields}
    found = {name: _found(source, contact) for name, source in chosen.taken.items()}
    return {
        name: text
        for name, text in found.items()
        if text and (not options[name] or text in options[name])
    }


def _found(source: Mapping[str, Any], contact: Mapping[str, str]) -> str:
    """What the contact holds of the fields of scripts that a source names."""
    from deskapp.services.knowledge import filling, library, values

    known = library.shipped_fields()
    texts = {name: contact.get(filling.target(known, name), "").strip() for name in source["of"]}
    said = [values.code(known, name, text) for name, text in texts.items() if text]
    if "is" in source:
        said = [source["is"][each] for each in said if each in source["is"]]
    return "\n".join(said)
