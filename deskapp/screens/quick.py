"""Screens that are styled and laid out once for what changes; Textual alone does both twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual import events
from textual._compositor import Compositor
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

if TYPE_CHECKING:
    from textual._compositor import ChopsUpdate, ReflowResult
    from textual.messages import Layout
    from textual.strip import Strip

R = TypeVar("R")


class QuickCompositor(Compositor):
    """Lays out everything that has asked for it so far, and has nobody ask for it once more."""

    began_at = 0.0
    """When the last layout began, by the clock of Textual's messages."""
    _changed: tuple[Region, ...] = ()
    """Where something has changed, while only that is drawn."""

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """Lay out a screen and tell the widgets of their sizes.

        Textual has each widget that it tells of how much there is to scroll in it laid out again.
        Nothing hangs on that but whether there are scroll bars, and these ask for it themselves.
        """
        for widget in parent.walk_children(Widget):
            if widget._layout_required:
                widget._check_refresh()  # forgets how the widgets around it were laid out
        parent._layout_required = False
        self.began_at = monotonic()
        laid_out = super().reflow(parent, size)
        for widget, place in self.layers:
            widget._size_updated(
                place.region.size, place.virtual_size, place.container_size, layout=False
            )
        return laid_out

    def render_partial_update(self) -> ChopsUpdate | None:
        """Draw what has changed."""
        self._changed = tuple(self._dirty_regions)
        update = super().render_partial_update()
        self._changed = ()
        return update

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        """Draw the pieces of lines that are seen, from the front to the back.

        Textual has each widget that shares a container with a change draw all its lines, a form
        below its fields and a screen below everything too: a Tab, which changes two fields and the
        line of keys, has a whole form drawn.

        Returns:
            For each line of the screen what is drawn from which column on.
        """
        cuts = self.cuts
        drawn: list[dict[int, Strip | None]] = [dict.fromkeys(line[:-1]) for line in cuts]
        open_pieces = [set[int]() for _line in cuts]
        for part in self._changed or (crop,):
            left, right = part.column_span
            for y in part.intersection(crop).line_range:
                pieces = pairwise(cuts[y])
                open_pieces[y].update(at for at, end in pieces if at < right and end > left)
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            left, right = seen.column_span
            lines = [y for y in seen.line_range if any(left <= at < right for at in open_pieces[y])]
            if not lines:
                continue
            rows = Region(left, lines[0], seen.width, lines[-1] + 1 - lines[0])
            strips = widget.render_lines(rows.translate(-region.offset))
            for y in lines:
                within = [at for at in cuts[y] if left <= at <= right]
                divided = strips[y - rows.y].divide([at - left for at in within[1:]])
                for at, piece in zip(within, divided, strict=False):
                    if at in open_pieces[y]:
                        open_pieces[y].remove(at)
                        drawn[y][at] = piece
        return cast("Sequence[Mapping[int, Strip]]", drawn)


class QuickScreen(Screen[R]):
    """A whole screen, or a dialog: laid out once for all that changes at a time."""

    # Textual paints the whole screen when the cursor goes to another field; both fields do it.
    focused = Reactive[Widget | None](None, repaint=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._compositor: QuickCompositor = QuickCompositor()

    async def _on_layout(self, message: Layout) -> None:
        """Drop what was asked for before the last layout: it is done."""
        if message.time < self._compositor.began_at:
            message.stop()
            message.prevent_default()

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Every widget got its styles when it was mounted, just before it is first shown."""
        if not self.stack_updates:
            event.refresh_styles = False

    def _screen_resized(self, size: Size) -> None:
        """Lay out anew where the size is another one; Textual tells of the first one as well."""
        if size != self._size:
            super()._screen_resized(size)
