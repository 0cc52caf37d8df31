"""What can be set for the complaints desk: targets, warnings, how long records are kept.

The defaults ship as ``complaints.toml``, each with its mark. Source: complaints sheet, sections 5,
8, 10 and 11.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from deskapp.services import local_files
from deskapp.services.local_files import LocalFile

RULES_FILE = "complaints.toml"
MOST = 1000
"""A larger number is taken for a slip."""


class Targets(NamedTuple):
    """How long answers may take, and when alarms show, in working days."""

    stage1: int
    """First answer, counted from the receipt of the complaint."""
    stage2: int
    """Review, counted from the receipt of the request for it."""
    stage3: int
    """Customer Investigations Team, counted from the receipt of the request for it."""
    acknowledge: int
    """Acknowledgement, counted from the receipt."""
    holding_before: int
    """The holding reply goes out this long before the due date."""
    revise: int
    """A revised date is offered this long after the due date, or after today if that is later."""
    amber: int
    """Amber from this many working days left; red is always the last day."""

    def of_stage(self, number: int) -> int:
        """The target of stage 1, 2 or 3."""
        return (self.stage1, self.stage2, self.stage3)[number - 1]


class Logging(NamedTuple):
    """What is asked and warned of when a complaint is logged."""

    duplicate_days: int
    duplicates_shown: int
    old_months: int
    grace_minutes: int
    optic_ref_digits: int


class Together(NamedTuple):
    """How several people work on one complaint."""

    open_minutes: int
    """So long colleagues are told that somebody opened it."""


class Retention(NamedTuple):
    """How long complaints and forms are kept, and how many go in one step."""

    closed_years: int
    draft_days: int
    discard_days: int
    at_once: int


class Rules(NamedTuple):
    """Everything that can be set."""

    targets: Targets
    logging: Logging
    together: Together
    retention: Retention


@cache
def rules(settings_folder: Path) -> Rules:
    """The rules in force: those of the settings folder, or those that ship.

    Raises:
        SettingsError: If the file cannot be used.
    """
    file = local_files.read(RULES_FILE, settings_folder)
    return Rules(
        targets=_part(file, "targets", Targets),
        logging=_part(file, "logging", Logging),
        together=_part(file, "together", Together),
        retention=_part(file, "retention", Retention),
    )


P = TypeVar("P", Targets, Logging, Together, Retention)


def _part(file: LocalFile, name: str, kind: type[P]) -> P:
    part: Any = file.entries.get(name)
    if not isinstance(part, Mapping):
        raise file.wrong(name)
    for each in kind._fields:
        value = part.get(each)
        if type(value) is not int or not 1 <= value <= MOST:
            raise file.wrong(f"{name}.{each}")
    return kind(**{each: part[each] for each in kind._fields})
