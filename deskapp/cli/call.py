"""One contact in line mode: what was given, what must be put right, saving it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from deskapp import settings
from deskapp.cli import addresses, enquiry_more
from deskapp.cli.card_numbers import settled
from deskapp.cli.choices import LISTS, ChoiceError
from deskapp.cli.options import Decision
from deskapp.cli.out import tell
from deskapp.cli.unlock import Desk
from deskapp.data.ids import new_id
from deskapp.errors import FormProblemsError, NotFoundError, Problem
from deskapp.i18n import N_, _
from deskapp.services import desk, drafts
from deskapp.services.callbacks import callback_contacts, callbacks
from deskapp.services.drafts import Draft
from deskapp.services.enquiries import (
    collected,
    contact_drafts,
    contacts,
    looked_up,
    outcomes,
    repeats,
)
from deskapp.services.enquiries.call_clock import CallClock
from deskapp.services.enquiries.contact_drafts import COLLECTED, ContactDraft
from deskapp.services.enquiries.contact_line import ContactLine
from deskapp.services.enquiries.outcomes import ADDED
from deskapp.services.hard import hard_records
from deskapp.services.knowledge import filling, trails
from deskapp.services.knowledge.walk import Walk
from deskapp.services.persons import known, persons, withheld
from deskapp.services.persons.persons import PersonLine
from deskapp.text import fold, one_line

FORM = "contact"


class Field(NamedTuple):
    """One thing that is asked for."""

    name: str
    option: str
    label: str
    """To be translated where it is shown."""


FIELDS = (
    Field("topic", "--topic", N_("Topic")),
    Field("person_name", "--person", N_("Person")),
    Field("question", "--asked", N_("What was asked")),
    Field("answer", "--said", N_("What was said")),
    Field("case_ref", "--case", N_("Case reference")),
    Field("phone", "--phone", N_("Phone")),
    Field("email", "--email", N_("Email")),
    Field("postcode", "--postcode", N_("Postcode")),
    Field("user_type", "--who", N_("Who they are")),
    Field("channel", "--channel", N_("Channel")),
    Field("outcome", "--outcome", N_("Outcome")),
)
"""In the order of the form."""
_OPTIONS = (
    {field.name: field.option for field in FIELDS}
    | {"person_id": "--person-id"}
    | enquiry_more.OPTIONS
)
GIVEN = frozenset(_OPTIONS) - {"checked", "needs"}
"""Fields whose options give one text; their parameters have the same names."""
_FREE_TEXTS = ("person_name", "question", "answer", "case_ref", "postcode", "acting_for")
"""What a card number may hide in, besides what the outcome adds."""
_LABELS = {field.name: field.label for field in FIELDS} | enquiry_more.LABELS


class Call:
    """One contact from its start until it is saved."""

    def __init__(self, desk: Desk, decision: Decision | None, parked: Draft | None = None) -> None:
        self.desk = desk
        self.values: dict[str, str] = dict(parked.values) if parked else {}
        self._resumed = parked is not None
        self._id = parked.id if parked else new_id()
        self._decision = decision
        self._started_at = parked.started_at if parked else desk.clock.now()
        self._spent_before = parked.spent_seconds if parked else 0
        self._began = desk.clock.monotonic()
        self._unusable: list[Problem] = []
        self._first_channel = settings.load().channel

    def give(self, given: Mapping[str, str], added: Iterable[str]) -> None:
        """Take the options of the command line; what cannot be used is kept as a problem."""
        for name, text in given.items():
            try:
                self.values[name] = LISTS[name].code(text) if name in LISTS and text else text
            except ChoiceError as error:
                self._unusable.append(Problem(name, str(error)))
        self._link(given.get("person_id", ""))
        for pair in added:
            name, equals, text = pair.partition("=")
            if equals and name.strip() in self._needs():
                self.values[ADDED + name.strip()] = text
            elif self.values.get("outcome"):
                self._unusable.append(Problem("--add", self._addable()))

    def give_ticks(
        self, checked: Iterable[str], not_matched: Iterable[str], needs: Iterable[str]
    ) -> None:
        """Take the options that may be repeated."""
        try:
            self.values |= enquiry_more.given(checked, not_matched, needs)
        except ChoiceError as error:
            self._unusable.append(Problem("needs", str(error)))

    def follow(self, walked: Walk) -> None:
        """Take what a script filled, how it ended and what was said in it."""
        filled = filling.fill(walked, self.values, {}, recorded=hard_records.OUTCOMES)
        self.values |= filled.changes
        self.values["trail"] = json.dumps([trails.run(walked)], ensure_ascii=False)
        self.values[looked_up.VALUE] = looked_up.added("", walked.script.id, walked.script.version)
        if walked.ending:
            self._keep("outcome", walked.ending.outcome)

    def _link(self, person_id: str) -> None:
        """Take the known person with this id; their name stands for one that was not given."""
        if not person_id:
            return
        try:
            known = self.desk.store.call_read(persons.get, person_id, user=self.desk.user)
        except NotFoundError as error:
            self._unusable.append(Problem("person_id", str(error)))
            self.values["person_id"] = ""
            return
        self.values["person_name"] = self.values.get("person_name") or known.full_name

    def logged(self) -> ContactLine:
        """Save what was given; somebody new of a known name is told of.

        Raises:
            FormProblemsError: With everything to put right, each at its option.
        """
        found = self._problems()
        if found:
            raise FormProblemsError([_at_option(problem) for problem in found])
        namesakes, same = self._namesakes(), self._saved_before()
        try:
            line = self._save()
        except FormProblemsError as error:
            raise FormProblemsError([_at_option(problem) for problem in error.problems]) from error
        if same is not None:
            message = _("You saved {ref} about the same a few minutes before. Is it the same?")
            tell(message.format(ref=same.ref))
        if namesakes:
            tell(_("Saved as somebody new. Known by the same name, to link with --person-id:"))
        for same_name in namesakes:
            tell(f"  {same_name.id}  {same_name.full_name}  {persons.hint(same_name)}")
        return line

    def _keep(self, name: str, typed: str) -> None:
        """Keep one value on the disk, so that a lost line loses nothing."""
        self.values[name] = typed
        if any(self.values.values()):
            self.desk.store.call_jot(drafts.keep, self._kept(name))

    def _saved_before(self) -> ContactLine | None:
        """The contact saved minutes before that may be this one."""
        draft, user = self._draft(), self.desk.user
        is_try = callback_contacts.CALLBACK_ID in self.values  # each is a contact of its own
        if is_try or draft.outcome in outcomes.UNCOUNTED:
            return None
        return self.desk.store.call_read(
            repeats.possible_duplicate, draft, started_at=self._started_at, user=user
        )

    def _known(self) -> list[PersonLine]:
        """Persons already known who may be the one that was named, when none was picked."""
        name = self.values.get("person_name", "")
        if not name or self.values.get("person_id"):
            return []
        return self.desk.store.call_read(persons.find, name, user=self.desk.user)

    def _namesakes(self) -> list[PersonLine]:
        """Those of them who have the same name."""
        name = fold(one_line(self.values.get("person_name", "")))
        return [line for line in self._known() if fold(line.full_name) == name]

    def _kept(self, focus: str) -> Draft:
        """The contact as it is kept until it is saved: parked, so that no screen reopens it."""
        return Draft(
            id=self._id,
            form=FORM,
            officer_id=self.desk.user.id,
            started_at=self._started_at,
            updated_at=self.desk.clock.now(),
            spent_seconds=self._spent_seconds(),
            parked=True,
            focus=focus,
            values={"channel": self._first_channel, **self.values},
        )

    def _spent_seconds(self) -> int:
        return self._spent_before + int(self.desk.clock.monotonic() - self._began)

    def _draft(self) -> ContactDraft:
        given = {
            name: value for name, value in self.values.items() if value or name == "repeat_ref"
        }
        return ContactDraft.from_values({"channel": self._first_channel, **given})

    def _problems(self) -> list[Problem]:
        """Everything to put right; one sentence for each field."""
        unusable = {problem.field for problem in self._unusable}
        today = self.desk.clock.today()
        found = contact_drafts.problems(self._draft(), today=today)
        return [*self._unusable, *(each for each in found if each.field not in unusable)]

    def _needs(self) -> dict[str, str]:
        """Name and label of what the outcome must add."""
        code = self.values.get("outcome")
        wanted = outcomes.by_code(code).needs if code else ()
        person_id, read = self.values.get("person_id", ""), self.desk.store.call_read
        if code == outcomes.CALLBACK and read(
            callbacks.needs_call_reason, person_id, user=self.desk.user
        ):
            wanted = (*wanted, outcomes.CALL_REASON)
        return {need.name: need.label for need in wanted}

    def _missing(self) -> list[str]:
        return [ADDED + name for name in self._needs() if not self.values.get(ADDED + name)]

    def _labels(self) -> dict[str, str]:
        collected_now = [name for name in self.values if name.startswith(COLLECTED)]
        return (
            _LABELS
            | {ADDED + name: label for name, label in self._needs().items()}
            | {name: collected.label(name.removeprefix(COLLECTED)) for name in collected_now}
        )

    def _addable(self) -> str:
        names = ", ".join(f"{name}=" for name in self._needs())
        if names:
            return _("This outcome adds: {names}.").format(names=names)
        return _("This outcome adds nothing.")

    def _save(self) -> ContactLine:
        added = [name for name in self.values if name.startswith((ADDED, COLLECTED))]
        self.values = settled(self.values, [*_FREE_TEXTS, *added], self._decision)
        clock, now = CallClock.of(self.values), self.desk.clock.now()
        line = self.desk.store.call_write(
            contacts.log,
            self._id,
            self._draft(),
            span=clock.span(self._started_at, self._spent_seconds(), now),
            user=self.desk.user,
            nation=desk.nation(self.desk.user.site),
        )
        written = {*_FREE_TEXTS, *added} - {*known.REACHED_BY}
        about = withheld.about_of(self.values)
        cover = self.desk.store.call_read(withheld.cover_about, about)
        addresses.warn(cover, (self.values.get(name, "") for name in written))
        return line


def _at_option(problem: Problem) -> Problem:
    """The problem with the option that puts it right in place of the field."""
    if problem.field.startswith(ADDED):
        return problem._replace(field=f"--add {problem.field.removeprefix(ADDED)}")
    return problem._replace(field=_OPTIONS.get(problem.field, problem.field))
