"""What is around a case: its family, its letters, its officer, and what it belongs to."""

from __future__ import annotations

from deskapp.i18n import _
from deskapp.roles import Act, may
from deskapp.screens import case_page
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import Entry, saves, says
from deskapp.screens.lettered import LetteredRecord
from deskapp.screens.pick import Line, Pick
from deskapp.services import kinds, link_lines, links
from deskapp.services.casework import case_lists, letters, managing
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_record import CaseRecord
from deskapp.services.casework.words import shown
from deskapp.services.link_lines import LinkLine
from deskapp.services.links import Link

NEW = "new"
GO, PART = "go", "part"


class CaseAround(LetteredRecord):
    """A case whose record was read into ``_shown``, and its links into ``_linked``."""

    def __init__(self, case_id: str, begin: str = "") -> None:
        super().__init__(case_id)
        self._shown: tuple[CaseRecord, Acting] | None = None
        self._linked: list[LinkLine] = []

    async def _pick(self, question: str, lines: list[Line]) -> None:
        """Let one of several be picked; a single one needs no question."""
        if len(lines) == 1:
            await self._answered(lines[0].value)
        else:
            await self.app.push_screen(Pick(question, lines), self._answered)

    # -- family, letters, colleagues ------------------------------------------------------

    async def _pick_kin(self, record: CaseRecord, acting: Acting) -> None:
        """Go to a case of the family; a single one needs no question."""
        kin = [*filter(None, [record.parent]), *record.children]
        lines = [Line(line.id, case_page.kin_words(line, acting)) for line in kin]

        def picked(case_id: str | None) -> None:
            if case_id:
                self._show_kin(case_id)

        if len(kin) == 1:
            self._show_kin(kin[0].id)
        else:
            await self.app.push_screen(Pick(_("Which case?"), lines), picked)

    def _show_kin(self, case_id: str, begin: str = "") -> None:
        def back(_nothing: None) -> None:
            self.load()  # what was done there can change what may be done here

        self.app.push_screen(type(self)(case_id, begin), back)

    async def _pick_letter(self, record: CaseRecord) -> None:
        """Ask which of the letters that fit now; one is shown before it goes anywhere."""
        offers = letters.offered(record)
        if not offers:
            self.notify(_("No letter fits where the case stands now."), markup=False)
            return
        titles = {each.item.name: case_page.dated_title(record, each) for each in record.items}
        lines = []
        for at, (letter, item) in enumerate(offers):
            about = titles[item] if item else ""
            lines.append(Line(f"{at}", ": ".join(filter(None, (shown(letter.label), about)))))

        async def picked(at: str | None) -> None:
            if at:
                from deskapp.screens.letter import LetterScreen

                await self.app.push_screen(LetterScreen(self.record_id, offers[int(at)]))

        await self.app.push_screen(Pick(_("Which letter?"), lines), picked)

    @says
    async def _pick_officer(self) -> None:
        officers = await self.desk.store.read(case_lists.officers, user=self.desk.user)

        def picked(officer_id: str | None) -> None:
            if officer_id:
                self.give(officer_id)

        lines = [Line(officer_id, name) for officer_id, name in officers]
        await self.app.push_screen(Pick(_("Who looks after it from now on?"), lines), picked)

    @saves
    async def give(self, officer_id: str) -> None:
        """Let another officer look after the case."""
        acting = await self.desk.acting()
        await self.desk.store.write(managing.assign, acting, self.record_id, officer_id)
        self.load()

    # -- what it belongs to ---------------------------------------------------------------

    @property
    def _as_end(self) -> Link:
        return Link(kinds.CASE, self.record_id)

    async def read_links(self, acting: Acting) -> list[LinkLine]:
        """What the case belongs together with, for whoever may read contacts."""
        if not may(acting.user, Act.READ_CONTACTS):
            return []
        return await self.desk.store.read(link_lines.lines, acting, self._as_end)

    async def _pick_linked(self) -> None:
        """Go to what the case belongs to, or link it with more."""
        lines = [
            Line(f"{at}", link_lines.words(each))
            for at, each in enumerate(self._linked)
            if each.link.id
        ]
        if not lines:
            await self._ask_new()
            return
        lines.append(Line(NEW, _("Link it with another record")))
        await self.app.push_screen(Pick(_("Which one?"), lines), self._linked_picked)

    async def _linked_picked(self, answer: str | None) -> None:
        if answer == NEW:
            await self._ask_new()
        elif answer:
            line = self._linked[int(answer)]
            entries = [
                Entry("G", _("Go there"), GO),
                Entry("P", _("It does not belong to this case"), PART),
            ]

            async def chosen(what: str | None) -> None:
                if what == GO:
                    self.desk.open(*line.link)
                elif what == PART:
                    await self._ask_why(line.link)

            await self.desk.ask(link_lines.words(line), entries, chosen)

    async def _ask_why(self, other: Link) -> None:
        def said(reason: str | None) -> None:
            if reason is not None:
                self.part(other, reason)

        hint = _("The history keeps both: that they were linked, and why no more.")
        await self.app.push_screen(AskLine(_("Why do they not belong together?"), hint), said)

    async def _ask_new(self) -> None:
        hint = _("A reference, the case number of a hearing, or the name of a person")
        await self.app.push_screen(AskLine(_("What does it belong to?"), hint), self._end_typed)

    @says
    async def _end_typed(self, text: str | None) -> None:
        if not text or not self._shown:
            return
        acting = self._shown[1]
        found = await self.desk.store.read(link_lines.candidates, acting, text, but=self._as_end)
        if not found:
            told = _("Nothing on this desk is called so. Check each letter.")
            self.notify(told, severity="warning", markup=False)
            return
        lines = [Line(f"{at}", link_lines.words(each)) for at, each in enumerate(found)]

        def picked(at: str | None) -> None:
            if at:
                self.join(found[int(at)].link)

        await self.app.push_screen(Pick(_("Which one does it belong to?"), lines), picked)

    @saves
    async def join(self, other: Link) -> None:
        """Keep that the case belongs to another record."""
        acting = await self.desk.acting()
        await self.desk.store.write(
            links.link, *self._as_end, *other, user=acting.user, now=acting.now
        )
        self.notify(_("They belong together now."), markup=False)
        self.load()

    @saves
    async def part(self, other: Link, reason: str) -> None:
        """Keep that the case does not belong to another record."""
        acting = await self.desk.acting()
        await self.desk.store.write(
            links.unlink, self._as_end, other, reason=reason, user=acting.user, now=acting.now
        )
        self.notify(_("They no longer belong together."), markup=False)
        self.load()
