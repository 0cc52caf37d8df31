"""A letter or email of a complaint, read before it leaves; that it was made stays in the record."""

from __future__ import annotations

from typing import ClassVar

from textual.widgets import Static

from deskapp import paths
from deskapp.data.ids import new_id
from deskapp.i18n import N_, _
from deskapp.screens import complaint_desk
from deskapp.screens.base import Entry, saves
from deskapp.screens.letter import WrittenScreen
from deskapp.screens.paper import Paper
from deskapp.services.complaints import letters
from deskapp.services.complaints.letter_kinds import LETTERS, WAY_LABELS, Way

_WAY_KEYS = {Way.POST: "P", Way.EMAIL: "M"}


class ComplaintLetterScreen(WrittenScreen):
    """The text of one letter of a complaint."""

    HELP: ClassVar[str] = N_(
        "This is the letter as it would go out. Read it, and what stands above it in capitals."
        " Enter asks for the language, and whether it is a letter or an email. At first it is in"
        " the language that the person asked for, in Wales in both when that is not known.\n\nF8"
        " writes it to a file that only you can read, copies it or prints it. deskapp sends"
        " nothing by itself. A withheld address is never printed."
    )
    WIDE: ClassVar[str] = N_("Enter: language, letter or email. F8: file, clipboard or printer.")

    def __init__(self, complaint_id: str, letter_id: str) -> None:
        super().__init__()
        self._complaint_id = complaint_id
        self._letter = next(each for each in LETTERS if each.id == letter_id)
        self._way: Way | None = None
        """``None`` until the officer chooses one."""
        self._shown_way = Way.POST

    async def paper(self) -> Paper:
        acting = complaint_desk.acting(self.desk)
        writing = await self.desk.store.read(letters.look, acting, self._complaint_id)
        self._shown_way = way = self._way or writing.usual_way
        text = letters.write(
            writing,
            self._letter.id,
            way=way,
            acting=acting,
            settings_folder=paths.settings_folder(),
            language=self.language,
        )
        told = [_(self.WIDE), *letters.warnings(writing, way)]
        self.query_one("#reading", Static).update("\n".join(told))
        return Paper(text, letters.file_name(writing, self._letter))

    @property
    def choices(self) -> list[Entry]:
        ways = [Entry(_WAY_KEYS[way], _(label), way.value) for way, label in WAY_LABELS.items()]
        return [*super().choices, *ways]

    def language_chosen(self, answer: str | None) -> None:
        """Show the letter in the language or the way that was chosen."""
        if answer in list(Way):
            self._way = Way(answer)
            self.load()
        else:
            super().language_chosen(answer)

    def went_out(self, way: str) -> None:
        self.keep(new_id())

    @saves
    async def keep(self, event_id: str) -> None:
        """Keep in the record that the letter was made."""
        await self.desk.store.write(
            letters.keep,
            complaint_desk.acting(self.desk),
            self._complaint_id,
            self._letter.id,
            self._shown_way,
            event_id,
        )
