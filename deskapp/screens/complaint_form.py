"""A complaint before it is logged: what it is about, who complains, what happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

from deskapp.data.ids import new_id
from deskapp.errors import Problem
from deskapp.i18n import N_, _, day
from deskapp.screens import complaint_desk
from deskapp.screens.ask_line import AskLine
from deskapp.screens.asking import Closed
from deskapp.screens.base import Entry, saves, say_saved
from deskapp.screens.complaint_around import LoggingAround
from deskapp.screens.complaint_fields import lettered
from deskapp.screens.complaint_list import state
from deskapp.services import kinds
from deskapp.services.complaints import act, categories, draft_checks, duplicates, log, told
from deskapp.services.complaints.categories import ALSO
from deskapp.services.complaints.drafts import ComplaintDraft
from deskapp.services.complaints.duplicates import Possible
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.lines import ComplaintLine
from deskapp.services.complaints.lists import Authority, Channel, Severity
from deskapp.services.lists import Jurisdiction, UserType

SURVIVOR = "survivor"
"""Name of the value that says of which complaint this one is a duplicate."""
SAME = {
    "case_key": N_("same case"),
    "phone_key": N_("same phone"),
    "email_key": N_("same email"),
    "name_key": N_("same name and postcode"),
}


class ComplaintFormScreen(LoggingAround):
    """A complaint that is being written. F8 asks for what is missing, and logs it."""

    HEADING: ClassVar[str] = N_("Log a complaint")
    HELP: ClassVar[str] = N_(
        "Type what it is about in any words or as a code, such as delay, staff or DEL; a comma"
        " before further ones. Then who complains, a summary for lists (no names, nothing of the"
        " case) and what happened, in their words. F8 logs it; what is still missing and has a"
        " list is asked for, a letter answers. Fields that a category asks for appear below the"
        " others.\n\nCtrl+R records more: what is not ours, somebody anonymous, a third party and"
        " their authority, staff it is about, flags, a loss, needs. The lines at the top say how"
        " the person may be reached.\n\nEsc keeps the form for later; Home shows it. Ctrl+T throws"
        " it away and asks why. No clock is shown before it is logged, but it counts from the day"
        " on which the complaint first reached any part of HMCTS."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("form.save", "record.more", "form.park", "form.discard")

    _different = False
    """Whether the officer said that it is none of those that may be the same."""
    _line: ComplaintLine | None = None

    # -- saving ---------------------------------------------------------------------------

    async def every_problem(self, values: Mapping[str, str]) -> list[Problem]:
        acting = complaint_desk.acting(self.desk)
        return draft_checks.problems(ComplaintDraft.from_values(values), acting)

    def closed(self) -> Mapping[str, Closed]:
        yes_no = [Entry("Y", _("Yes"), "yes"), Entry("N", _("No"), "no")]
        anonymous = [
            Entry("A", _("Anonymous: no reply is owed"), "yes"),
            Entry("N", _("No, go back and enter the name"), ""),
        ]
        staff = [
            Entry("K", _("It is not known who it is about"), "yes"),
            Entry("E", _("Enter who it is about"), ""),
        ]
        return {
            "person_name": Closed(anonymous, sets="anonymous"),
            "about_staff": Closed(staff, sets="staff_unknown"),
            "channel": Closed(lettered(Channel)),
            "jurisdiction": Closed(lettered(Jurisdiction)),
            "severity": Closed(lettered(Severity)),
            "authority": Closed(lettered(Authority)),
            "loss_evidence": Closed(yes_no),
            "loss_direct": Closed(yes_no),
            **{
                ALSO + ask.name: Closed(yes_no)
                for ask in categories.asked_besides(self.codes)
                if ask.kind == "yes_no"
            },
        }

    async def ready(self) -> bool:
        return await super().ready() and not await self._ask_duplicates()

    async def _ask_duplicates(self) -> bool:
        """Ask whether it is one of those that may be the same; false when there is none."""
        if self.problems(self.values) or self._different:
            return False
        draft, acting = ComplaintDraft.from_values(self.values), complaint_desk.acting(self.desk)
        possible = await self.desk.store.read(duplicates.possible, draft, acting)
        if not possible:
            return False
        entries = [
            Entry(str(at), _offered(each, state(each.line, acting)), each.line.id)
            for at, each in enumerate(possible, 1)
        ]
        entries.append(Entry("L", _("None of these: log it"), "none"))

        async def answered(answer: str | None) -> None:
            if answer == "none":
                self._different = True
                await self.action_save()
            elif answer:
                await self._same(next(each.line for each in possible if each.line.id == answer))

        question = _("It may have been logged already. Is it one of these?")
        await self.desk.ask(question, entries, answered)
        return True

    async def _same(self, line: ComplaintLine) -> None:
        entries = [
            Entry("O", _("Open that one; this form is kept"), "open"),
            Entry("D", _("Log this one too, as a duplicate of it"), "duplicate"),
        ]

        async def answered(answer: str | None) -> None:
            if answer == "duplicate":
                self._different = True
                self.change(**{SURVIVOR: line.ref})
                await self.action_save()
            elif answer == "open" and await self.leave(parked=True):
                self.dismiss("")
                self.desk.open(kinds.COMPLAINT, line.id)

        await self.desk.ask(line.ref, entries, answered)

    async def save(self, values: Mapping[str, str]) -> str:
        acting, write = complaint_desk.acting(self.desk), self.desk.store.write
        draft = ComplaintDraft.from_values(values)
        self._line = await write(log.log, acting, self.draft.id, draft)
        if survivor := values.get(SURVIVOR):
            given, event_id = {"survivor": survivor}, new_id()
            await write(
                act.take, acting, self._line.id, Code.MARK_DUPLICATE, given, event_id=event_id
            )
        return self._line.id

    def saved(self, row_id: str) -> None:
        assert self._line is not None
        told = f"{self._line.ref} {self._line.summary}"
        self.desk.last_saved = lambda: told
        todo = _("still to enter in OPTIC") if self._line.optic_todo else ""
        say_saved(self.app, ", ".join(filter(None, (self._line.ref, todo))))

    # -- throwing away --------------------------------------------------------------------

    async def action_discard(self) -> None:
        """Throw the form away, with a reason; it is kept on this desk for a while."""
        if self.untouched or not await self.leave(parked=False):
            await self.action_back()
            return
        asked = AskLine(_("Why do you throw it away?"), _("Kept with your name and the time"))

        def answered(reason: str | None) -> None:
            if reason:
                self.discard(reason)

        await self.app.push_screen(asked, answered)

    @saves
    async def discard(self, reason: str) -> None:
        """Forget the form."""
        await self.flush()
        acting = complaint_desk.acting(self.desk)
        await self.desk.store.write(log.discard, acting, self.draft.id, reason)
        self.app.notify(_("Discarded."), markup=False)
        self.dismiss("")


def first_values(user_id: str, today: dt.date, channel: str) -> dict[str, str]:
    """What stands in a new complaint before anything is typed."""
    return {
        "received_on": day(today),
        "channel": channel,
        "user_type": UserType.NOT_GIVEN.value,
        "owner": user_id,
    }


def _offered(each: Possible, how: str) -> str:
    """A complaint that may be the same, in a line."""
    same = ", ".join(_(SAME[name]) for name in each.same)
    received = told.moment(each.line.received_at)
    return f"{each.line.ref}  {how}, {received}: {same}\n   {each.line.summary}"
