"""That somebody was unhappy, and about what; a complaint is offered, never made by itself.

Source: enquiries sheet, section 1; complaints sheet, sections 1 and 3 (categories, which are data
in ``data/reference/complaint_categories.toml``).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from deskapp import paths
from deskapp.errors import Problem
from deskapp.i18n import _
from deskapp.services import lists, local_files, worded
from deskapp.services.lists import Dissatisfied
from deskapp.services.worded import Items

FILE = "complaint_categories.toml"


def categories() -> Items:
    """What people are dissatisfied about.

    Raises:
        SettingsError: If the file of the settings folder cannot be used.
    """
    return _categories(paths.settings_folder())


@cache
def _categories(settings_folder: Path) -> Items:
    file = local_files.read(FILE, settings_folder)
    try:
        return worded.items(file.entries)
    except (KeyError, TypeError) as error:
        raise file.wrong("item") from error


def problems(dissatisfied: str, about: str) -> list[Problem]:
    """What is missing: somebody was dissatisfied, but about what."""
    if felt(dissatisfied) and about not in categories():
        return [Problem("dissatisfied_about", _("Select what the person was dissatisfied about"))]
    return []


def felt(dissatisfied: str) -> bool:
    """Whether somebody was dissatisfied at all."""
    return dissatisfied not in ("", Dissatisfied.NONE)


def words(dissatisfied: str, about: str) -> str:
    """How and about what somebody was dissatisfied, as people read it; empty when they were not."""
    if not felt(dissatisfied):
        return ""
    known = dissatisfied in frozenset(Dissatisfied)
    label = lists.by_code(Dissatisfied, dissatisfied).label if known else dissatisfied
    return ": ".join(filter(None, (label, categories().label(about) if about else "")))
