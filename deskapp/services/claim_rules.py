"""What the applier must know of the desks whose tables need more than merging field by field.

A desk whose rows hold something that others may want, or whose rows several desks make alike, adds
its rule to ``in_force``.
"""

from __future__ import annotations

from functools import partial

from deskapp.data.claims import Rule, Rules
from deskapp.services.callbacks import diaries, slot_claims
from deskapp.services.dates import Nation
from deskapp.services.interpreters import booking_claims
from deskapp.services.jury import register


def in_force() -> Rules:
    """The rules, with the settings of the computer that merges.

    Raises:
        SettingsError: If a file of the settings folder cannot be used.
    """
    capacity = diaries.of_nation(Nation.ENGLAND_AND_WALES).capacity  # the same in every nation
    return Rules(
        claims=(
            Rule(
                "callback",
                "slot",
                slot_claims.resource,
                partial(slot_claims.excess, capacity=capacity),
            ),
            booking_claims.RULING,
        ),
        registers=(register.rule(),),
    )
