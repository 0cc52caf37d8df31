"""Finds what the application is made of, so that nothing new escapes a standing test."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import Any

from textual.screen import ModalScreen

import deskapp.screens
import deskapp.widgets
from deskapp.screens.article_verdict import Verdict
from deskapp.screens.asking import Asking
from deskapp.screens.base import DeskScreen, RecordScreen
from deskapp.screens.beside import Beside
from deskapp.screens.booking_about import AboutBooking
from deskapp.screens.booking_blocked import Blocked
from deskapp.screens.booking_moves import BookingMoves
from deskapp.screens.case_around import CaseAround
from deskapp.screens.complaint_around import LoggingAround
from deskapp.screens.complaint_more import LoggingMore
from deskapp.screens.complaint_moves import Moves
from deskapp.screens.contact_checks import Checks
from deskapp.screens.contact_ending import Ending
from deskapp.screens.contact_more import RecordMore
from deskapp.screens.contact_script import ScriptedContact
from deskapp.screens.contact_texts import ContactTexts
from deskapp.screens.dialog import Dialog
from deskapp.screens.form_screen import FormScreen
from deskapp.screens.jury_desk import JuryScreen
from deskapp.screens.letter import WrittenScreen
from deskapp.screens.letter_keys import LetterKeys
from deskapp.screens.lettered import LetteredRecord
from deskapp.screens.page_screen import PageScreen
from deskapp.screens.paged import PagedScreen
from deskapp.screens.paper import PaperScreen
from deskapp.screens.person_more import PersonMore
from deskapp.screens.report_screen import ReportScreen
from deskapp.screens.script_view import ScriptView
from deskapp.screens.search_screen import SearchScreen
from deskapp.screens.worklists import Worklists

MADE_FROM = (
    DeskScreen,
    RecordScreen,
    FormScreen,
    PaperScreen,
    ReportScreen,
    PagedScreen,
    SearchScreen,
    CaseAround,
    Checks,
    RecordMore,
    Ending,
    ContactTexts,
    PersonMore,
    Dialog,
    Beside,
    Verdict,
    ScriptedContact,
    ScriptView,
    Asking,
    LoggingAround,
    LoggingMore,
    Moves,
    Worklists,
    WrittenScreen,
    JuryScreen,
    PageScreen,
    LetterKeys,
    LetteredRecord,
    BookingMoves,
    AboutBooking,
    Blocked,
)


def classes(base: type) -> list[Any]:
    """Every subclass of ``base`` in the modules of screens and widgets."""
    found = []
    for package in (deskapp.screens, deskapp.widgets):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            held = vars(importlib.import_module(module.name)).values()
            found += [
                each
                for each in held
                if inspect.isclass(each)
                and issubclass(each, base)
                and each.__module__ == module.name
            ]
    return found


def desk_screens() -> list[type[DeskScreen[Any]]]:
    """Every whole screen; those that only others are made from are left out."""
    return [screen for screen in classes(DeskScreen) if screen not in MADE_FROM]


def screen_names() -> set[str]:
    """Names of every screen and dialog."""
    dialogs = [dialog for dialog in classes(ModalScreen) if dialog not in MADE_FROM]
    return {screen.__name__ for screen in (*desk_screens(), *dialogs)}
