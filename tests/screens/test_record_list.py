"""The list of every desk: going to a name by its first letters, pages that come too late."""

from __future__ import annotations

from textual import on
from textual.app import App, ComposeResult

from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column, Edge, RecordList, Row

LETTERS = "abcdefghijklmnopqrstuvwxyz"
NAMES = [f"{first}{second}n" for first in LETTERS for second in "aei"]


class Names(App[None]):
    """A list sorted by name that reads its pages as a screen does."""

    def compose(self) -> ComposeResult:
        yield RecordList(Column("Name"), empty="Nobody.", order="name")

    def on_mount(self) -> None:
        self.answer("start", Want(limit_rows=20))

    @on(RecordList.PageWanted)
    def _page_wanted(self, event: RecordList.PageWanted) -> None:
        backwards = event.edge in ("end", "before")
        self.answer(event.edge, Want(event.place, backwards, limit_rows=20))

    @on(RecordList.Sought)
    def _sought(self, event: RecordList.Sought) -> None:
        self.answer("sought", Want((event.text,), limit_rows=20))

    def answer(self, edge: Edge, want: Want) -> None:
        """Give the page to the list."""
        listed = self.query_one(RecordList)
        names = NAMES[::-1] if want.backwards else NAMES
        if want.place:
            after = str(want.place[0])
            names = [name for name in names if (name < after if want.backwards else name > after)]
        page = want.page(names[: want.limit])
        rows = [Row(name, (name,), (name,)) for name in page.lines]
        if edge in ("after", "before"):
            listed.extend(edge, rows, more=page.more)
        else:
            listed.show(rows, more=page.more, edge=edge)

    @property
    def marked(self) -> str:
        """The name under the cursor."""
        row = self.query_one(RecordList).current
        return row.key if row else ""


async def test_letters_typed_in_a_list_of_names_go_to_the_first_that_begins_so() -> None:
    """Each letter narrows it down; an arrow ends the word, and the next letter begins another."""
    app = Names()
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("m")
        assert app.marked == "man"
        await pilot.press("e")
        assert app.marked == "men"
        await pilot.press("up")
        assert app.marked == "man"
        await pilot.press("s", "i", "backspace", "down", "down")
        assert app.marked == "sin"
        await pilot.press("home")
        assert app.marked == NAMES[0]
        await pilot.press("end")
        assert app.marked == NAMES[-1]


async def test_a_page_that_comes_too_late_is_left_out() -> None:
    """It was asked for before the officer went elsewhere."""
    app = Names()
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("m")
        rows = list(app.query_one(RecordList).rows)
        app.answer("after", Want(("aan",), limit_rows=20))
        assert app.query_one(RecordList).rows == rows


def test_a_narrow_list_leaves_the_optional_out_and_a_wide_one_gives_room() -> None:
    """No reference is cut at 60 columns, and no name at 132."""
    listed = RecordList(
        Column("Reference", 16), Column("What"), Column("Officer", 8, wide=20, optional=True),
        empty="None.",
    )  # fmt: skip
    cells = ("PEEP-7KM-4X9-3CK", "Somebody with a plan", "Angharad Pickersgill")
    assert listed._cells(cells, 60).split() == "PEEP-7KM-4X9-3CK Somebody with a plan".split()  # noqa: SIM905
    assert "Angharad Pickersgill" not in listed._cells(cells, 80)
    assert "Angharad Pickersgill" in listed._cells(cells, 132)
