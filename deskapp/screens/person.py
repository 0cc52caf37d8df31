"""A person who has been in contact: what must be known first, then every contact they had here."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from deskapp.i18n import N_, _, ngettext, number
from deskapp.screens import contact_list
from deskapp.screens.base import reads
from deskapp.screens.paged import PagedScreen, Rows
from deskapp.screens.person_more import PersonMore
from deskapp.services import kinds
from deskapp.services.enquiries import contact_lines
from deskapp.services.paging import Want
from deskapp.services.persons import person_card
from deskapp.services.persons.person_card import PersonCard
from deskapp.widgets.record_list import RecordList
from deskapp.widgets.told import Told


class PersonScreen(PersonMore, PagedScreen):
    """The history of one person, newest first."""

    HEADING: ClassVar[str] = N_("Person")
    HELP: ClassVar[str] = N_(
        "How the person may be reached and what must be known stand first, then every contact,"
        " newest first; Enter opens one, and a day, such as 3/10, typed in the list goes to it."
        " Contacts of a record that is linked with this one are marked.\n\nCtrl+R records safe"
        " contact, markers and corrections, and links two records of one person or takes that"
        " back."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("record.more", "screen.back")
    OPENS: ClassVar[str] = kinds.CONTACT

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self._person_id = person_id

    def body(self) -> ComposeResult:
        yield Told("", id="person", markup=False)
        yield Told("", id="known", markup=False)
        yield RecordList(
            *contact_list.COLUMNS, empty=N_("No contact is linked to this person."), order="day"
        )

    def on_screen_resume(self) -> None:
        if not self.records.keep_place():
            self.refresh_card()
        else:
            self.show_card()

    async def relabel(self) -> None:
        await super().relabel()
        self.refresh_card()

    async def read_page(self, want: Want, words: str) -> Rows:
        today, own, user = self.desk.clock.today(), self._person_id, self.desk.user
        page = await self.desk.store.read(contact_lines.of_person, want, own, user=user)
        rows = [contact_list.row(line, today, own) for line in page.lines]
        return Rows(rows, page.more, self.card.contacts if self.card else 0)

    async def place_of(self, text: str, words: str) -> Want | None:
        day = contact_list.day_of(text, self.desk.clock.today())
        return contact_lines.until(day) if day else None

    @reads
    async def refresh_card(self) -> None:
        """Show who it is, and their contacts."""
        await self._read_card()
        await self.show_first()
        self.records.focus()

    @reads
    async def show_card(self) -> None:
        """Show what is known of the person again."""
        await self._read_card()

    async def _read_card(self) -> None:
        today, user = self.desk.clock.today(), self.desk.user
        card = await self.desk.store.read(person_card.of, self._person_id, today=today, user=user)
        self.card = card
        self.query_one("#person", Static).update(_who(card))
        self.query_one("#known", Static).update(_known(card))


def _who(card: PersonCard) -> str:
    had = ngettext("{count} contact", "{count} contacts", card.contacts)
    line = card.line
    parts: tuple[str, ...]
    if any(banner.confidential_address for banner in card.banners):
        parts = (line.full_name, _("phone, email and postcode withheld"))
    elif card.number_hidden and line.phone:
        parts = (line.full_name, _("phone withheld"), line.email, line.postcode)
    else:
        parts = (line.full_name, line.phone, line.email, line.postcode)
    return " · ".join((*filter(None, parts), had.format(count=number(card.contacts))))


def _known(card: PersonCard) -> str:
    told = [card.safe.words]
    if card.banners:
        told.insert(0, person_card.banner_words(card.banners))
    if card.linked:
        names = "; ".join(map(person_card.name_and_hint, card.linked))
        told.append(_("Same person: {names}").format(names=names))
    if card.same:
        count = len(card.same)
        text = ngettext(
            "{count} record may be the same person: Ctrl+R L",
            "{count} records may be the same person: Ctrl+R L",
            count,
        )
        told.append(text.format(count=number(count)))
    return "\n".join(told)
