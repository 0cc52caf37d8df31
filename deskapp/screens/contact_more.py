"""What most contacts do not need and Ctrl+R records: identity, needs, third parties and more."""

from __future__ import annotations

from string import ascii_uppercase

from deskapp.i18n import N_, _, language, ngettext, number
from deskapp.screens import records
from deskapp.screens.base import Entry, says
from deskapp.screens.contact_checks import Checks
from deskapp.screens.contact_state import MINUTE
from deskapp.services import kinds, lists, needs, spoken
from deskapp.services.choice import Choice
from deskapp.services.enquiries import dissatisfaction, topics
from deskapp.services.enquiries.call_clock import CallClock
from deskapp.services.lists import Authority, Dissatisfied, Jurisdiction, ServiceLanguage
from deskapp.services.worded import Items
from deskapp.text import one_line
from deskapp.widgets.choice import Offer
from deskapp.widgets.form_field import FormField

CLIENT, NOTHING = "client", "-"


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


class RecordMore(Checks):
    """A contact form with Ctrl+R; each thing there stands behind a letter."""

    repeat_of: str = ""
    """Reference of the earlier contact that was found by itself."""
    interrupted_seconds: int = 0
    """How long a crash took that was not counted."""

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
        if self.draft.values.get("person_id") or self.draft.values.get("case_ref"):
            entries.append(Entry("P", _("Past contacts of the person or case"), "past"))
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
            "safe": self.edit_safe_contact,
            "marker": self._set_marker,
            "hold": self._hold,
            "jurisdiction": self._ask_jurisdiction,
            "repeat": self._edit_repeat,
            "past": self._show_past,
            "subtopic": self._ask_subtopic,
            "interruption": self._count_interruption,
        }
        if what:
            await asks[what]()

    # -- safe contact and markers ---------------------------------------------------------

    @says
    async def _set_marker(self) -> None:
        """Set a marker on the person, or on the case when nobody is named."""
        from deskapp.screens import marker_form

        case_ref = self.form.values.get("case_ref", "").strip()
        if case_ref and not self.form.values.get("person_name", "").strip():
            await marker_form.choose(self.desk, "", case_ref)
        elif person_id := await self.person_kept():
            await marker_form.choose(self.desk, person_id, case_ref)

    # -- third parties, language, dissatisfaction -----------------------------------------

    async def _ask_authority(self) -> None:
        entries = _entries(Authority)
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
        question = _("Is the person dissatisfied?")
        await self.desk.ask(question, _entries(Dissatisfied), self._dissatisfied_chosen)

    async def _dissatisfied_chosen(self, felt: str | None) -> None:
        if felt:
            focus = "dissatisfied_about" if dissatisfaction.felt(felt) else ""
            await self.record(dissatisfied=felt, focus=focus)

    # -- hold, jurisdiction, subtopic, repeat ---------------------------------------------

    async def _hold(self) -> None:
        clock = CallClock.of(self.draft.values).hold(self.spent_seconds)
        await self.record(**clock.values)

    async def _ask_jurisdiction(self) -> None:
        question = _("Which jurisdiction?")
        await self.desk.ask(question, _entries(Jurisdiction), self._jurisdiction_chosen)

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

    async def _show_past(self) -> None:
        """Show what was said before, on a screen of its own; Esc comes back to the form."""
        values = self.draft.values
        if values.get("person_id"):
            self.desk.open(kinds.PERSON, values["person_id"])
        else:
            self.desk.open(records.CONTACTS, values.get("case_ref", ""))

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


def _entries(kind: type[Choice]) -> list[Entry]:
    return [Entry(letter, each.label, each.value) for letter, each in lists.lettered(kind)]
