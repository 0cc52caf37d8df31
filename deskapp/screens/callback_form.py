"""Forms about a callback: when it is booked again, and why somebody is rung who said not to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from deskapp.clock import local
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import N_, _, appointment, day_and_time
from deskapp.roles import Act, may
from deskapp.screens.base import reads
from deskapp.screens.form_screen import FormScreen
from deskapp.services import drafts, typed
from deskapp.services.callbacks import (
    callback_cards,
    callback_lines,
    callbacks,
    diaries,
    slot_loads,
    slots,
)
from deskapp.services.callbacks.callbacks import Wish
from deskapp.services.callbacks.slots import SlotRefusedError
from deskapp.services.drafts import Draft
from deskapp.services.enquiries import outcomes
from deskapp.services.persons import withheld
from deskapp.services.persons.withheld import Cover
from deskapp.widgets.choice import Offer
from deskapp.widgets.form_field import FormField

if TYPE_CHECKING:
    from deskapp.app import DeskApp

OFFERED_SECONDS = 30
"""How long the next free half hour stands beside a refusal."""


def kind_words(kind: slots.Kind) -> str:
    """How a kind is typed, in the language in use."""
    return _("within") if kind is slots.Kind.WINDOW else _("about")


async def next_free(desk: DeskApp, text: str = "") -> str:
    """The next free half hour from the one that is typed, or from now, as it can be typed."""
    now = desk.clock.now()
    wish = local(now).replace(tzinfo=None)
    with suppress(typed.NotUnderstoodError):
        wish = typed.wall_time(text, today=wish.date())
    free = await desk.store.read(
        slot_loads.next_free,
        wish,
        now=now,
        site=desk.user.site,
        diary=diaries.of_nation(desk.nation),
    )
    return day_and_time(free) if free else ""


async def suggested(desk: DeskApp) -> dict[str, str]:
    """What stands in the slot fields of a contact before they are typed in."""
    free = await next_free(desk)
    return {callbacks.SLOT_FIELD: free, "add_kind": kind_words(slots.Kind.WINDOW)}


async def offer_instead(
    screen: FormScreen, refused: FormProblemsError, values: Mapping[str, str]
) -> None:
    """Tell the next free half hour, when the slot of a contact was what could not be saved."""
    if any(problem.field == callbacks.SLOT_FIELD for problem in refused.problems):
        free = await next_free(screen.desk, values.get(callbacks.SLOT_FIELD, ""))
        _tell_free(screen, free)


def _tell_free(screen: FormScreen, free: str) -> None:
    if free:
        message = _("Next free: {slot}").format(slot=free)
        screen.notify(message, markup=False, timeout=OFFERED_SECONDS)


def _kind_offers(_text: str) -> list[Offer]:
    return [Offer(kind.value, _(label)) for kind, label in slots.KIND_LABELS.items()]


class BookScreen(FormScreen):
    """Another time for a callback."""

    HEADING: ClassVar[str] = N_("Book a callback again")
    HELP: ClassVar[str] = N_(
        "Type when we ring: a day and a time, like tomorrow 10, Tue 10:30 or 7 4 10. The next free"
        " half hour stands there already. F8 books it.\n\nWithin means inside the half hour, about"
        " means up to 30 minutes either side. A team leader can book a full half hour or a fourth"
        " try, with a reason."
    )
    FIELDS: ClassVar[tuple[FormField, ...]] = (
        FormField("slot", N_("Ring back"), hint=N_("Like tomorrow 10, Tue 10:30 or 7 4 10")),
        FormField(
            "kind",
            N_("Within or about"),
            "choice",
            typed_as="kind_typed",
            find=_kind_offers,
            label_of=lambda code: _(slots.KIND_LABELS[slots.Kind(code)]),
        ),
        FormField("note", N_("Note")),
    )
    LEADER_FIELD: ClassVar[FormField] = FormField(
        "over_reason", N_("Why beyond limits"), hint=N_("Only for a full half hour or a fourth try")
    )

    REASON_FIELD: ClassVar[FormField] = FormField(
        outcomes.CALL_REASON.name, outcomes.CALL_REASON.label
    )

    async def on_mount(self) -> None:
        await super().on_mount()
        self.ask_reason()

    async def relabel(self) -> None:
        await super().relabel()
        self.ask_reason()

    @reads
    async def ask_reason(self) -> None:
        """Ask why, where the person said not to be rung and no reason is kept yet."""
        card = await self.desk.store.read(
            callback_cards.card, self.draft.values[drafts.RECORD], user=self.desk.user
        )
        if card.lacks_call_reason and not self.query(f"#{self.REASON_FIELD.name}"):
            self.take()
            await self.form.set_added((self.REASON_FIELD,), self.draft.values)
            self.back_to_field()

    def fields(self) -> Sequence[FormField]:
        leads = may(self.desk.user, Act.EXCEED_CALLBACKS)
        return (*self.FIELDS, self.LEADER_FIELD) if leads else self.FIELDS

    async def cover(self) -> Cover:
        return await _cover(self)

    def save_failed(self) -> None:
        super().save_failed()
        self.ask_reason()  # the person may just have said that they must not be rung

    @property
    def untouched(self) -> bool:
        values = self.draft.values
        names = ("note", "over_reason", outcomes.CALL_REASON.name)
        typed_in = "".join(values.get(name, "") for name in names)
        return not typed_in.strip() and values.get("slot") == values.get("suggested")

    async def save(self, values: Mapping[str, str]) -> str:
        now = self.desk.clock.now()
        try:
            slot = typed.wall_time(values["slot"], today=self.desk.clock.today())
            wish = Wish(
                slot,
                slots.Kind(values.get("kind") or slots.Kind.WINDOW),
                values.get("over_reason", ""),
                values.get("note", ""),
                values.get(outcomes.CALL_REASON.name, ""),
            )
            line = await self.desk.store.write(
                callbacks.book_again,
                values[drafts.RECORD],
                wish,
                now=now,
                user=self.desk.user,
                diary=diaries.of_nation(self.desk.nation),
                draft_id=self.draft.id,
            )
        except (SlotRefusedError, typed.NotUnderstoodError) as error:
            _tell_free(self, await next_free(self.desk, values["slot"]))
            raise FormProblemsError([Problem("slot", str(error))]) from error
        self._booked = appointment(line.slot)
        return line.id

    def saved(self, row_id: str) -> None:
        self.app.notify(_("Booked for {slot}").format(slot=self._booked), markup=False)


class RingReasonScreen(FormScreen):
    """Why somebody is rung who said not to."""

    HEADING: ClassVar[str] = N_("Ring all the same")
    HELP: ClassVar[str] = N_(
        "The person said not to ring. Write why you ring all the same; the reason is kept with the"
        " contact. F8 shows you the number."
    )
    FIELDS: ClassVar[tuple[FormField, ...]] = (FormField("reason", N_("Reason"), "words", rows=4),)

    def fields(self) -> Sequence[FormField]:
        return self.FIELDS

    @property
    def untouched(self) -> bool:
        return not self.draft.values.get("reason", "").strip()

    async def cover(self) -> Cover:
        return await _cover(self)

    async def save(self, values: Mapping[str, str]) -> str:
        await self.desk.store.write(
            callbacks.show_number,
            values[drafts.RECORD],
            values["reason"],
            now=self.desk.clock.now(),
            user=self.desk.user,
            draft_id=self.draft.id,
        )
        return values[drafts.RECORD]


async def _cover(screen: FormScreen) -> Cover:
    """What must not be shown of who is rung back."""
    read, callback_id = screen.desk.store.read, screen.draft.values[drafts.RECORD]
    card = await read(callback_cards.card, callback_id, user=screen.desk.user)
    return await read(withheld.cover_about, card.about)


def draft_of(desk: DeskApp, form: str, line: callback_lines.CallbackLine, **first: str) -> Draft:
    """A form about a callback that begins now."""
    about = {drafts.RECORD: line.id, "person_name": line.person_name}
    return desk.new_draft(form, {**about, **first})
