"""The guided script of a running contact: its step and what it fills are kept with the draft.

What reads scripts is imported when one is opened: most contacts begin without.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from deskapp.i18n import _
from deskapp.screens.base import says
from deskapp.screens.contact_ending import Ending
from deskapp.services.enquiries.contact_drafts import COLLECTED
from deskapp.services.hard.hard_records import OUTCOMES
from deskapp.services.knowledge import uses
from deskapp.services.knowledge.uses import Use
from deskapp.widgets.choice import Offer
from deskapp.widgets.form_field import FormField

if TYPE_CHECKING:
    from deskapp.services.knowledge.walk import Walk

WALK, PUTS, EARLIER, OPEN, TYPED = (
    "script",
    "script_puts",
    "script_earlier",
    "script_open",
    "script_typed",
)
"""Values of the draft: the walk that stands, what it put into the form, the walks that are done,
whether the script is on the screen, and what is half typed there."""


class ScriptedContact(Ending):
    """A contact form with F5."""

    @says
    async def action_script(self) -> None:
        """Go on with the script that was begun, or choose one."""
        from deskapp.screens import script_open

        self.form.settle()
        self.take()
        await script_open.resume_or_choose(self)

    @property
    def script_kept(self) -> str:
        """The walk that stands, as text; empty when there is none."""
        return self.draft.values.get(WALK, "")

    @property
    def without_script(self) -> dict[str, str]:
        """The form as it would be without what the script that stands put into it."""
        from deskapp.services.knowledge import filling

        values = self.values
        puts = filling.loads(values.get(PUTS, ""))
        return values | {
            name: put.before for name, put in puts.items() if values.get(name, "") == put.text
        }

    async def follow_script(self, walk: Walk) -> dict[str, str]:
        """Keep where a script stands, and put into the form what it fills.

        Returns:
            What the script says of fields in which the officer's own words stay, by their name.
        """
        from deskapp.services.knowledge import filling, trails

        self.take()
        values = self.values
        filled = filling.fill(walk, values, filling.loads(values.get(PUTS, "")), recorded=OUTCOMES)
        changes = dict(filled.changes)
        if "person_name" in changes:
            changes["person_id"] = ""
        runs = json.loads(values.get(EARLIER) or "[]")
        if walk.trail:
            runs.append(trails.run(walk))
        self.change(
            **changes,
            script=trails.dumps(walk),
            script_puts=filling.dumps(filled.puts),
            script_open="1",
            script_typed="",
            trail=json.dumps(runs, ensure_ascii=False) if runs else "",
        )
        self._show_filled(changes)
        await self.show_added()
        return dict(filled.kept)

    def _show_filled(self, changes: dict[str, str]) -> None:
        """Show in the form what a script put there."""
        self.form.put(changes)
        for spec in self.fields():
            name = spec.typed_as if spec.free else spec.name
            if spec.kind != "choice" or name not in changes:
                continue
            text = changes[name]
            label = spec.label_of(text) if text and spec.label_of else text
            self.form.pick(spec.name, Offer("" if spec.free else text, label))

    def close_script(self, *, said: bool = True) -> None:
        """Close the script that stands: what it filled is the form's own now.

        ``said`` is whether what was said is kept with the contact.
        """
        values = self.draft.values
        kept = values.get("trail" if said else EARLIER, "")
        closed = dict.fromkeys((WALK, PUTS, OPEN, TYPED), "")
        self.change(**{**closed, EARLIER: kept, "trail": kept})

    def keep_said(self) -> None:
        """Keep what was said so far, whatever becomes of the script."""
        self.change(**{EARLIER: self.draft.values.get("trail", "")})

    @says
    async def script_left(self, walk: Walk) -> None:
        """The script is no longer on the screen; its end becomes that of the contact."""
        if not self.script_kept:
            return  # it was closed for another one
        if walk.ending:
            from deskapp.screens import looking_up

            self.close_script()
            await looking_up.note(self.desk, walk.script, Use.USED)
            await self._end(walk.ending.outcome)
        elif walk.trail:
            self.change(**{OPEN: ""})
        else:
            self.close_script(said=False)
        if self.focused is None:
            self.back_to_field()

    @says
    async def count_left(self) -> None:
        """Count where the script that stands was left without an end."""
        kept = json.loads(self.script_kept)
        today = self.desk.clock.today()
        await self.desk.store.jot(
            uses.count, kept["script"], Use.LEFT, today=today, node=kept["node"]
        )

    def saved(self, row_id: str) -> None:
        if self.script_kept:
            self.desk.call_later(self.count_left)
        super().saved(row_id)

    def script_field(self, name: str) -> str:
        """What a field is called that a script fills, in the language in use."""
        for spec in (*self.fields(), *self.more_fields()):
            if name in (spec.name, spec.typed_as):
                return _(spec.label)
        return ""

    def script_words(self, name: str, text: str) -> str:
        """A value that a script fills, as people read it; ``name`` is that of the form."""
        from deskapp.services.knowledge import filling, library, values

        for spec in self.fields():
            if spec.name == name and spec.label_of and not spec.free:
                return spec.label_of(text)
        known = library.shipped_fields()
        return values.read(known, filling.named(known, name), text)

    def more_fields(self) -> list[FormField]:
        names = [name for name, text in self.draft.values.items() if _is_collected(name, text)]
        if not names:
            return super().more_fields()
        from deskapp.services.enquiries import collected

        labels = {name: collected.label(name.removeprefix(COLLECTED)) for name in names}
        return [*super().more_fields(), *(FormField(name, labels[name]) for name in names)]


def _is_collected(name: str, text: str) -> bool:
    return name.startswith(COLLECTED) and bool(text)
