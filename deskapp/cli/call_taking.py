"""Taking a contact question by question: in the order of the form, empty skips, ? lists."""

from __future__ import annotations

from deskapp.cli import enquiry_more
from deskapp.cli.ask import ask, ask_choice
from deskapp.cli.call import FIELDS, Call
from deskapp.cli.choices import LISTS, label
from deskapp.cli.out import tell
from deskapp.i18n import _, language
from deskapp.services.enquiries import endings, topics
from deskapp.services.enquiries.call_clock import CallClock
from deskapp.services.enquiries.contact_line import ContactLine
from deskapp.services.persons import known, persons
from deskapp.services.persons.known import Known
from deskapp.text import compact, one_line

NOTHING = "-"
"""Typed in place of a value that stands there already: it is taken away."""


class TakenCall(Call):
    """A contact of which what is missing is asked for; of a parked one everything is gone over."""

    def taken(self) -> ContactLine:
        """Ask for what is missing, then save."""
        try:
            for problem in self._unusable:
                tell(problem.message)
            self._unusable.clear()
            if self._resumed:
                tell(_("Enter keeps what stands in brackets, - takes it away."))
            self._pick_person()
            for field in FIELDS:
                if field.name == "outcome":
                    enquiry_more.ask_more(self.values, self._keep, self._hold)
                if self._resumed:
                    self._go_over(field.name)
                elif not self.values.get(field.name):
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
        """Ask for one value and keep it."""
        if name in enquiry_more.LABELS:
            self._keep(name, enquiry_more.ask_value(name, self.values))
            return
        self._keep(name, self._typed(name, _(self._labels()[name])))

    def _go_over(self, name: str) -> None:
        """Ask for a value that may stand there already."""
        now, question = self.values.get(name, ""), _(self._labels()[name])
        if not now:
            self._ask(name)
            return
        if name in self._known_of_person().withheld:
            now = _("withheld")
        shown = label(name, now) if name in LISTS else one_line(now)
        typed = self._typed(name, f"{question} [{shown}]")
        if typed:
            self._keep(name, "" if typed == NOTHING else typed)

    def _typed(self, name: str, question: str) -> str:
        return ask_choice(question, name, NOTHING) if name in LISTS else ask(question)

    def _keep(self, name: str, typed: str) -> None:
        if name == "person_name" and typed != self.values.get(name):
            self.values["person_id"] = ""
        super()._keep(name, typed)
        if name == "person_name":
            self._pick_person()
        if name == "topic" and typed:
            tell(topics.by_code(typed).says_in_lines(language()))

    def _hold(self) -> str:
        """Put the caller on hold or take them back; what was done, in words."""
        clock = CallClock.of(self.values).hold(self._spent_seconds())
        for name, value in clock.values.items():
            self._keep(name, value)
        return _("ON HOLD") if clock.on_hold else _("Back from hold")

    def _ask_same(self) -> None:
        """Let the officer save it as a duplicate."""
        line = self._saved_before()
        if line is None:
            return
        question = _("You saved {ref} about the same a few minutes ago. Is this the same contact?")
        if enquiry_more.yes_no(question.format(ref=line.ref)):
            self.values |= endings.duplicate_of(line.ref)

    def _pick_person(self) -> None:
        """Offer persons already known by the name that was typed; say what must be known first."""
        found = self._known()
        for number, line in enumerate(found, start=1):
            tell(f"{number}  {line.full_name}  {persons.hint(line)}")
        typed = ask(_("Number of the person, or empty for somebody new")) if found else ""
        if typed.isdecimal() and 0 < int(typed) <= len(found):
            picked = found[int(typed) - 1]
            self.values |= {"person_id": picked.id, "person_name": picked.full_name}
        if self.values.get("person_id"):
            self._tell_known()

    def _tell_known(self) -> None:
        """Say how the person may be reached, and their markers, which are kept as seen."""
        seen = self._known_of_person()
        for banner in seen.banners:
            tell(f"! {banner.words}")
        tell(seen.safe.words)
        for each in seen.promised:
            tell(_("Waits for: {promise}").format(promise=each))
        codes = self.values.get("markers_seen", "").split() + [each.code for each in seen.banners]
        self.values["markers_seen"] = " ".join(dict.fromkeys(codes))

    def _known_of_person(self) -> Known:
        about = self.values.get("person_id", ""), compact(self.values.get("case_ref", ""))
        today, user = self.desk.clock.today(), self.desk.user
        return self.desk.store.call_read(known.about, *about, today=today, user=user)
