"""One contact in line mode: what was given, what is asked for, what must be put right."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from deskapp import settings
from deskapp.cli import addresses, enquiry_more
from deskapp.cli.ask import ask, ask_choice
from deskapp.cli.card_numbers import settled
from deskapp.cli.choices import LISTS, ChoiceError
from deskapp.cli.options import Decision
from deskapp.cli.out import tell
from deskapp.cli.unlock import Desk
from deskapp.data.ids import new_id
from deskapp.errors import FormProblemsError, NotFoundError, Problem
from deskapp.i18n import N_, _
from deskapp.services import (
    callbacks,
    collected,
    contacts,
    desk,
    drafts,
    endings,
    hard_records,
    known,
    looked_up,
    outcomes,
    persons,
    repeats,
    withheld,
)
from deskapp.services.contact_drafts import COLLECTED
from deskapp.services.contact_lines import ContactLine
from deskapp.services.contacts import ContactDraft
from deskapp.services.drafts import Draft
from deskapp.services.knowledge import filling, trails
from deskapp.services.knowledge.walk import Walk
from deskapp.services.outcomes import ADDED
from deskapp.services.persons import PersonLine
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
_FREE_TEXTS = ("person_name", "question", "answer", "case_ref", "postcode", "acting_for")
"""What a card number may hide in, besides what the outcome adds."""
_LABELS = {field.name: field.label for field in FIELDS} | enquiry_more.LABELS


class Call:
    """One contact from its start until it is saved."""

    def __init__(self, desk: Desk, decision: Decision | None) -> None:
        self.desk = desk
        self.values: dict[str, str] = {}
        self._id = new_id()
        self._decision = decision
        self._started_at = desk.clock.now()
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

    def taken(self) -> ContactLine:
        """Ask for what is missing, then save."""
        try:
            for problem in self._unusable:
                tell(problem.message)
            self._unusable.clear()
            self._pick_person()
            for field in FIELDS:
                if field.name == "outcome":
                    enquiry_more.ask_more(self.values, self._keep)
                if not self.values.get(field.name):
                    self._ask(field.name)
            for name in self._missing():
                self._ask(name)
            while found := self._problems():
                for problem in found:
                    tell(problem.message)
                for name in dict.fromkeys(problem.field for problem in found):
                    self._ask(name)
            self._ask_same()
            return self._save()
        except KeyboardInterrupt:
            if any(self.values.values()):
                tell(_("Not saved. It waits among your parked contacts."))
            raise

    def _ask(self, name: str) -> None:
        """Ask for one value and keep it, so that a lost line loses nothing."""
        if name in enquiry_more.LABELS:
            self._keep(name, enquiry_more.ask_value(name, self.values))
            return
        question = _(self._labels()[name])
        self._keep(name, ask_choice(question, name) if name in LISTS else ask(question))

    def _keep(self, name: str, typed: str) -> None:
        """Keep one value on the disk."""
        self.values[name] = typed
        if name == "person_name":
            self._pick_person()
        if any(self.values.values()):
            self.desk.store.call_jot(drafts.keep, self._kept(name))

    def _saved_before(self) -> ContactLine | None:
        """The contact saved minutes before that may be this one."""
        draft, user = self._draft(), self.desk.user
        if draft.outcome in outcomes.UNCOUNTED:
            return None
        return self.desk.store.call_read(
            repeats.possible_duplicate, draft, started_at=self._started_at, user=user
        )

    def _ask_same(self) -> None:
        """Let the officer save it as a duplicate."""
        line = self._saved_before()
        if line is None:
            return
        question = _("You saved {ref} about the same a few minutes ago. Is this the same contact?")
        if enquiry_more.yes_no(question.format(ref=line.ref)):
            self.values |= endings.duplicate_of(line.ref)

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

    def _pick_person(self) -> None:
        """Offer persons already known by the name that was typed."""
        known = self._known()
        if not known:
            return
        for number, line in enumerate(known, start=1):
            tell(f"{number}  {line.full_name}  {persons.hint(line)}")
        typed = ask(_("Number of the person, or empty for somebody new"))
        if typed.isdecimal() and 0 < int(typed) <= len(known):
            picked = known[int(typed) - 1]
            self.values |= {"person_id": picked.id, "person_name": picked.full_name}

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
        return int(self.desk.clock.monotonic() - self._began)

    def _draft(self) -> ContactDraft:
        given = {
            name: value for name, value in self.values.items() if value or name == "repeat_ref"
        }
        return ContactDraft.from_values({"channel": self._first_channel, **given})

    def _problems(self) -> list[Problem]:
        """Everything to put right; one sentence for each field."""
        unusable = {problem.field for problem in self._unusable}
        today = self.desk.clock.today()
        found = contacts.problems(self._draft(), today=today)
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
        span = contacts.Span(self._started_at, self.desk.clock.now(), self._spent_seconds())
        line = self.desk.store.call_write(
            contacts.log,
            self._id,
            self._draft(),
            span=span,
            user=self.desk.user,
            nation=desk.nation(self.desk.user.site),
        )
        written = {*_FREE_TEXTS, *added} - {*known.REACHED_BY}
        cover = self.desk.store.call_read(withheld.cover, self.values.get("person_id"))
        addresses.warn(cover, (self.values.get(name, "") for name in written))
        return line


def _at_option(problem: Problem) -> Problem:
    """The problem with the option that puts it right in place of the field."""
    if problem.field.startswith(ADDED):
        return problem._replace(field=f"--add {problem.field.removeprefix(ADDED)}")
    return problem._replace(field=_OPTIONS.get(problem.field, problem.field))
