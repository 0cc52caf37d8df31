"""A letter of a case, read before it leaves: in which language, and where to. None sends itself."""

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


class LetterScreen(PaperScreen):
    """The text of one letter."""

    HEADING: ClassVar[str] = N_("Letter")
    HELP: ClassVar[str] = N_(
        "This is the letter as it would go out. Read it. Enter asks for the language; at first it"
        " is the one of the last contact with the person, and in Wales both when that is not"
        " known. F8 writes it to a file that only you can read, copies it or prints it. deskapp"
        " sends nothing by itself."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("report.choose", "form.save", "screen.back")
    WIDE: ClassVar[str] = N_(
        "Enter: another language. F8: into a file, to the clipboard or printer."
    )

    def __init__(self, case_id: str, offer: Offer) -> None:
        super().__init__()
        self._case_id = case_id
        self._offer = offer
        self._language: Language | None = None
        """``None`` until the officer chooses one."""

    async def paper(self) -> Paper:
        acting = await self.desk.acting()
        record = await self.desk.store.write(cases.look, acting, self._case_id)
        name, user = self._offer.letter.id, self.desk.user
        language = self._language
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

    async def action_choose(self) -> None:
        """Ask for the language."""
        entries = [Entry(key, _(label), each.value) for each, (key, label) in _LANGUAGES.items()]
        await self.desk.ask(_("In which language?"), entries, self._chosen)

    def _chosen(self, language: str | None) -> None:
        if language:
            self._language = Language(language)
            self.load()
