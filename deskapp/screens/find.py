"""F3: one box over articles, scripts and the records of every desk, from every screen and back."""

from __future__ import annotations

from collections.abc import Hashable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from deskapp.errors import DeskError
from deskapp.i18n import N_, _
from deskapp.roles import Act, may
from deskapp.screens import (
    booking_list,
    case_list,
    complaint_list,
    contact_list,
    court,
    hearing_list,
    jury_rows,
    knowledge_rows,
    looking_up,
    persons,
    records,
    turnaround,
)
from deskapp.screens.base import Entry, reads, says
from deskapp.screens.beside import Beside
from deskapp.screens.found import waited_for
from deskapp.screens.knowledge_rows import Found
from deskapp.screens.paged import Rows
from deskapp.screens.search_screen import SearchScreen
from deskapp.services.knowledge import marks, misses, narrowing
from deskapp.services.knowledge.misses import Miss
from deskapp.services.knowledge.replies import NoReplyError
from deskapp.services.knowledge.search import ARTICLE, KNOWLEDGE, SCRIPT, SNIPPET
from deskapp.services.paging import Want
from deskapp.services.typed_shape import Shape
from deskapp.widgets.record_list import Column, Row
from deskapp.widgets.told import Told

if TYPE_CHECKING:
    from deskapp.screens.found import Answer
    from deskapp.services.enquiries.snippets import Snippet
    from deskapp.services.knowledge.content import Article

PIN, UNPIN = "pin", "unpin"
SHORTEST = 2
"""Letters from which on something is searched for."""
PEOPLE = (persons.found, contact_list.found)
COURTS = (turnaround.found, court.found)
HEARINGS = (hearing_list.found, booking_list.found)


class Filter(NamedTuple):
    """What is looked for."""

    label: str
    """Untranslated."""
    desks: tuple[Answer, ...] = ()
    """What finds rows for words, in the order they are shown. Each asks what the role may see."""
    kinds: tuple[str, ...] = ()
    """Of articles, scripts and short replies."""
    staff: bool = False
    """Whether only what is for staff alone."""


FILTERS = (
    Filter(
        N_("All"),
        (
            *PEOPLE,
            case_list.found,
            complaint_list.found,
            jury_rows.found,
            *HEARINGS,
            *COURTS,
        ),
        knowledge_rows.KINDS,
    ),
    Filter(N_("Articles"), kinds=(ARTICLE,)),
    Filter(N_("Scripts"), kinds=(SCRIPT,)),
    Filter(N_("Replies"), kinds=(SNIPPET,)),
    Filter(N_("For staff"), kinds=KNOWLEDGE, staff=True),
    Filter(N_("People"), PEOPLE),
    Filter(N_("Cases"), (case_list.found,)),
    Filter(N_("Complaints"), (complaint_list.found,)),
    Filter(N_("Jurors"), (jury_rows.found,)),
    Filter(N_("Hearings"), HEARINGS),
    Filter(N_("Courts"), COURTS),
)


class FindScreen(Beside, SearchScreen):
    """What matches: danger first, then what the words look like they are about; Enter opens."""

    HEADING: ClassVar[str] = N_("Find")
    HELP: ClassVar[str] = N_(
        "Type what the caller says, a form number, a name, a reference, a case number, a phone"
        " number, a postcode or a court. Words of a matter show articles and scripts first, a name"
        " or a number shows people and cases first; when somebody may be in danger, that comes"
        " before everything. An empty box shows what may help with the open contact.\n\nDown goes"
        " into the list, Enter opens. t:FEE beside the words leaves what is about one topic,"
        " lang:cy shows it in Welsh. Insert puts the reply of an article, or a short reply, into"
        " what was said in the form; what is not known for it is told before. Tab shows articles,"
        " scripts, replies or people alone. Ctrl+R pins an article or script: it stands in the"
        " empty box from then on. F9 keeps words that found"
        " nothing of use, without names and numbers, so that the article is written. Esc goes back"
        " to where you were; a form you were filling in is as you left it."
    )
    KEYS: ClassVar[tuple[str, ...]] = (
        "find.put_in",
        "find.filter",
        "find.filter_back",
        "find.missing",
        "record.more",
        "screen.back",
    )

    LEFT_TO_HELP: ClassVar[tuple[str, ...]] = ("app.go", "record.more")

    HINT: ClassVar[str] = N_("Words of the caller, form, person, reference, case or court")
    EMPTY: ClassVar[str] = N_("Type two letters or more. What is found appears here.")
    FEWEST_LETTERS: ClassVar[int] = 2
    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column(N_("Kind"), 8),
        Column(N_("What was found")),
        Column(N_("More"), 28),
    )

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self._filter = 0
        self._found: Found | None = None
        """What the words in the list found among articles and scripts."""
        self._counted: set[tuple[str, bool]] = set()
        """Words that were counted, and whether as reported: each search counts once."""

    def body(self) -> ComposeResult:
        box, listed = super().body()
        yield Told(self._filters(), id="filters", markup=False)
        yield box
        yield Told("", id="meant", markup=False)
        yield listed

    @property
    def subject(self) -> Hashable:
        return self.words, self._filter

    # -- finding --------------------------------------------------------------------------

    def on_mount(self) -> None:
        self.search()
        self.call_after_refresh(self.read_schemes)

    def name_nothing(self, words: str) -> None:
        super().name_nothing(words if len(words) >= SHORTEST else "")

    async def read_page(self, want: Want, words: str) -> Rows:
        wanted = FILTERS[self._filter]
        self._found = None
        if len(words) < self.FEWEST_LETTERS:
            self._say_meant("")
            if not wanted.kinds or words:
                return Rows([])
            return Rows(await knowledge_rows.suggested(self.desk, wanted.kinds, staff=wanted.staff))
        found = await knowledge_rows.found(
            self.desk, words, wanted.kinds or KNOWLEDGE, staff=wanted.staff
        )
        others = found.others if wanted.kinds else []
        about_matter = found.shape is Shape.WORDS and found.answer.close
        first = [*found.urgent, *(others if about_matter else [])]
        matter = narrowing.read(words).narrows
        recorded = [] if matter else await self._recorded(wanted, words, first)
        if found.shape is not Shape.WORDS and recorded:
            others = []  # a name or a number that was found is no matter that one writes about
        self._found = found
        self._say_meant(_meant(found) if others else "")
        ordered = [*others, *recorded] if about_matter else [*recorded, *others]
        return Rows([*found.urgent, *ordered])

    async def _recorded(self, wanted: Filter, words: str, first: list[Row]) -> list[Row]:
        """Rows of the desks; what one of them refuses is said once.

        Where a desk is late, what was found so far is shown behind the rows of ``first``.
        """
        rows: list[Row] = []
        failed: dict[str, DeskError] = {}
        late = partial(self._show_so_far, first, rows)
        for find in wanted.desks:
            answer = await waited_for(find(self.desk, words), late)
            if isinstance(answer, DeskError):
                failed[str(answer)] = answer
            else:
                rows += answer
        for reason in failed.values():
            self.not_read(reason)
        return rows

    def _say_meant(self, told: str) -> None:
        line = self.query_one("#meant", Static)
        line.update(Text(told, no_wrap=True, overflow="ellipsis"))
        line.display = bool(told)

    def _filters(self) -> Text:
        """Every filter in one line, the one in use in brackets."""
        labels = [
            f"[{_(each.label)}]" if at == self._filter else _(each.label)
            for at, each in enumerate(FILTERS)
        ]
        return Text(" ".join(labels), no_wrap=True, overflow="ellipsis")

    def action_narrow(self, by: int) -> None:
        """Show another kind alone."""
        self._filter = (self._filter + by) % len(FILTERS)
        self.query_one("#filters", Static).update(self._filters())
        self.search()

    # -- what is done with it -------------------------------------------------------------

    def _show_so_far(self, first: list[Row], rows: list[Row]) -> None:
        if found := [*first, *rows]:
            self.records.show(found, more=False)

    @reads
    async def read_schemes(self) -> None:
        """Read what the first search of cases needs while the officer types."""
        if may(self.desk.user, Act.READ_CASES):
            with suppress(DeskError):  # said by the search
                await self.desk.acting()

    async def choose(self, row: Row) -> None:
        kind, _colon, row_id = row.key.partition(":")
        if records.known(kind):
            await self._count(Miss.OPENED)
            self.desk.open(kind, row_id)
        elif item := await self._with_reply(kind, row_id):
            await self._count(Miss.OPENED)
            await looking_up.show_reply(self.desk, item)

    @says
    async def action_put_in(self) -> None:
        """Put the reply of the marked article into the form, and go back there."""
        row = self.records.current
        kind, _colon, row_id = row.key.partition(":") if row else ("", "", "")
        item = await self._with_reply(kind, row_id)
        if item is None:
            raise NoReplyError(_("Mark an article or a short reply: it is put in."))
        await self._count(Miss.OPENED)
        await looking_up.put_in(self.desk, item)

    async def _with_reply(self, kind: str, row_id: str) -> Article | Snippet | None:
        """What a row stands for, where it has a reply."""
        library = (await looking_up.shelf_of(self.desk)).library
        if kind == ARTICLE:
            return library.articles.get(row_id)
        return library.snippets.get(row_id) if kind == SNIPPET else None

    @says
    async def action_more(self) -> None:
        """Offer to pin the marked article or script, or to take it off."""
        row = self.records.current
        kind, _colon, item_id = row.key.partition(":") if row else ("", "", "")
        if kind not in KNOWLEDGE:
            self.notify(_("Mark an article or a script."), markup=False)
            return
        pinned = (await self.desk.store.read(marks.of)).pinned
        entry = Entry("P", _("Pin it: it stands in the empty box of Find"), PIN)
        if item_id in pinned:
            entry = Entry("T", _("Take it off: it is no longer pinned"), UNPIN)

        @says
        async def answered(find: FindScreen, answer: str | None) -> None:
            if answer:
                await looking_up.pin(find.desk, item_id, on=answer == PIN)
                find.search()

        await self.desk.ask(_("What do you want to do?"), [entry], partial(answered, self))

    @says
    async def action_missing(self) -> None:
        """Keep the words for those who write articles."""
        if self._found is None:
            self.notify(_("Type the words that should have found something."), markup=False)
            return
        await self._count(Miss.REPORTED)
        told = _("Kept for those who write articles. Names and numbers are left out.")
        self.notify(told, markup=False)

    async def _count(self, miss: Miss) -> None:
        """Count how the search ended, once; a name or a number is kept only when reported."""
        found, counted = self._found, (self.words, miss is Miss.REPORTED)
        matter = found is not None and found.shape is Shape.WORDS
        if counted not in self._counted and (matter or miss is Miss.REPORTED):
            self._counted.add(counted)
            await looking_up.count_search(self.desk, self.words, miss)

    async def leave(self, *, parked: bool) -> bool:
        """Count a search of which nothing was opened."""
        if self._found is not None:
            await self._count(misses.of(self._found.answer) or Miss.UNOPENED)
        return await super().leave(parked=parked)

    @says
    async def action_back(self) -> None:
        await self.leave(parked=False)
        self.dismiss()


def _meant(found: Found) -> str:
    """How sure the search is, in words; nothing where it is."""
    told = []
    if found.answer.did_you_mean:
        told.append(_("Did you mean: {words}?").format(words=found.answer.did_you_mean))
    if not found.answer.close:
        told.append(_("No close match. F9 keeps the words, so that an article is written."))
    return " ".join(told)
