"""What most contacts do not need and Ctrl+R records: identity, needs, third parties and more."""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_uppercase

from deskapp.errors import DeskError
from deskapp.i18n import N_, _, language, ngettext, number
from deskapp.screens import contact_state
from deskapp.screens.base import Entry
from deskapp.screens.contact_state import MINUTE
from deskapp.screens.form_screen import FormScreen
from deskapp.services import disclosure, dissatisfaction, lists, needs, persons, spoken, topics
from deskapp.services.call_clock import CallClock
from deskapp.services.contact_drafts import ContactDraft
from deskapp.services.disclosure import Tried
from deskapp.services.known import Known
from deskapp.services.lists import Authority, Dissatisfied, Jurisdiction, ServiceLanguage
from deskapp.services.worded import Item, Items
from deskapp.text import one_line
from deskapp.widgets.choice import Offer
from deskapp.widgets.record_form import FormField
from deskapp.widgets.ticks import Tick

AUTHORITIES = dict(zip("RSPLMKN", Authority, strict=True))
FELT = dict(zip("NMJ", Dissatisfied, strict=True))
JURISDICTIONS = dict(zip("CFMRPTEJOX", Jurisdiction, strict=True))
CLIENT, NOTHING = "client", "-"

TRIED_WORDS = {
    Tried.MATCHED: N_("yes"),
    Tried.MATCHED_AGAIN: N_("2nd try"),
    Tried.FAILED: N_("no"),
}


def _offers(items: Items, text: str) -> list[Offer]:
    return [Offer(item.code, item.label) for item in items.find(text)]


NEED_LANGUAGE = FormField(
    "need_language",
    N_("Interpreter of"),
    "choice",
    typed_as="need_language_typed",
    find=lambda text: _offers(spoken.languages(), text),
    label_of=lambda code: spoken.languages().label(code),
)
ACTING_FOR = FormField("acting_for", N_("Speaks for"), hint=N_("Full name of who it is about"))
DISSATISFIED_ABOUT = FormField(
    "dissatisfied_about",
    N_("Unhappy about"),
    "choice",
    hint=N_("Type any word: delay, staff, fees"),
    typed_as="dissatisfied_about_typed",
    find=lambda text: _offers(dissatisfaction.categories(), text),
    label_of=lambda code: dissatisfaction.categories().label(code),
)
REPEAT_REF = FormField("repeat_ref", N_("Repeat of"), hint=N_("Reference; empty for none"))


class RecordMore(FormScreen):
    """A contact form with Ctrl+R; each thing there stands behind a letter."""

    known: Known | None = None
    """What is known of the person and the case; None until it was read."""
    repeat_of: str = ""
    """Reference of the earlier contact that was found by itself."""
    interrupted_seconds: int = 0
    """How long a crash took that was not counted."""

    async def show_added(self) -> None:
        """Show the fields that are wanted besides, and what was recorded."""
        raise NotImplementedError

    async def action_more(self) -> None:
        """Ask what to record."""
        self.take()
        held = CallClock.of(self.draft.values).on_hold
        entries = [
            Entry("I", _("Identity check"), "identity"),
            Entry("N", _("Needs"), "needs"),
            Entry("T", _("Third party: speaks for somebody"), "third_party"),
            Entry("W", _("Welsh service"), "welsh"),
            Entry("D", _("Dissatisfied"), "dissatisfied"),
            Entry("S", _("Safe contact: how to reach them"), "safe"),
            Entry("M", _("Set or propose a marker"), "marker"),
            Entry("H", _("Back from hold") if held else _("Put on hold"), "hold"),
            Entry("J", _("Jurisdiction"), "jurisdiction"),
            Entry("A", _("Again: repeat of a contact"), "repeat"),
        ]
        if self._subtopics:
            entries.append(Entry("U", _("Subtopic"), "subtopic"))
        if self.interrupted_seconds:
            minutes = self.interrupted_seconds // MINUTE
            words = ngettext(
                "Count the {count} minute of the interruption",
                "Count the {count} minutes of the interruption",
                minutes,
            )
            entries.append(Entry("C", words.format(count=number(minutes)), "interruption"))
        await self.desk.ask(_("Record more"), entries, self._more_chosen)

    async def _more_chosen(self, what: str | None) -> None:
        asks = {
            "identity": self.check_identity,
            "needs": self.tick_needs,
            "third_party": self._ask_authority,
            "welsh": self._next_language,
            "dissatisfied": self._ask_dissatisfied,
            "safe": self._edit_safe_contact,
            "marker": self._set_marker,
            "hold": self._hold,
            "jurisdiction": self._ask_jurisdiction,
            "repeat": self._edit_repeat,
            "subtopic": self._ask_subtopic,
            "interruption": self._count_interruption,
        }
        if what:
            await asks[what]()

    async def record(self, *, focus: str = "", **values: str) -> None:
        """Keep values that stand in no editor, show what follows, go on typing in ``focus``."""
        self.change(**values)
        await self.show_added()
        if focus:
            self.form.focus_field(focus)
        else:
            self.back_to_field()

    # -- identity and needs ---------------------------------------------------------------

    async def check_identity(self) -> None:
        """Tick the kinds of detail that were asked for; the answers are kept nowhere."""
        from deskapp.screens.ticks import Ticks

        words = {tried.value: _(word) for tried, word in TRIED_WORDS.items()}
        checks = {kind: tried.value for kind, tried in self._checks.items()}
        question = _("Identity: which kinds of detail matched?")
        ticks = Ticks(question, _ticks(disclosure.kinds()), words, checks, self._identity_ticked)
        await self.app.push_screen(ticks, self._ticks_closed)

    @property
    def _checks(self) -> dict[str, Tried]:
        return disclosure.read(self.draft.values.get("checked", ""))

    def _identity_ticked(self, code: str, marks: dict[str, str]) -> tuple[dict[str, str], str]:
        if code:
            self.change(checked=disclosure.written(marks))
        if disclosure.unconfirmed(self._checks):
            return marks, _(
                "Not confirmed. Do not say what was wrong, or whether there is a case."
                " F9 I ends the contact so."
            )
        return marks, contact_state.level(self.draft.values, self.known).label

    async def tick_needs(self) -> None:
        """Tick what the person needs to use the court."""
        from deskapp.screens.ticks import Ticks

        ticked = dict.fromkeys(self.draft.values.get("needs", "").split(), "x")
        question = _("What does the person need to use the court?")
        ticks = Ticks(question, _ticks(needs.offered()), {"x": "x"}, ticked, self._need_ticked)
        await self.app.push_screen(ticks, self._ticks_closed)

    def _need_ticked(self, code: str, marks: dict[str, str]) -> tuple[dict[str, str], str]:
        if marks.get(code):
            marks = dict.fromkeys(needs.alone(marks, code), "x")
        if code:
            self.change(needs=" ".join(marks))
        return marks, ""

    async def _ticks_closed(self, _nothing: None) -> None:
        values = self.draft.values
        wants_language = needs.LANGUAGE in values.get("needs", "").split()
        empty = wants_language and not values.get("need_language")
        await self.record(focus="need_language" if empty else "")

    # -- safe contact and markers ---------------------------------------------------------

    async def _edit_safe_contact(self) -> None:
        """Ask how the person may be reached; they are kept first."""
        from deskapp.screens import safe_contact

        try:
            if person_id := await self.person_kept():
                await safe_contact.edit(self.desk, person_id)
        except DeskError as error:
            self.notify(str(error), severity="error", markup=False)

    async def _set_marker(self) -> None:
        """Set a marker on the person, or on the case when nobody is named."""
        from deskapp.screens import marker_form

        case_ref = self.form.values.get("case_ref", "").strip()
        try:
            if case_ref and not self.form.values.get("person_name", "").strip():
                await marker_form.choose(self.desk, "", case_ref)
            elif person_id := await self.person_kept():
                await marker_form.choose(self.desk, person_id, case_ref)
        except DeskError as error:
            self.notify(str(error), severity="error", markup=False)

    # -- third parties, language, dissatisfaction -----------------------------------------

    async def _ask_authority(self) -> None:
        entries = [Entry(letter, each.label, each.value) for letter, each in AUTHORITIES.items()]
        if self.draft.values.get("authority"):
            entries.append(Entry("C", _("The client speaks now"), CLIENT))
        await self.desk.ask(_("By what authority?"), entries, self._authority_chosen)

    async def _authority_chosen(self, authority: str | None) -> None:
        if authority == CLIENT:
            name = one_line(self.draft.values.get("acting_for", ""))
            await self.record(authority="", acting_for="", checked="")
            if name:
                self.form.pick("person_id", Offer("", name))
        elif authority:
            await self.record(authority=authority, focus="acting_for")
            if not lists.by_code(Authority, authority).suffices:
                self.notify(
                    _("Take information in, give none, change nothing until it is verified."),
                    markup=False,
                )

    async def _next_language(self) -> None:
        """Welsh at the first press; then both, English, not asked."""
        order = ["", ServiceLanguage.WELSH, ServiceLanguage.BOTH, ServiceLanguage.ENGLISH]
        at = order.index(self.draft.values.get("language", ""))
        await self.record(language=order[(at + 1) % len(order)])

    async def _ask_dissatisfied(self) -> None:
        entries = [Entry(letter, each.label, each.value) for letter, each in FELT.items()]
        await self.desk.ask(_("Is the person dissatisfied?"), entries, self._dissatisfied_chosen)

    async def _dissatisfied_chosen(self, felt: str | None) -> None:
        if felt:
            focus = "dissatisfied_about" if dissatisfaction.felt(felt) else ""
            await self.record(dissatisfied=felt, focus=focus)

    # -- hold, jurisdiction, subtopic, repeat ---------------------------------------------

    async def _hold(self) -> None:
        clock = CallClock.of(self.draft.values).hold(self.spent_seconds)
        await self.record(**clock.values)

    async def _ask_jurisdiction(self) -> None:
        entries = [Entry(letter, each.label, each.value) for letter, each in JURISDICTIONS.items()]
        await self.desk.ask(_("Which jurisdiction?"), entries, self._jurisdiction_chosen)

    async def _jurisdiction_chosen(self, code: str | None) -> None:
        if code:
            await self.record(jurisdiction=code)

    @property
    def _subtopics(self) -> tuple[topics.Subtopic, ...]:
        topic = self.draft.values.get("topic", "")
        return topics.by_code(topic).subtopics if topic else ()

    async def _ask_subtopic(self) -> None:
        entries = [
            Entry(letter, each.label(language()), each.code)
            for letter, each in zip(ascii_uppercase, self._subtopics, strict=False)
        ]
        entries.append(Entry("N", _("None of these"), NOTHING))
        await self.desk.ask(_("What exactly is it about?"), entries, self._subtopic_chosen)

    async def _subtopic_chosen(self, code: str | None) -> None:
        if code:
            await self.record(subtopic="" if code == NOTHING else code)

    async def _edit_repeat(self) -> None:
        ref = self.draft.values.get("repeat_ref", self.repeat_of)
        await self.record(repeat_ref=ref, focus="repeat_ref")

    async def _count_interruption(self) -> None:
        self.count_seconds(self.interrupted_seconds)
        self.interrupted_seconds = 0
        await self.record()

    # -- fields and persons ---------------------------------------------------------------

    def more_fields(self) -> list[FormField]:
        """Fields that are wanted by what was recorded."""
        values = self.draft.values
        wanted = (
            (NEED_LANGUAGE, needs.LANGUAGE in values.get("needs", "").split()),
            (ACTING_FOR, bool(values.get("authority"))),
            (DISSATISFIED_ABOUT, dissatisfaction.felt(values.get("dissatisfied", ""))),
            (REPEAT_REF, "repeat_ref" in values),
        )
        return [field for field, is_wanted in wanted if is_wanted]

    async def person_kept(self) -> str:
        """The id of the person; somebody new is kept first. Empty, and told, when nobody is named.

        Raises:
            DeskError: If the store refuses.
        """
        self.form.settle()
        self.take()
        values: Mapping[str, str] = self.draft.values
        name = one_line(values.get("person_name", ""))
        if values.get("person_id"):
            return values["person_id"]
        if not name:
            self.notify(_("Enter the person's name first."), markup=False)
            self.form.focus_field("person_id")
            return ""
        person_id = await self.desk.store.write(
            persons.settle,
            ContactDraft.from_values(values),
            now=self.desk.clock.now(),
            user=self.desk.user,
        )
        self.form.pick("person_id", Offer(person_id or "", name))
        self.take()
        self.keep(parked=False)
        return person_id or ""


def _ticks(items: Items) -> list[Tick]:
    return [_tick(item) for item in items]


def _tick(item: Item) -> Tick:
    return Tick(item.code, item.letter, item.label)
