"""A table in curses, the tool that people stopped complaining about: ``curses_table.py FILE``.

FILE holds a page as deskapp showed it: a line above, a heading, rows, a foot and a key line. The
rows are shown over and over under numbers of their own, so that there is something to scroll.
"""

from __future__ import annotations

import curses
import sys
from pathlib import Path

TIMES = 20


def main(screen: curses.window, lines: list[str]) -> None:
    """Show the page until Ctrl+Q; Down and Up move the marked row."""
    curses.curs_set(0)
    screen.idlok(True)
    above, heading, *rows, foot, keys = lines
    rows = [f"{number:3}{row[3:]}" for number, row in enumerate(rows * TIMES)]
    height = len(lines) - 4
    table = screen.subwin(height, 80, 2, 0)
    table.idlok(True)
    table.scrollok(True)
    for at, text in ((0, above), (1, heading), (height + 2, foot)):
        screen.addstr(at, 0, text[:79], curses.A_BOLD)
    screen.addstr(height + 3, 0, keys[:79])

    def draw(at: int, marked: int) -> None:
        table.addstr(at, 0, rows[top + at][:79], curses.A_REVERSE if marked == top + at else 0)

    top = marked = 0
    for at in range(height):
        draw(at, marked)
    screen.refresh()
    table.refresh()
    while (key := screen.getch()) != 17:
        before, marked = marked, marked + {curses.KEY_DOWN: 1, curses.KEY_UP: -1}.get(key, 0)
        marked = max(0, min(marked, len(rows) - 1))
        if marked >= top + height:
            draw(before - top, marked)
            table.scroll(1)
            top += 1
        elif top <= before < top + height:
            draw(before - top, marked)
        draw(marked - top, marked)
        screen.addstr(height + 2, 0, f"{top + 1} to {top + height} of {len(rows)}"[:79])
        screen.noutrefresh()
        table.noutrefresh()
        curses.doupdate()


if __name__ == "__main__":
    curses.wrapper(main, Path(sys.argv[1]).read_text(encoding="utf-8").splitlines())
