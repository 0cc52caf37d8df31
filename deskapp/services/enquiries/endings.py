"""How a contact probably ends, seen from what was recorded of it.

Source: enquiries sheet, sections 1 (dissatisfied) and 4 (failed checks, third parties).
"""

from __future__ import annotations

from collections.abc import Mapping

from deskapp.services.enquiries import disclosure, dissatisfaction, outcomes, third_party

UNCONFIRMED, UNAUTHORISED, COMPLAINT = "NOID", "NAUT", "CPL"


def suggested(values: Mapping[str, str]) -> set[str]:
    """Codes of the outcomes that follow from the values of a form; officers choose all the same."""
    follows = {
        UNCONFIRMED: disclosure.unconfirmed(disclosure.read(values.get("checked", ""))),
        UNAUTHORISED: not third_party.authorised(values.get("authority", "")),
        COMPLAINT: dissatisfaction.felt(values.get("dissatisfied", "")),
    }
    return {code for code, is_so in follows.items() if is_so}


def first_added(code: str, values: Mapping[str, str]) -> dict[str, str]:
    """What an outcome must add and the form knows already."""
    if code == UNCONFIRMED:
        tried = disclosure.asked(disclosure.read(values.get("checked", "")))
        return {f"{outcomes.ADDED}tried": tried}
    return {}


def duplicate_of(ref: str) -> dict[str, str]:
    """The values of a contact that was typed twice."""
    return {"outcome": outcomes.DUPLICATE, f"{outcomes.ADDED}survivor": ref}
