"""A list that holds only the rows near the cursor, however long the table is.

The list asks for pages (``PageWanted``) and its screen answers with ``show`` or ``extend``; a row
says where it stands in its table (``place``), and the next page begins after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import ClassVar, Literal, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from deskapp.i18n import N_, _, number

ROWS_HELD = 200
"""More are never kept: what scrolls far away is read again when it comes back."""

LOOKING = N_("Looking. What is found appears here.")
"""Stands in the empty list until it is known that nothing is there."""

NARROW, WIDE = 80, 110
"""Columns below which optional ones are left out, and from which there is room for more."""

Edge = Literal["start", "end", "after", "before", "sought"]
Order = Literal["", "day", "name"]
"""What a list is sorted by, where one can go to a day or to a name by typing it."""


class Column(NamedTuple):
    """One column: its heading (untranslated) and its width in cells; 0 takes what is left."""

    heading: str
    width: int = 0
    wide: int = 0
    """Its width where there is room for more; as narrow as ever when 0."""
    optional: bool = False
    """Whether it makes room for the others where the screen is narrow."""


class Row(NamedTuple):
    """One line of the list."""

    key: str
    cells: tuple[str, ...]
    place: tuple[str | int, ...] = ()
    mark: str = ""
    """Style class of the row: ``overdue`` or nothing."""


class RecordList(Widget, can_focus=True):
    """Rows of a long table, moved through with the arrow keys."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "record-list--heading",
        "record-list--cursor",
        "record-list--overdue",
        "record-list--foot",
    }
    DEFAULT_CSS = """
    RecordList { height: 1fr; min-height: 4; }
    RecordList > .record-list--heading { text-style: bold; }
    RecordList > .record-list--cursor { text-style: reverse; }
    RecordList > .record-list--overdue { text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "leaf(-1)", show=False),
        Binding("pagedown", "leaf(1)", show=False),
        Binding("home", "edge('start')", show=False),
        Binding("end", "edge('end')", show=False),
        Binding("enter", "choose", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """The officer pressed Enter on a row."""

        row: Row

    @dataclass
    class PageWanted(Message):
        """The list needs rows: its start or end, or those after or before a place."""

        list: RecordList
        edge: Edge
        place: tuple[str | int, ...]

    @dataclass
    class Sought(Message):
        """The officer types where to go: a day or the first letters of a name, so far."""

        text: str

    def __init__(
        self, *columns: Column, empty: str, order: Order = "", id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.columns = columns
        self.order = order
        self.sought = ""
        """What was typed to go there; any other key ends it."""
        self.empty_text = empty
        self._looking = True
        self.rows: list[Row] = []
        self.cursor = 0
        self.about = 0
        self._top = 0
        self._first = 1
        """Number of the first row held, counted from the start of the table; 0 when unknown."""
        self._more: dict[str, bool] = {"after": False, "before": False}
        self._asked: str = ""

    # -- what the screen gives ------------------------------------------------------------

    def show(self, rows: list[Row], *, more: bool, about: int = 0, edge: Edge = "start") -> None:
        """Show the first page of a table, its last one, or the one that begins where one went."""
        at_end, inside = edge == "end", edge == "sought"
        self.rows = rows
        self._looking = False
        self.about = max(about, len(rows))
        self._asked = ""
        self._more = {"after": more and not at_end, "before": inside or (more and at_end)}
        self._first = 0 if inside or (at_end and more) else 1
        self.cursor = len(rows) - 1 if at_end and rows else 0
        self._top = 0
        self._follow()

    def renew(self, rows: list[Row], *, more: bool = False, about: int = 0) -> None:
        """Show the table as it is now; the cursor stays on its row if that is still there."""
        marked = self.current
        self.show(rows, more=more, about=about)
        if marked is not None:
            self.keep_cursor(marked.key)

    def answer(self, edge: Edge, rows: list[Row], *, more: bool, about: int = 0) -> None:
        """Give the page that was asked for."""
        if edge in ("after", "before"):
            self.extend(edge, rows, more=more)
        elif edge == "sought" and not rows:  # nothing lies so far: what is nearest is the end
            self.action_edge("end")
        else:
            self.show(rows, more=more, about=about, edge=edge)

    def look(self) -> None:
        """Say, where there are no rows, that they are looked for; ``show`` says what there is."""
        self._looking = True

    def unanswered(self) -> None:
        """The page that was asked for does not come; the next move asks again."""
        self._asked = ""
        self._looking = False
        self.refresh()

    def extend(self, edge: Edge, rows: list[Row], *, more: bool) -> None:
        """Add the page that was asked for, and let go of what is far away on the other side.

        A page that came too late, when the list stands elsewhere, is left out.
        """
        if self._asked != edge:
            return
        self._asked = ""
        self._more[edge] = more
        if edge == "after":
            self.rows += rows
            drop = max(0, len(self.rows) - ROWS_HELD)
            self.rows = self.rows[drop:]
            self._shift(-drop)
            if drop:
                self._more["before"] = True
                self._first += drop if self._first else 0
        else:
            self.rows = rows + self.rows
            self._shift(len(rows))
            self._first = self._first - len(rows) if self._first > len(rows) else int(not more)
            if len(self.rows) > ROWS_HELD:
                self.rows = self.rows[:ROWS_HELD]
                self._more["after"] = True
        self._follow()

    def keep_cursor(self, key: str) -> None:
        """Put the cursor back on the row with this key, if it is still there."""
        for index, row in enumerate(self.rows):
            if row.key == key:
                self.cursor = index
        self._follow()

    def keep_place(self) -> bool:
        """Whether the rows held may stay when the officer comes back to the list.

        Far inside the place is kept, and rows that are new are found on the way up. Near the start
        the table is better read again.
        """
        if self._first == 1 and self.cursor < self._height:
            return False
        self._more["before"] = True
        return True

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    # -- keys -----------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        """Move the cursor by rows."""
        self._go(self.cursor + by)

    def action_leaf(self, by: int) -> None:
        """Move the cursor by screens."""
        self._go(self.cursor + by * self._height)

    def action_edge(self, edge: Edge) -> None:
        """Go to the first or last row of the whole table."""
        side = "before" if edge == "start" else "after"
        if self._more[side]:
            self._ask(edge, ())
        else:
            self._go(0 if edge == "start" else len(self.rows) - 1)

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        if self.current is not None:
            self.post_message(self.Chosen(self.current))

    def on_key(self, event: events.Key) -> None:
        """Take letters and digits that say where to go, before they mean anything else."""
        typed = event.character if event.is_printable else ""
        begins = {"day": str.isdigit, "name": str.isalnum}.get(self.order)
        if typed and begins is not None and (self.sought or begins(typed)):
            self._seek(self.sought + typed)
        elif self.sought and event.key in ("backspace", "escape"):
            self._seek(self.sought[:-1] if event.key == "backspace" else "")
        else:
            self._seek("")
            return
        event.stop()

    def _seek(self, text: str) -> None:
        if text == self.sought:
            return
        self.sought = text
        self.refresh(Region(0, self.size.height - 1, self.size.width, 1))
        if text:
            self.post_message(self.Sought(text))

    def on_focus(self, _event: events.Focus) -> None:
        self._follow()

    def on_blur(self, _event: events.Blur) -> None:
        self.sought = ""
        self.refresh()

    def on_resize(self, _event: events.Resize) -> None:
        self._follow()

    # -- moving and drawing ---------------------------------------------------------------

    @property
    def _height(self) -> int:
        """Rows that fit between the heading and the foot."""
        return max(1, self.size.height - 2)

    def _shift(self, by: int) -> None:
        self.cursor += by
        self._top += by

    def _go(self, index: int) -> None:
        if not self.rows:
            return
        before, top = self.cursor, self._top
        self.cursor = max(0, min(index, len(self.rows) - 1))
        self._follow(redraw=False)
        if self._top != top:
            self.refresh()
        elif self.cursor != before:
            for line in (before, self.cursor):
                self.refresh(Region(0, line - self._top + 1, self.size.width, 1))
            self.refresh(Region(0, self.size.height - 1, self.size.width, 1))

    def _follow(self, *, redraw: bool = True) -> None:
        """Keep the cursor in view, ask for what lies ahead, tell speech and braille where it is."""
        height = self._height
        self.cursor = max(0, min(self.cursor, len(self.rows) - 1))
        self._top = max(self.cursor - height + 1, min(self._top, self.cursor), 0)
        if self.has_focus:
            place = self.content_region.offset
            self.app.cursor_position = place + Offset(0, self.cursor - self._top + 1)
        if self.rows and self._more["after"] and self.cursor + height >= len(self.rows):
            self._ask("after", self.rows[-1].place)
        elif self.rows and self._more["before"] and self.cursor < height:
            self._ask("before", self.rows[0].place)
        if redraw:
            self.refresh()

    def _ask(self, edge: Edge, place: tuple[str | int, ...]) -> None:
        if self._asked != edge:
            self._asked = edge
            self.post_message(self.PageWanted(self, edge, place))

    def render_line(self, y: int) -> Strip:
        """One line: the heading, a row, the empty text, or the foot that says where we are."""
        width = self.size.width
        if y == 0:
            headings = tuple(_(column.heading) for column in self.columns)
            return self._strip(self._cells(headings, width), "heading", width)
        if y == self.size.height - 1:
            return self._strip(self._foot(), "foot", width)
        index = self._top + y - 1
        if not self.rows:
            told = wrap(_(LOOKING if self._looking else self.empty_text), max(1, width))
            return self._strip("".join(told[y - 1 : y]), "", width)
        if index >= len(self.rows):
            return Strip.blank(width, self.rich_style)
        row = self.rows[index]
        name = "cursor" if index == self.cursor and self.has_focus else row.mark
        return self._strip(self._cells(row.cells, width), name, width)

    def _strip(self, text: str, name: str, width: int) -> Strip:
        style = self.get_component_rich_style(f"record-list--{name}") if name else self.rich_style
        return Strip([Segment(set_cell_size(text, width), style)], width)

    def _cells(self, cells: tuple[str, ...], width: int) -> str:
        shown = [column for column in self.columns if width >= NARROW or not column.optional]
        widths = {each: (each.wide if width >= WIDE else 0) or each.width for each in shown}
        fixed = sum(each + 1 for each in widths.values() if each)
        free = sum(1 for each in widths.values() if not each)
        share = max(4, (width - fixed - free) // max(1, free))
        parts = []
        for column, cell in zip(self.columns, cells, strict=True):
            if column not in widths:
                continue
            wide = widths[column] or share
            text = " ".join(cell.split())
            if cell_len(text) > wide:
                text = set_cell_size(text, wide - 1) + "…"
            parts.append(set_cell_size(text, wide))
        return " ".join(parts)

    def _foot(self) -> str:
        if self.sought:
            return _("Go to: {text}").format(text=self.sought)
        if not self.rows:
            return ""
        first, last = self._top + 1, min(self._top + self._height, len(self.rows))
        if not self._more["after"] and not self._more["before"] and self._first:
            return _("{first} to {last} of {all}").format(
                first=number(first), last=number(last), all=number(len(self.rows))
            )
        if not self._first:
            where = (
                _("in the middle of about {all}")
                if self._more["after"]
                else _("near the end of about {all}")
            )
            return where.format(all=number(self.about))
        start = self._first - 1
        return _("{first} to {last} of about {all}").format(
            first=number(start + first),
            last=number(start + last),
            all=number(max(self.about, start + len(self.rows))),
        )
