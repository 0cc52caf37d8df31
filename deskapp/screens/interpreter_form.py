"""The forms of the register: an interpreter, and when somebody is not available."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from deskapp.i18n import N_, _
from deskapp.screens import filled_in, interpreter_desk
from deskapp.screens.booking_fields import WORD, options
from deskapp.screens.complaint_fields import several
from deskapp.screens.form_screen import FormScreen
from deskapp.screens.picks import pick
from deskapp.services import drafts
from deskapp.services.hard.hard import TYPED
from deskapp.services.interpreters import absences, languages, registering
from deskapp.services.interpreters.absences import PART_LABELS, AwayDraft
from deskapp.services.interpreters.bookings import GENDER_LABELS, KIND_LABELS
from deskapp.services.interpreters.register import InterpreterLine
from deskapp.services.interpreters.register_reading import LABELS
from deskapp.services.interpreters.registering import InterpreterDraft
from deskapp.widgets.form_field import FormField

YES_NO = (("yes", N_("Yes")), ("no", N_("No: nobody asks for them any more")))


class InterpreterFormScreen(FormScreen):
    """An entry of the register, new or to be put right."""

    HEADING: ClassVar[str] = N_("Interpreter")
    HELP: ClassVar[str] = N_(
        "Who can be asked for: name, languages one after the other with commas between, register"
        " and number such as NRPSI 12345, and when the registration ends. Under the same"
        " registration it is the same person at every court, so that nobody is booked twice. No"
        " home address is kept. F8 saves, Esc keeps the form for later."
    )

    @property
    def _given_id(self) -> str:
        """Whose entry is put right; empty for a new one."""
        return self.draft.values.get(drafts.RECORD, "")

    def fields(self) -> Sequence[FormField]:
        found = (
            FormField("name", LABELS["name"], needed=not self._given_id),
            several("languages", LABELS["languages"], _languages),
            FormField("registration", LABELS["registration"], hint=N_("Like NRPSI 12345")),
            FormField("expires_on", LABELS["expires_on"], hint=N_("Like 30 11 2027")),
            FormField("supplier", LABELS["supplier"]),
            FormField("phone", LABELS["phone"], card_check=False),
            FormField("email", LABELS["email"], card_check=False),
            pick("gender", LABELS["gender"], options(GENDER_LABELS), hint=WORD),
            pick(
                "kinds",
                LABELS["kinds"],
                options(KIND_LABELS),
                hint=N_("Empty: those of the languages"),
            ),
            FormField("note", LABELS["note"]),
        )
        if not self._given_id:
            return found
        active = [(code, _(label)) for code, label in YES_NO]
        return (*found, pick("active", LABELS["active"], active, hint=WORD))

    @property
    def untouched(self) -> bool:
        return filled_in.is_untouched(self.draft.values)

    async def save(self, values: Mapping[str, str]) -> str:
        acting, write = interpreter_desk.acting(self.desk), self.desk.store.write
        draft = _draft(values)
        if self._given_id:
            await write(registering.change, acting, self._given_id, draft, draft_id=self.draft.id)
            return self._given_id
        line = await write(registering.add, acting, draft, interpreter_id=self.draft.id)
        return line.id


def correction(line: InterpreterLine) -> dict[str, str]:
    """The values of a form that puts an entry right."""
    known = registering.as_draft(line)
    values = {
        "name": known.name,
        "languages": " ".join(line.languages),
        "registration": known.registration,
        "expires_on": known.expires_on,
        "supplier": known.supplier,
        "phone": known.phone,
        "email": known.email,
        "gender": known.gender,
        "kinds": " ".join(known.kinds.split()[:1]) if not line.languages else "",
        "note": known.note,
        "active": "yes" if line.active else "no",
    }
    return {**filled_in.begun(values), drafts.RECORD: line.id}


def _draft(values: Mapping[str, str]) -> InterpreterDraft:
    """What was typed; words that were not picked are said to be no language."""
    codes = values.get("languages", "").split()
    typed = "" if codes else values.get("languages" + TYPED, "")
    names = {name: values.get(name, "") for name in InterpreterDraft.__dataclass_fields__}
    return InterpreterDraft(
        **{**names, "languages": ",".join(codes) or typed, "active": names["active"] or "yes"}
    )


def _languages(text: str) -> list[tuple[str, str]]:
    return [(each.code, each.label) for each in languages.find(text)]


class AwayScreen(FormScreen):
    """When an interpreter is not available."""

    HEADING: ClassVar[str] = N_("Not available")
    HELP: ClassVar[str] = N_(
        "The first and the last day on which somebody is not available, both included; the last"
        " may stay empty for one day. Morning ends and afternoon begins at 13:00, unless your"
        " court has set another time. Bookings that are there already stay: deskapp says so when"
        " somebody is booked on such a day."
    )

    def fields(self) -> Sequence[FormField]:
        return (
            FormField("first_on", LABELS["first_on"], hint=N_("Like 30 11"), needed=True),
            FormField("last_on", LABELS["last_on"], hint=N_("Empty for one day")),
            pick("part", LABELS["part"], options(PART_LABELS), hint=N_("Empty: all day")),
            FormField("note", LABELS["note"], hint=N_("Not why: only what others must know")),
        )

    @property
    def untouched(self) -> bool:
        return filled_in.is_untouched(self.draft.values)

    async def save(self, values: Mapping[str, str]) -> str:
        acting, interpreter_id = interpreter_desk.acting(self.desk), values[drafts.RECORD]
        given = AwayDraft(
            first_on=values.get("first_on", ""),
            last_on=values.get("last_on", ""),
            part=values.get("part") or AwayDraft.part,
            note=values.get("note", ""),
        )
        await self.desk.store.write(
            absences.add_away, acting, interpreter_id, given, away_id=self.draft.id
        )
        return interpreter_id
