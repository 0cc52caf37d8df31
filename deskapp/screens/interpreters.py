"""The interpreter desk: what must be done about bookings, and one box that finds a booking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from deskapp.clock import stamp
from deskapp.i18n import N_, _
from deskapp.roles import Act, may
from deskapp.screens import booking_list, booking_start, interpreter_desk, places
from deskapp.screens.base import Entry, says
from deskapp.screens.paged import Rows
from deskapp.screens.worklists import Worklists
from deskapp.services import kinds, typed
from deskapp.services.interpreters import finding, worklists
from deskapp.services.interpreters.wall import ONE_DAY, start_of
from deskapp.services.interpreters.worklists import Which
from deskapp.services.paging import PAGE_ROWS, Want
from deskapp.widgets.record_list import Column, Order

NONE = {
    Which.TODAY: N_("Nobody is booked today. Ctrl+R shows another list, Ctrl+N books."),
    Which.TO_SEND: N_("No draft waits to be sent."),
    Which.ASKED: N_("For every request somebody is named."),
    Which.UNCONFIRMED: N_("Everybody who is named is confirmed."),
    Which.UNFILLED: N_("No request is unfilled."),
    Which.CONFLICTS: N_("Nobody is booked twice."),
    Which.UNSIGNED: N_("Every timesheet is signed."),
    Which.REMOVED: N_("No booking hangs on a hearing that is gone."),
}
"""What is said of an empty list; of the others ``EMPTY_LIST``."""
EMPTY_LIST = N_("There are no such bookings. Ctrl+R shows another list, Ctrl+N books.")
HERE, REGISTER, FIGURES, CALENDAR = "here", "register", "figures", "calendar"
SCREENS = {
    HERE: "interpreters_here.HereScreen",
    REGISTER: "interpreter_register.RegisterScreen",
    FIGURES: "interpreter_reports.InterpreterReportsScreen",
    CALENDAR: "interpreter_calendar.CalendarScreen",
}
"""Answers that lead to another screen."""
OF_ONE_DAY = frozenset({Which.TODAY, Which.TOMORROW})
"""Lists in which one cannot go to a day."""


class InterpretersScreen(Worklists):
    """Bookings, the earliest first; the lists that are worked off stand beside today's."""

    HEADING: ClassVar[str] = N_("Interpreters")
    HELP: ClassVar[str] = N_(
        "Bookings of interpreters, intermediaries and communication support. Left and Right go to"
        " another list: today; drafts to send; requests for which nobody is named; named and not"
        " confirmed; what the supplier cannot fill; booked twice; timesheets to sign. What is"
        " urgent says so in words: TODAY, TOMORROW, NOT CONFIRMED. Ctrl+R leads to every list, to"
        " who is here and free now, to the register of interpreters, the figures and the calendar"
        " file.\n\nType in the box to find a booking by its reference, that of the supplier or the"
        " case number; Enter opens. In a list of several days, type a day, such as 30/11, to go"
        " there. Ctrl+N books."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("list.pick", "booking.new", "screen.back")
    LISTS: ClassVar[Mapping[str, tuple[str, str]]] = {
        Which.TODAY: ("T", N_("Today")),
        Which.TO_SEND: ("S", N_("To send")),
        Which.ASKED: ("A", N_("Asked")),
        Which.UNCONFIRMED: ("N", N_("Unconfirmed")),
        Which.UNFILLED: ("U", N_("Unfilled")),
        Which.CONFLICTS: ("K", N_("Twice")),
        Which.UNSIGNED: ("G", N_("Unsigned")),
    }
    ASIDE: ClassVar[Mapping[str, tuple[str, str]]] = {
        Which.TOMORROW: ("M", N_("Tomorrow")),
        Which.REMOVED: ("R", N_("The hearing is no longer listed")),
        Which.COMING: ("C", N_("All to come")),
        Which.PAST: ("P", N_("All that were")),
    }
    HINT: ClassVar[str] = N_("Reference of ours or of the supplier, or case number")
    EMPTY: ClassVar[str] = N_("The bookings are being read.")
    COLUMNS: ClassVar[tuple[Column, ...]] = booking_list.COLUMNS
    ORDER: ClassVar[Order] = "day"
    OPENS: ClassVar[str] = kinds.BOOKING

    def on_screen_resume(self) -> None:
        self.desk.store.warm()
        if not self.records.keep_place():
            self.search()

    # -- which list -----------------------------------------------------------------------

    def more_entries(self) -> list[Entry]:
        """What else the desk has."""
        found = [
            Entry("H", _("Who is here, and free now"), HERE),
            Entry("I", _("Register of interpreters"), REGISTER),
        ]
        if may(self.desk.user, Act.READ_REPORTS):
            found.append(Entry("F", _("Figures of bookings"), FIGURES))
        return [*found, Entry("L", _("Calendar file of the coming bookings"), CALENDAR)]

    @says
    async def list_answered(self, answer: str | None) -> None:
        if answer in SCREENS:
            await self.app.push_screen(places.screen(SCREENS[answer]))
        else:
            await super().list_answered(answer)

    # -- what is in it --------------------------------------------------------------------

    async def read_page(self, want: Want, words: str) -> Rows:
        asked, which = self.subject, Which(self.list_name)
        acting = await interpreter_desk.acting_first(self.desk)
        read = self.desk.store.read
        if words:
            found = await read(finding.find, words, user=self.desk.user, limit_rows=PAGE_ROWS)
            shown, more = found, False
        else:
            shown, more = await read(worklists.page, want, acting, which)
        if asked == self.subject:
            self.say_lists(_("Every booking with this reference or case") if words else "")
            self.records.empty_text = self.NO_MATCH if words else NONE.get(which, EMPTY_LIST)
        return Rows([booking_list.row(line, acting) for line in shown], more)

    async def place_of(self, text: str, words: str) -> Want | None:
        if words or Which(self.list_name) in OF_ONE_DAY:
            return None
        try:
            day = typed.day(text, today=self.desk.clock.today())
        except typed.NotUnderstoodError:
            return None
        # The latest come first in the list of what was.
        first = day + ONE_DAY if self.list_name == Which.PAST else day
        return Want((stamp(start_of(first)), ""))

    @says
    async def action_new_booking(self) -> None:
        """Show the form of a booking, or take up the one begun before."""
        await booking_start.begin(self.desk)
