"""How every command that lists something shows a page of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from deskapp.cli.out import tell
from deskapp.i18n import _

if TYPE_CHECKING:
    from deskapp.services.paging import Page

L = TypeVar("L")


def show_page(
    page: Page[L], show_line: Callable[[L], None], *, empty: str, after: str = ""
) -> None:
    """Show the lines; then on stderr that there are none, or that there are more.

    Args:
        page: What was read.
        show_line: Writes one line to stdout.
        empty: What is said of an empty list, already translated.
        after: Where --after goes on; for a list without that option it says a larger --limit.
    """
    for line in page.lines:
        show_line(line)
    if not page.lines:
        tell(empty)
    elif page.more and after:
        tell(_("There are more. Go on with --after {ref}.").format(ref=after))
    elif page.more:
        tell(_("There are more. Use a larger --limit to see them."))
