"""How long enquiries are kept (section 15), and that two people erase them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from deskapp import paths
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.errors import FormProblemsError, NotAllowedError, SettingsError
from deskapp.roles import Role, User
from deskapp.services import links
from deskapp.services.enquiries import (
    contact_lines,
    disclosure,
    enquiry_disposal,
    enquiry_retention,
    enquiry_secrets,
)
from deskapp.services.enquiries.enquiry_retention import Ripe
from deskapp.services.erasing import NotErasedError
from deskapp.services.persons import marker_work, person_links, safe_contact
from deskapp.services.persons.marker_drafts import MarkerDraft
from deskapp.services.persons.safe_contact import SafeAnswers
from tests.builders import SetClock, save

SECRET = "Zebedee"


class Leaders:
    """A team leader who proposes and another who confirms."""

    def __init__(self, store: Store, user: User, clock: SetClock) -> None:
        self.store, self.clock = store, clock
        self.one = user._replace(role=Role.TEAM_LEADER)
        self.other = self.one._replace(id=new_id(), name="Lee Example")
        self.rules = enquiry_retention.rules(paths.settings_folder())

    def due(self) -> list[Ripe]:
        """What is due now."""
        return self.store.call_read(
            enquiry_retention.due, self.rules, user=self.one, now=self.clock.moment
        )

    def propose(self, reason: str = "The period is over") -> int:
        """The one proposes."""
        return self.store.call_write(
            enquiry_disposal.propose, self.rules, reason, user=self.one, now=self.clock.moment
        )

    def confirm(self, user: User | None = None) -> int:
        """The other confirms."""
        return self.store.call_write(
            enquiry_disposal.confirm, self.rules, user=user or self.other, now=self.clock.moment
        )

    def everything(self) -> str:
        """All that the store holds, in one text."""

        def dump(connection: Connection) -> str:
            tables = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            ).fetchall()
            rows = (connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in tables)
            return "\n".join(map(str, rows))

        return self.store.call_read(dump)


@pytest.fixture
def leaders(store: Store, user: User, clock: SetClock) -> Leaders:
    """The two, on the day of the test."""
    return Leaders(store, user, clock)


@pytest.mark.parametrize(
    ("named", "on", "is_due"),
    [
        ("", dt.date(2027, 11, 18), False),
        ("", dt.date(2027, 11, 19), True),
        (SECRET, dt.date(2027, 11, 19), False),
        (SECRET, dt.date(2029, 11, 18), False),
        (SECRET, dt.date(2029, 11, 19), True),
    ],
)
def test_a_year_without_a_name_three_with_one(
    named: str, on: dt.date, is_due: bool, leaders: Leaders, user: User, clock: SetClock
) -> None:
    """The contact is of 18 November 2026."""
    save(leaders.store, user, clock, person_name=named)
    clock.shows(dt.datetime.combine(on, dt.time(9), dt.UTC))
    assert bool(leaders.due()) is is_due


def test_two_people_erase_a_contact_with_its_person(
    leaders: Leaders, user: User, clock: SetClock
) -> None:
    """What is left says that it was and who decided, and nothing about anybody."""
    line = save(leaders.store, user, clock, person_name=SECRET, answer=f"Told {SECRET}")
    person = leaders.store.call_read(contact_lines.record, line.id, user=user).person_id or ""
    answers = SafeAnswers("yes", code_word=SECRET)
    leaders.store.call_write(safe_contact.save, person, answers, user=user)
    clock.passes(days=3 * 366)
    with pytest.raises(NotErasedError, match="propose it first"):
        leaders.confirm()
    with pytest.raises(FormProblemsError):
        leaders.propose(" ")
    assert leaders.propose() == 1
    assert leaders.propose() == 0, "they wait for somebody else already"
    with pytest.raises(NotErasedError, match="somebody else"):
        leaders.confirm(leaders.one)
    assert SECRET in leaders.everything()
    assert leaders.confirm() == 1
    assert SECRET not in leaders.everything()
    [row] = leaders.store.call_read(
        Connection.execute, "SELECT tbl, ref, proposed_by, officer_id FROM purge_log"
    ).fetchall()
    assert row == ("contact", line.ref, leaders.one.id, leaders.other.id)
    assert leaders.due() == []


def test_what_is_promised_or_belongs_to_a_case_is_kept(
    leaders: Leaders, user: User, clock: SetClock
) -> None:
    """Safeguarding stays as long as its case; a link that was taken back holds nothing."""
    promised = {"team": "List office", "by_when": "20 11 2026"}
    save(leaders.store, user, clock, outcome="MSG", answer="Ring them back", extras=promised)
    line = save(leaders.store, user, clock)
    given: dict[str, Any] = {"user": user, "now": clock.moment}
    leaders.store.call_write(links.link, "contact", line.id, "case_record", "a-case", **given)
    clock.passes(days=400)
    assert leaders.due() == []
    one, other = links.Link("case_record", "a-case"), links.Link("contact", line.id)
    leaders.store.call_write(links.unlink, one, other, reason="Not theirs", **given)
    assert [each.id for each in leaders.due()] == [line.id]


def test_a_person_with_a_marker_or_a_later_contact_stays(
    leaders: Leaders, user: User, clock: SetClock
) -> None:
    """A confidential address must outlive the calls about it."""
    ids = []
    for name in ("With A Marker", "Rang Again"):
        line = save(leaders.store, user, clock, person_name=name)
        found = leaders.store.call_read(contact_lines.record, line.id, user=user)
        ids.append(found.person_id or "")
    leaders.store.call_write(
        marker_work.set_marker,
        new_id(),
        MarkerDraft(code="PF0004", person_id=ids[0]),
        now=clock.moment,
        user=user,
    )
    clock.passes(days=3 * 366)
    save(leaders.store, user, clock, person_id=ids[1], person_name="Rang Again")
    leaders.propose()
    assert leaders.confirm() == 2
    kept = leaders.store.call_read(Connection.execute, "SELECT id FROM person").fetchall()
    assert {row[0] for row in kept} == set(ids)


def test_it_goes_in_steps_the_oldest_first(leaders: Leaders, user: User, clock: SetClock) -> None:
    """A step ends before anybody who types would notice it."""
    first = save(leaders.store, user, clock)
    clock.passes(minutes=20)
    save(leaders.store, user, clock)
    clock.passes(days=400)
    leaders.rules = leaders.rules._replace(at_once=1)
    assert [each.id for each in leaders.due()] == [first.id]


def test_officers_neither_see_nor_do_it(leaders: Leaders, user: User, clock: SetClock) -> None:
    """It is for who answers for the records."""
    now: dict[str, Any] = {"user": user, "now": clock.moment}

    def tried(session: Session) -> None:
        for verb, more in ((enquiry_disposal.propose, ("x",)), (enquiry_disposal.confirm, ())):
            with pytest.raises(NotAllowedError):
                verb(session, leaders.rules, *more, **now)

    leaders.store.call_write(tried)
    with pytest.raises(NotAllowedError):
        leaders.store.call_read(enquiry_retention.due, leaders.rules, **now)


@pytest.mark.parametrize(
    "text", ["named_years = 0", "anonymous_years = 'a'", "x = ", "secrets_months = 13"]
)
def test_a_wrong_rules_file_is_named(text: str, tmp_path: Path) -> None:
    """The administrator corrects it or takes it away."""
    shipped = paths.REFERENCE
    rules = (shipped / enquiry_retention.RULES_FILE).read_text(encoding="utf-8")
    name = text.partition(" ")[0]
    kept = [line for line in rules.splitlines() if not line.startswith(name)]
    (tmp_path / enquiry_retention.RULES_FILE).write_text("\n".join([*kept, text]))
    with pytest.raises(SettingsError, match=r"enquiry_retention\.toml"):
        enquiry_retention.rules(tmp_path)


class Plan:
    """How SQLite reads what is due."""

    def __init__(self, leaders: Leaders, due: Any) -> None:
        told: list[str] = []

        def traced(connection: Connection) -> None:
            leaders.store._reader.set_trace_callback(told.append)
            try:
                due(connection, leaders.rules, user=leaders.one, now=leaders.clock.moment)
            finally:
                leaders.store._reader.set_trace_callback(None)

        leaders.store.call_read(traced)
        asked = [sql for sql in told if "contact AS c" in sql and not sql.startswith("--")]
        assert asked
        self.steps = [
            row[3]
            for sql in asked
            for row in leaders.store.call_read(
                Connection.execute, f"EXPLAIN QUERY PLAN {sql}"
            ).fetchall()
        ]


@pytest.mark.parametrize("due", [enquiry_retention.due, enquiry_secrets.due])
def test_what_is_due_is_read_by_indexes_in_the_order_it_goes(leaders: Leaders, due: Any) -> None:
    """A million contacts that are kept cost nothing, and nothing is sorted."""
    steps = Plan(leaders, due).steps
    assert "SEARCH c USING INDEX contact_by_time (started_at<?)" in steps
    whole = [step for step in steps if step.startswith("SCAN") and step not in READ_WHOLE]
    assert whole == []
    assert not any("TEMP B-TREE FOR ORDER BY" in step for step in steps)


READ_WHOLE = (
    "SCAN linked",
    "SCAN pairs",
    "SCAN newest",
    "SCAN s",
    "SCAN json_each VIRTUAL TABLE INDEX 1:",
)
"""Links with cases, and what persons said about being reached: short beside the contacts."""


# -- code words and kinds of check --------------------------------------------------------------


class Secrets(Leaders):
    """The same two, for what goes first."""

    def due(self) -> list[Ripe]:
        return self.store.call_read(
            enquiry_secrets.due, self.rules, user=self.one, now=self.clock.moment
        )

    def propose(self, reason: str = "The period is over") -> int:
        return self.store.call_write(
            enquiry_secrets.propose, self.rules, reason, user=self.one, now=self.clock.moment
        )

    def confirm(self, user: User | None = None) -> int:
        return self.store.call_write(
            enquiry_secrets.confirm, self.rules, user=user or self.other, now=self.clock.moment
        )

    def has_word(self, person: str, word: str = SECRET) -> None:
        """The person has a code word."""
        self.store.call_write(
            safe_contact.save, person, SafeAnswers("yes", code_word=word), user=self.one
        )


@pytest.fixture
def secrets(store: Store, user: User, clock: SetClock) -> Secrets:
    """The two, on the day of the test."""
    return Secrets(store, user, clock)


def person_of(secrets: Secrets, contact_id: str) -> str:
    """Id of the person of a contact."""
    record = secrets.store.call_read(contact_lines.record, contact_id, user=secrets.one)
    return record.person_id or ""


def test_code_words_and_kinds_of_check_go_before_their_contact(
    secrets: Secrets, user: User, clock: SetClock
) -> None:
    """After half a year, by two people, with every copy; the contact stays as it was."""
    checked = disclosure.written({"case_ref": "x", "name": "x"})
    line = save(secrets.store, user, clock, person_name="Ann Jones", checked=checked, answer="Told")
    tried = save(secrets.store, user, clock, outcome="NOID", extras={"tried": f"Name {SECRET}"})
    secrets.has_word(person_of(secrets, line.id))
    assert secrets.due() == []
    clock.passes(days=184)
    assert {each.id for each in secrets.due()} == {line.id, tried.id}
    assert secrets.propose() == 2
    with pytest.raises(NotErasedError, match="somebody else"):
        secrets.confirm(secrets.one)
    assert secrets.everything().count(SECRET) > 1
    assert secrets.confirm() == 2
    assert SECRET not in secrets.everything()
    record = secrets.store.call_read(contact_lines.record, line.id, user=user)
    assert (record.more.checked, record.answer) == ((), "Told")
    assert secrets.due() == []
    assert Leaders(secrets.store, user, clock).due() == []


def test_what_waits_to_be_sent_keeps_its_form_without_them(
    secrets: Secrets, user: User, clock: SetClock
) -> None:
    """The log of changes goes to the central database as it is."""
    extras = {"tried": SECRET}
    line = save(secrets.store, user, clock, outcome="NOID", extras=extras)
    clock.passes(days=184)
    secrets.propose()
    secrets.confirm()
    [(delta,), *told] = secrets.store.call_read(
        Connection.execute,
        "SELECT delta FROM change_log WHERE tbl = 'contact' AND row_id = ? ORDER BY seq",
        (line.id,),
    ).fetchall()
    assert told == [('{"checked": "[]"}',), ('{"extras.tried": null}',)]
    told = json.loads(delta)
    assert told["extras"] == "{}"
    assert "checked" not in told
    assert told["outcome"] == "NOID"


@pytest.mark.parametrize("held", ["marker", "callback", "later", "linked"])
def test_a_code_word_stays_while_somebody_may_need_it(
    held: str, secrets: Secrets, user: User, clock: SetClock
) -> None:
    """A marker, a promised callback, a later contact, also of the same person's other record."""
    store = secrets.store
    extras = {"slot": "11:00", "kind": "window"} if held == "callback" else {}
    outcome = "CBK" if held == "callback" else "RES"
    line = save(store, user, clock, person_name="Ann Jones", outcome=outcome, extras=extras)
    person = person_of(secrets, line.id)
    secrets.has_word(person)
    if held == "marker":
        draft = MarkerDraft(code="PF0002", person_id=person)
        store.call_write(marker_work.set_marker, new_id(), draft, now=clock.moment, user=user)
    clock.passes(days=184)
    if held == "later":
        save(store, user, clock, person_id=person, person_name="Ann Jones")
    if held == "linked":
        other = person_of(secrets, save(store, user, clock, person_name="A. Jones").id)
        store.call_write(
            person_links.link, person, other, "Same number", user=user, now=clock.moment
        )
    assert secrets.due() == []
