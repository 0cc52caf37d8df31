"""Choosing who is the same person: a search, with those who may be the same offered first."""

from __future__ import annotations

from typing import ClassVar

from deskapp.i18n import N_, _
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import saves
from deskapp.screens.paged import Rows
from deskapp.screens.persons import NOBODY
from deskapp.screens.search_screen import SearchScreen
from deskapp.services.paging import Want
from deskapp.services.persons import person_links, persons
from deskapp.widgets.record_list import Column, Row


class LinkScreen(SearchScreen):
    """Enter links the marked person after a reason; nothing is merged."""

    HEADING: ClassVar[str] = N_("Link persons")
    HELP: ClassVar[str] = N_(
        "Type three letters or more of the other record. With an empty box those of the same name"
        " with the same phone number or postcode are offered: check before you link. Enter asks"
        " for the reason. Nothing is merged, so a wrong link is taken back with Ctrl+R U."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("screen.back",)

    HINT: ClassVar[str] = N_("Name, phone or postcode of the other record")
    EMPTY: ClassVar[str] = N_("Nobody of this name has the same phone number or postcode.")
    NO_MATCH: ClassVar[str] = NOBODY
    COLUMNS: ClassVar[tuple[Column, ...]] = (Column(N_("Person")), Column(N_("More")))

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self._person_id = person_id

    def on_mount(self) -> None:
        self.search()

    async def read_page(self, want: Want, words: str) -> Rows:
        store, user = self.desk.store, self.desk.user
        if words:
            lines = await store.read(persons.find, words, user=user, to_link=True)
        else:
            lines = await store.read(persons.may_be_the_same, self._person_id, user=user)
        rows = [
            Row(line.id, (line.full_name or _("not given"), persons.hint(line)))
            for line in lines
            if line.id != self._person_id
        ]
        return Rows(rows)

    async def choose(self, row: Row) -> None:
        other_id = row.key

        def given(reason: str | None) -> None:
            if reason:
                self.link(other_id, reason)

        hint = _("Kept with your name and the time")
        await self.app.push_screen(AskLine(_("Why is it the same person?"), hint), given)

    @saves
    async def link(self, other_id: str, reason: str) -> None:
        """Link the two and go back to the person."""
        await self.desk.store.write(
            person_links.link,
            self._person_id,
            other_id,
            reason,
            now=self.desk.clock.now(),
            user=self.desk.user,
        )
        self.app.notify(_("Linked. Ctrl+R U takes it back."), markup=False)
        self.dismiss()
