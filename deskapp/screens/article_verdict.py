"""F9 on an article: it helped, it did not and why, something in it is wrong, a notice was read."""

from __future__ import annotations

from deskapp.data.ids import new_id
from deskapp.i18n import N_, _, language
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import DeskScreen, Entry, saves, says
from deskapp.services.knowledge import flags, notices, uses
from deskapp.services.knowledge.content import Article
from deskapp.services.knowledge.flags import Flagged, FlagKind
from deskapp.services.knowledge.uses import Use

LETTERS = {
    FlagKind.WRONG: "W",
    FlagKind.OUT_OF_DATE: "O",
    FlagKind.UNCLEAR: "N",
    FlagKind.MISSING: "M",
    FlagKind.WELSH: "C",
    FlagKind.OTHER: "X",
}
USED, NOTE, READ = "used", "note", "read"
KEPT = N_("Kept for those who write the article.")


class Verdict(DeskScreen[None]):
    """A screen of an article that takes what officers think of it."""

    article: Article | None = None
    """The one on the screen; None until it was read."""
    unread: bool = False
    """Whether it is a notice that the officer has not said to have read."""

    async def action_helped(self) -> None:
        """Ask whether it helped."""
        reasons = [
            Entry(LETTERS[kind], _("Did not help: {why}").format(why=_(label)), kind)
            for kind, label in flags.LABELS.items()
        ]
        note = Entry("F", _("Flag it with a note: wrong or unclear"), NOTE)
        entries = [Entry("U", _("Used: it helped"), USED), *reasons, note]
        if self.unread:
            entries.insert(0, Entry("R", _("I have read this notice"), READ))
        await self.desk.ask(_("Did it help?"), entries, self._answered)

    @says
    async def _answered(self, answer: str | None) -> None:
        if self.article is None or not answer:
            return
        if answer == READ:
            self.have_read(self.article.id)
            return
        if answer == NOTE:
            hint = _("No names, no numbers of anybody: those who write the article read it.")
            await self.app.push_screen(AskLine(_("What is wrong or unclear?"), hint), self._noted)
            return
        use = Use.USED if answer == USED else Use.UNHELPED
        today = self.desk.clock.today()
        await self.desk.store.jot(uses.count, self.article.id, use, today=today)
        if answer == USED:
            self.notify(_("Counted: it helped."), markup=False)
        else:
            self.flag(FlagKind(answer), "")

    def _noted(self, note: str | None) -> None:
        if note:
            self.flag(FlagKind.WRONG, note)

    @saves
    async def have_read(self, item_id: str) -> None:
        """Keep that the notice on the screen was read, and go back to where it was opened."""
        now, user = self.desk.clock.now(), self.desk.user
        await self.desk.store.write(notices.have_read, item_id, now=now, user=user)
        self.notify(_("Kept: you have read this notice."), markup=False)
        self.dismiss()

    @saves
    async def flag(self, kind: FlagKind, note: str) -> None:
        """Keep what is wrong with the version on the screen."""
        if self.article is None:
            return
        about = Flagged(self.article.id, self.article.version, kind, language())
        now, user = self.desk.clock.now(), self.desk.user
        await self.desk.store.write(flags.flag, new_id(), about, note, now=now, user=user)
        self.notify(_(KEPT), markup=False)
