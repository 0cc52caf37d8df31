"""A letter, read before it leaves: in which language, and where to. None sends itself."""

from __future__ import annotations

from typing import ClassVar

from deskapp.i18n import N_, _
from deskapp.screens.base import Entry
from deskapp.screens.paper import Paper, PaperScreen
from deskapp.services.casework import cases, letter_language, letters
from deskapp.services.casework.letters import Offer
from deskapp.services.letters.language import Language

_LANGUAGES = {
    Language.EN: ("E", N_("English")),
    Language.CY: ("W", N_("Welsh")),
    Language.BOTH: ("B", N_("Both languages")),
    Language.UNKNOWN: ("U", N_("Not known: as the rule says")),
}
"""Letter and untranslated name of each."""


class WrittenScreen(PaperScreen):
    """What every desk's letters share: Enter asks for another language."""

    HEADING: ClassVar[str] = N_("Letter")
    KEYS: ClassVar[tuple[str, ...]] = ("report.choose", "form.save", "screen.back")
    WIDE: ClassVar[str] = N_(
        "Enter: another language. F8: into a file, to the clipboard or printer."
    )

    def __init__(self) -> None:
        super().__init__()
        self.language: Language | None = None
        """``None`` until the officer chooses one."""

    async def action_choose(self) -> None:
        """Ask for the language."""
        await self.desk.ask(_("In which language?"), self.choices, self.language_chosen)

    @property
    def choices(self) -> list[Entry]:
        """What can be chosen."""
        return [Entry(key, _(label), each.value) for each, (key, label) in _LANGUAGES.items()]

    def language_chosen(self, answer: str | None) -> None:
        """Show the letter in the language that was chosen."""
        if answer:
            self.language = Language(answer)
            self.load()


class LetterScreen(WrittenScreen):
    """The text of one letter of a case."""

    HELP: ClassVar[str] = N_(
        "This is the letter as it would go out. Read it. Enter asks for the language; at first it"
        " is the one of the last contact with the person, and in Wales both when that is not"
        " known. F8 writes it to a file that only you can read, copies it or prints it. deskapp"
        " sends nothing by itself."
    )

    def __init__(self, case_id: str, offer: Offer) -> None:
        super().__init__()
        self._case_id = case_id
        self._offer = offer

    async def paper(self) -> Paper:
        acting = await self.desk.acting()
        record = await self.desk.store.write(cases.look, acting, self._case_id)
        name, user = self._offer.letter.id, self.desk.user
        language = self.language
        if language is None:
            read = self.desk.store.read
            language = await read(letter_language.wanted, record, name, user=user)
        text = letters.write(
            record,
            name,
            site=user.site,
            today=self.desk.clock.today(),
            language=language,
            item=self._offer.item,
        )
        return Paper(text, letters.file_name(record, name))
