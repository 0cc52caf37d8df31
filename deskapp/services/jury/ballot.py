"""Drawing jurors by lot in a way that anybody can draw again from what is recorded.

A draw is made from a seed and a list of candidates, both kept with the result: the same two give
the same jurors on every machine. Source: jury sheet, section 5.6.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from deskapp.services.jury.attendance import Record
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.rules import Rules
from deskapp.services.jury.stages import Stage, Status

SEED_BYTES = 16


@dataclass(frozen=True)
class Draw:
    """A draw, as it is recorded together with who made it and when."""

    seed: str
    candidates: tuple[str, ...]
    """Juror numbers in text order, each once."""
    drawn: tuple[str, ...]
    """In the order in which they were drawn."""


def new_seed() -> str:
    """A seed that nobody can foresee."""
    return secrets.token_hex(SEED_BYTES)


def can_be_drawn(
    status: Status, record: Record | None, pool: str, pools: Iterable[str] = ()
) -> bool:
    """Whether somebody is responded, checked in here that day and in one of ``pools``, if any.

    ``record`` is that of this court and day.
    """
    chosen = set(pools)
    here = record is not None and record.stage is Stage.CHECKED_IN and not record.on_trial
    return status is Status.RESPONDED and here and (not chosen or pool in chosen)


def draw(candidates: Iterable[str], count: int, seed: str, rules: Rules) -> Draw:
    """``count`` of the candidates by lot; every one of them is as likely as another.

    Each number is placed by the SHA-256 of seed and number, so that the order in which the
    candidates are given has no influence.

    Raises:
        RefusedError: ``WRONG_PANEL_SIZE``, or ``NOT_ENOUGH_JURORS`` with both numbers.
    """
    check_size(count, rules.most_on_panel)
    listed = tuple(sorted(set(candidates)))
    if count > len(listed):
        raise RefusedError(Refusal.NOT_ENOUGH_JURORS, asked=count, there=len(listed))
    order = sorted(listed, key=lambda number: (_lot(seed, number), number))
    return Draw(seed, listed, tuple(order[:count]))


def is_fair(kept: Draw) -> bool:
    """Whether a kept draw comes out again from its own seed and candidates."""
    order = sorted(set(kept.candidates), key=lambda number: (_lot(kept.seed, number), number))
    return tuple(order[: len(kept.drawn)]) == kept.drawn


def check_size(count: int, most: int) -> None:
    """Refuse a panel or jury of no or too many jurors.

    Raises:
        RefusedError: ``WRONG_PANEL_SIZE``.
    """
    if not 1 <= count <= most:
        raise RefusedError(Refusal.WRONG_PANEL_SIZE, least=1, most=most)


def end_trial(on_it: int) -> None:
    """Refuse to end a trial that somebody is still on.

    Raises:
        RefusedError: ``TRIAL_NOT_EMPTY``.
    """
    if on_it:
        raise RefusedError(Refusal.TRIAL_NOT_EMPTY)


def _lot(seed: str, number: str) -> bytes:
    return hashlib.sha256(f"{seed}:{number}".encode()).digest()
