"""An article to read, copy from and put into a form; the contact on the screen remembers it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.timer import Timer
from textual.widgets import Input

from deskapp.errors import DeskError
from deskapp.i18n import LANGUAGES, N_, _, language
from deskapp.keys import HELP_SIGN
from deskapp.screens import article_parts, looking_up
from deskapp.screens.article_verdict import Verdict
from deskapp.screens.base import reads, says
from deskapp.screens.beside import Beside
from deskapp.screens.contact_texts import PlainText
from deskapp.screens.pick import Pick
from deskapp.screens.search_screen import SearchScreen
from deskapp.services.knowledge import marks, notices
from deskapp.services.knowledge.content import LOCAL, Article, Library
from deskapp.services.knowledge.uses import Use
from deskapp.widgets.article_view import ArticleView
from deskapp.widgets.editors import LineEditor
from deskapp.widgets.hand_over import hand_over
from deskapp.widgets.told import Told

READ_SECONDS = 5
"""An article that was open so long is listed with the contact (enquiries sheet, section 2)."""
OPEN, HEADING, COPY, ALONE, PIN = "open", "heading", "copy", "alone", "pin"


class ArticleScreen(Beside, Verdict):
    """One article; beside the form on a wide terminal."""

    HEADING: ClassVar[str] = N_("Article")
    HELP: ClassVar[str] = N_(
        "Read out what stands under In short. Enter copies the reply, Insert puts it into what"
        " was said; what stands in square brackets must be filled in. What is marked"
        " for staff is never read out and never copied.\n\nTab goes to the next heading. Type to"
        " find words in the article, Enter goes to the next place. F12 shows the same place in the"
        " other language. Ctrl+R lists headings, related articles and scripts, copies in the"
        " language you choose or in both, and pins the article: it stands in the empty box of"
        " Find from then on. F8 shows what may be handed over: into a file or to the"
        " printer. F9 says whether it helped, or what is wrong with it, and of a notice to staff"
        " that you have read it. F3 goes back to Find.\n\n"
        "Articles that you read for five seconds, copy or put in are listed with the contact."
    )
    KEYS: ClassVar[tuple[str, ...]] = (
        "article.copy",
        "find.put_in",
        "article.heading",
        "article.heading_back",
        "article.helped",
        "record.more",
        "form.save",
        "screen.back",
    )
    LEFT_TO_HELP: ClassVar[tuple[str, ...]] = ("app.go", "desk.new", "app.find", "form.save")
    AUTO_FOCUS: ClassVar[str] = "ArticleView"
    DEFAULT_CSS: ClassVar[str] = """
    ArticleScreen #title { text-style: bold; }
    ArticleScreen #title, ArticleScreen #review { height: auto; }
    ArticleScreen #within { height: 1; display: none; }
    ArticleScreen #within.-open { display: block; }
    """

    def __init__(self, article_id: str) -> None:
        super().__init__()
        self._article_id = article_id
        self._library = Library()
        self.article: Article | None = None
        self._reading: Timer | None = None

    def body(self) -> ComposeResult:
        yield Told("", id="title", markup=False)
        yield Told("", id="review", markup=False)
        yield ArticleView()
        box = LineEditor(id="within", placeholder=_("Find in this article"), compact=True)
        box.cursor_blink = False
        yield box

    def on_mount(self) -> None:
        self.load()

    async def relabel(self) -> None:
        at = self._view.at
        await super().relabel()
        self.load(at)

    @property
    def _view(self) -> ArticleView:
        return self.query_one(ArticleView)

    @reads
    async def load(self, at: int = 0) -> None:
        """Show the article in the language of the screen, from a section on."""
        shelf = await looking_up.shelf_of(self.desk)
        self._library = shelf.library
        self.article = article = article_parts.found(shelf.library, self._article_id)
        today = self.desk.clock.today()
        fill = article_parts.filler(shelf.library, on=self.desk.settings.facts_on(today))
        self.query_one("#title", Told).update(article.title(language()))
        self.unread = await self._is_unread(article)
        review = article_parts.review(article, today, fill, unread=self.unread)
        self.query_one("#review", Told).update(review)
        await self._view.show(article_parts.pieces(article, fill), at=at)
        self._view.focus()
        if self._reading is None:
            self._reading = self.set_timer(READ_SECONDS, self.was_read)

    async def _is_unread(self, article: Article) -> bool:
        if not (article.local and article.staff):
            return False
        name, user = article.id.removeprefix(LOCAL), self.desk.user
        return bool(await self.desk.store.read(notices.unread, user=user, item=name))

    def not_read(self, error: DeskError) -> None:
        super().not_read(error)
        self.dismiss()

    async def was_read(self) -> None:
        """List the article with the contact; the timer ends with the screen."""
        if self.article is not None:
            await looking_up.note(self.desk, self.article, Use.OPENED)

    # -- moving ---------------------------------------------------------------------------

    def action_heading(self, by: int) -> None:
        """Go to the next heading, or to the one before."""
        self._view.jump(self._view.at + by)

    def find_here(self) -> bool:
        """F3: back into the box of Find, where the article was found by it."""
        below = self.app.screen_stack[-2]
        if isinstance(below, SearchScreen):
            self.dismiss()
            return below.find_here()
        return False

    def on_key(self, event: events.Key) -> None:
        """What is typed is looked for in the article."""
        if event.is_printable and event.key not in ("space", HELP_SIGN) and not self._box.has_focus:
            self._box.add_class("-open")
            hand_over(event, self._box)

    def on_paste(self, event: events.Paste) -> None:
        """So is what is pasted."""
        if not self._box.has_focus:
            self._box.add_class("-open")
            hand_over(event, self._box)

    @property
    def _box(self) -> Input:
        return self.query_one("#within", Input)

    @on(Input.Changed, "#within")
    def _typed(self, event: Input.Changed) -> None:
        self._view.seek(event.value.strip())

    @on(Input.Submitted, "#within")
    def _entered(self, event: Input.Submitted) -> None:
        if not self._view.seek(event.value.strip(), further=True):
            self.notify(_("These words are not in the article."), markup=False)

    async def action_back(self) -> None:
        """Out of the box first, then out of the article."""
        if self._box.has_class("-open"):
            self._box.value = ""
            self._box.remove_class("-open")
            self._view.focus()
        else:
            self.dismiss()

    # -- the reply ------------------------------------------------------------------------

    @says
    async def action_copy(self) -> None:
        """Copy the reply in the language of the service."""
        await self._copy([looking_up.spoken(self.desk)], alone=not self.desk.profile.modern)

    async def _copy(self, languages: Sequence[str], *, alone: bool) -> None:
        if self.article is None:
            return
        reply = await looking_up.reply_of(self.desk, self.article, languages)
        await looking_up.note(self.desk, self.article, Use.COPIED)
        if alone:
            await self.app.push_screen(PlainText(reply.text))
            return
        self.app.copy_to_clipboard(reply.text)
        told = _("Copied. If nothing arrives, this terminal forbids it: Ctrl+R, Show the reply.")
        self.notify(" ".join(filter(None, (reply.told, told))), markup=False)

    @says
    async def action_put_in(self) -> None:
        """Put the reply into the form that was open, and go back there."""
        if self.article is not None:
            await looking_up.put_in(self.desk, self.article)

    # -- more -----------------------------------------------------------------------------

    @says
    async def action_more(self) -> None:
        """List what goes with the article, ways to copy, the pin and its headings."""
        if self.article is not None:
            pinned = self.article.id in (await self.desk.store.read(marks.of)).pinned
            lines = article_parts.more(self.article, self._library, pinned=pinned)
            await self.app.push_screen(Pick(_("Go to, open or copy"), lines), self._more_chosen)

    @says
    async def _more_chosen(self, chosen: str | None) -> None:
        what, _colon, value = (chosen or "").partition(":")
        if what == HEADING:
            self._view.jump(int(value))
        elif what == OPEN:
            kind, _between, item_id = value.partition(":")
            self.desk.open(kind, item_id)
        elif what == PIN and self.article is not None:
            await looking_up.pin(self.desk, self.article.id, on=value == "on")
        elif what in (COPY, ALONE):
            alone = what == ALONE or not self.desk.profile.modern
            await self._copy([value] if value else LANGUAGES, alone=alone)

    async def action_save(self) -> None:
        """Show what may be handed over, to print it or to save it."""
        from deskapp.screens.article_paper import ArticlePaper

        if self.article is not None:
            await self.app.push_screen(ArticlePaper(self.article, self._library))
