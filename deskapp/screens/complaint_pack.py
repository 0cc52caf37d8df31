"""A complaint as one text to copy from, and the pack for the investigations team."""

from __future__ import annotations

from typing import ClassVar

from deskapp.data.ids import new_id
from deskapp.i18n import N_, _
from deskapp.screens import complaint_desk
from deskapp.screens.base import Entry, saves, says
from deskapp.screens.paper import Paper, PaperScreen
from deskapp.services.complaints import pack, record
from deskapp.services.complaints.pack import Pack

CSV = "csv"


class PackScreen(PaperScreen):
    """All fields of a complaint as one text, to copy from."""

    HEADING: ClassVar[str] = N_("Complaint as a text")
    HELP: ClassVar[str] = N_(
        "The complaint field by field, without what is said of members of staff. F8 writes it to a"
        " file that only you can read, as text or as a table, copies it or prints it."
    )

    def __init__(self, complaint_id: str) -> None:
        super().__init__()
        self.complaint_id = complaint_id
        self._pack: Pack | None = None

    async def paper(self) -> Paper:
        found = await self.desk.store.write(
            record.look, complaint_desk.acting(self.desk), self.complaint_id
        )
        self._pack = pack.of(found)
        return Paper(pack.text(self._pack, whole=self.whole), f"{self._pack.ref}-{self.about}.txt")

    whole: ClassVar[bool] = False
    """Whether it tells what was done as well."""
    about: ClassVar[str] = "optic"
    """What its file is called after the reference."""

    @property
    def ways(self) -> list[Entry]:
        return [Entry("T", _("As a table: a CSV file"), CSV), *super().ways]

    @says
    async def way_chosen(self, way: str | None) -> None:
        """Do what was chosen with the pack."""
        if way == CSV and self._pack:
            name = f"{self._pack.ref}-{self.about}.csv"
            await self.ask_file(Paper(pack.as_csv(self._pack), name))
        else:
            await super().way_chosen(way)


class HandOverScreen(PackScreen):
    """The pack for the investigations team: the complaint, and everything that was done."""

    HEADING: ClassVar[str] = N_("Hand-over pack")
    HELP: ClassVar[str] = N_(
        "Everything that the Customer Investigations Team needs, without what is said of members"
        " of staff. F8 writes it to a file that only you can read, copies it or prints it; only"
        " then can the complaint be handed over. deskapp sends nothing by itself."
    )
    whole: ClassVar[bool] = True
    about: ClassVar[str] = pack.HAND_OVER

    def went_out(self, way: str) -> None:
        self.keep(new_id())

    @saves
    async def keep(self, event_id: str) -> None:
        """Keep in the record that the pack was made."""
        await self.desk.store.write(
            pack.keep, complaint_desk.acting(self.desk), self.complaint_id, self.about, event_id
        )
