"""Claims of jurors: what is to be entered, submitted and approved, the oldest day first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from deskapp import paths
from deskapp.i18n import N_, _, day, number
from deskapp.roles import Act, may
from deskapp.screens import jury_desk, records
from deskapp.screens.paged import Rows
from deskapp.screens.worklists import Worklists
from deskapp.services.jury import claim_lists, claim_state, money, searching
from deskapp.services.jury.claim_lists import ClaimLine, Which
from deskapp.services.paging import Page, Want
from deskapp.widgets.record_list import Column, Row

NONE = {
    Which.DRAFT: N_("Every confirmed day was submitted."),
    Which.SUBMITTED: N_("Nothing waits for approval."),
    Which.EDITED: N_("Nothing was changed after it was approved."),
    Which.APPROVED: N_("Nothing was approved yet."),
}


class JuryExpensesScreen(Worklists):
    """Jurors with claims; who may approve begins with what waits for that."""

    HEADING: ClassVar[str] = N_("Juror expenses")
    HELP: ClassVar[str] = N_(
        "Jurors with days that are confirmed, each once, the oldest day first. A day gets its claim"
        " when it is confirmed. Left and Right go to another list: to enter and submit, to approve,"
        " changed after approval, approved. Enter shows every day of a juror: there it is entered,"
        " submitted and approved. Type a juror number or a name in the box to find anybody's claim."
        "\n\nWhat was entered or submitted by one person is approved by another, a manager, up to"
        " their limit."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("list.pick", "screen.back")
    LISTS: ClassVar[Mapping[str, tuple[str, str]]] = {
        Which.DRAFT: ("S", N_("To submit")),
        Which.SUBMITTED: ("A", N_("To approve")),
        Which.EDITED: ("C", N_("Changed")),
        Which.APPROVED: ("P", N_("Approved")),
    }
    HINT: ClassVar[str] = N_("Juror number or name")
    EMPTY: ClassVar[str] = N_("The claims are being read.")
    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column(N_("Juror"), 9),
        Column(N_("Name")),
        Column(N_("Pool"), 9),
        Column(N_("Days"), 7),
        Column(N_("Oldest"), 12),
        Column(N_("To pay"), 11),
    )
    OPENS: ClassVar[str] = records.CLAIM

    def on_mount(self) -> None:
        if may(self.desk.user, Act.APPROVE_JURY_EXPENSES):
            self.list_name = Which.SUBMITTED

    def on_screen_resume(self) -> None:
        self.desk.store.warm()
        if not self.records.keep_place():
            self.search()

    async def read_page(self, want: Want, words: str) -> Rows:
        asked, which = self.subject, Which(self.list_name)
        who = await jury_desk.acting_first(self.desk)
        basis, read = claim_state.basis(paths.settings_folder()), self.desk.store.read
        if words:
            found = await read(searching.find, want, who, words)
            each = [await read(claim_lists.of_juror, who, basis, one.number) for one in found.lines]
            page = Page([line for line in each if line], found.more)
        else:
            page = await read(claim_lists.page, want, who, basis, which)
        if asked == self.subject:
            self.say_lists(_("Claims of the jurors with these words") if words else "")
            self.records.empty_text = self.NO_MATCH if words else NONE[which]
        return Rows([_row(line) for line in page.lines], page.more)


def _row(line: ClaimLine) -> Row:
    cells = (
        line.juror,
        line.name,
        line.pool,
        number(line.count),
        day(line.oldest),
        money.shown(line.amount),
    )
    return Row(line.juror, cells, line.place)
