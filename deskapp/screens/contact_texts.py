"""Ctrl+N in a contact: short replies put into the words, and the reply copied out of them."""

from __future__ import annotations

from string import ascii_uppercase, digits

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Label, Static, TextArea

from deskapp import paths
from deskapp.i18n import _, language
from deskapp.screens.base import Entry, says
from deskapp.screens.form_screen import FormScreen
from deskapp.screens.quick import QuickScreen
from deskapp.services import bank_holidays, copying
from deskapp.services.dates import Nation
from deskapp.services.enquiries import snippets, turnaround
from deskapp.services.enquiries.snippets import Snippet
from deskapp.services.knowledge import replies
from deskapp.services.persons import withheld
from deskapp.widgets.put_in import put_in

COPY, SHOW, TURNAROUND, EVERY = "copy:", "show:", "turnaround:", "every:"
"""Answers that are no snippet; the id of a snippet holds no colon."""
SUGGESTED = ascii_uppercase[:10]
"""Letters of what is suggested; the others lead elsewhere."""


class ContactTexts(FormScreen):
    """A contact form with Ctrl+N: what it puts in is read and sent by the officer, never by itself.

    It goes into what was said: what is still being asked is no place for a reply.
    """

    async def action_texts(self) -> None:
        """Ask which text; those of the topic come first."""
        self.take()
        topic = self.draft.values.get("topic", "")
        entries = _entries(snippets.suggested(topic), SUGGESTED)
        if topic == turnaround.TOPIC:
            entries.append(Entry("T", _("Turnaround: how long papers take"), TURNAROUND))
        entries += [
            Entry("L", _("Every text"), EVERY),
            Entry("K", _("Copy the reply"), COPY),
            Entry("V", _("Show the reply alone, to copy by hand"), SHOW),
        ]
        await self.desk.ask(_("Which text?"), entries, self._text_chosen)

    @says
    async def _text_chosen(self, answer: str | None) -> None:
        if answer == EVERY:
            entries = _entries(list(snippets.every()), ascii_uppercase + digits)
            await self.desk.ask(_("Which text?"), entries, self._text_chosen)
        elif answer == TURNAROUND:
            from deskapp.screens.turnaround import TurnaroundScreen

            await self.app.push_screen(TurnaroundScreen())
        elif answer in (COPY, SHOW):
            self.copy_reply(by_hand=answer == SHOW or not self.desk.profile.modern)
        elif answer:
            self._put_in(snippets.by_id(answer))

    @property
    def _words(self) -> TextArea:
        """The field that replies come out of."""
        if isinstance(self.focused, TextArea):
            return self.focused
        return self.query_one("#answer", TextArea)

    def _put_in(self, snippet: Snippet) -> None:
        """Insert a snippet into what was said, in the language of the service."""
        values = self.values
        reply = replies.short(
            snippet,
            snippets.language_of(values.get("language", "")),
            values,
            today=self.desk.clock.today(),
            calendar=bank_holidays.in_force(paths.settings_folder())[Nation(self.desk.nation)],
        )
        put_in(self.query_one("#answer", TextArea), reply.text, reply.after)
        if reply.gaps:
            self.notify(_("Fill in what stands in square brackets."), markup=False)

    @work(exclusive=True, group="copy")
    @says
    async def copy_reply(self, *, by_hand: bool) -> None:
        """Copy what is marked, or the whole field; without a clipboard show it alone."""
        area = self._words
        text = await self.desk.store.read(
            copying.check,
            withheld.about_of(self.values),
            area.selected_text or area.text,
            user=self.desk.user,
        )
        if by_hand:
            await self.app.push_screen(PlainText(text))
            return
        self.app.copy_to_clipboard(text)
        told = _("Copied. If nothing arrives, this terminal forbids it: Ctrl+N, then V.")
        self.notify(told, markup=False)


class PlainText(ModalScreen[None], QuickScreen[None]):
    """A text alone on the screen, for terminals that cannot copy by themselves."""

    DEFAULT_CSS = """
    PlainText { background: $background; }
    PlainText Label { width: 100%; height: auto; text-style: bold; }
    PlainText VerticalScroll { height: 1fr; }
    PlainText Static { height: auto; }
    """
    BINDINGS = [Binding("escape,enter", "close", show=False)]  # noqa: RUF012 - Textual's type

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        yield Label(_("Mark and copy the text with your terminal. Esc goes back."), markup=False)
        with VerticalScroll():
            yield Static(self._text, markup=False)

    def action_close(self) -> None:
        """Back to the form."""
        self.dismiss()


def _entries(listed: list[Snippet], letters: str) -> list[Entry]:
    return [
        Entry(letter, each.title[language()], each.id)
        for letter, each in zip(letters, listed, strict=False)
    ]
