"""What the login of a desk may not do at central, whatever program it uses."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from deskapp.data.central.connect import APPLIER, DESK, check_secure, connect
from deskapp.errors import CentralError, CentralRefusedError
from tests.builders import SITE
from tests.central.conftest import Central
from tests.central.test_exchange import Enrol, add_person, persons

OTHER_SITE = "fact:caernarfon-justice-centre"
INBOX = (
    "INSERT INTO sync_inbox (desk_id, seq, change_id, txn, hlc, actor, tbl, row_id, home_site, op,"
    " delta, base_rev, schema_ver, wall_ms, chain) SELECT %s, 99, 'c', 't', 1, '', 'person', 'p',"
    " 's', 'I', '{}', 0, '0001', 1, '\\x00'"
)


NOT_FOR_DESKS = (
    "UPDATE sync_inbox SET delta = '{}'",
    "DELETE FROM sync_inbox",
    "SELECT delta FROM sync_inbox",
    "INSERT INTO sync_inbox (received_by) VALUES ('somebody')",
    "SELECT * FROM sync_batch",
    "UPDATE sync_desk SET status = 'active'",
    "SELECT public_key FROM sync_desk",
    "INSERT INTO sync_member VALUES (session_user, 'S:elsewhere', true)",
    "UPDATE sync_stream SET head = 0",
    "INSERT INTO feed VALUES ('S:x', 'person', 'p', 1, 'P', '{}')",
    "SELECT * FROM item",
    "INSERT INTO item VALUES ('s', 'person', 'p', 1, true, '{}', '{}')",
    "SELECT * FROM audit",
    "DELETE FROM audit",
    "SELECT * FROM audit_before",
    "INSERT INTO quarantine VALUES ('d', 1, 's', 'x')",
    "UPDATE sync_central SET paused = true",
    "CREATE TABLE deskapp.own (x int)",
    f"SET ROLE {APPLIER}",
    "SET ROLE owner",
)
NOT_FOR_THE_APPLIER = (
    "UPDATE audit SET outcome = 'applied'",
    "DELETE FROM audit",
    "UPDATE sync_member SET may_push = true",
    "INSERT INTO sync_desk VALUES ('d', 's', 'r', '')",
)


def permitted(dsn: str, role: str, statements: tuple[str, ...]) -> list[str]:
    """Those of the statements that a role may run."""
    found = []
    with connect(dsn, role=role) as login:
        for statement in statements:
            try:
                login.execute(statement)
            except psycopg.errors.InsufficientPrivilege:
                continue
            found.append(statement)
    return found


def test_a_desk_may_only_add_to_its_inbox_and_read_its_streams(
    central: Central, enrolled: Enrol
) -> None:
    """S7: everything else is refused, whatever program it uses."""
    assert permitted(enrolled("one").dsn, DESK, NOT_FOR_DESKS) == []


def test_the_applier_may_not_change_the_past(central: Central) -> None:
    """S7: no role can change or delete what was done, or let anybody in."""
    assert permitted(central.owner, APPLIER, NOT_FOR_THE_APPLIER) == []


def test_a_desk_cannot_speak_for_another(central: Central, enrolled: Enrol) -> None:
    """S8: rows of another desk id are refused, by whatever login."""
    one, two = enrolled("one"), enrolled("two")
    with (
        connect(one.dsn, role=DESK) as login,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        login.execute(INBOX, (two.store.desk_id,))


def test_a_batch_that_another_key_signed_stops_its_desk(central: Central, enrolled: Enrol) -> None:
    """S8: a stolen login is not enough; nothing of the batch is merged."""
    one = enrolled("one")
    add_person(one, full_name="Ann Jones")
    forged = "UPDATE local_state SET value = ? WHERE name = 'sync_key'"
    one.store.call_jot(lambda connection: connection.execute(forged, ("11" * 32,)) and None)
    one.sync()
    done = central.apply()
    assert done.blocked == [one.store.desk_id]
    assert central.ask("SELECT * FROM item") == []
    with pytest.raises(CentralRefusedError):
        one.sync()


def test_a_change_that_was_altered_on_the_way_stops_its_desk(
    central: Central, enrolled: Enrol
) -> None:
    """The chain over what was sent no longer fits what lies in the inbox."""
    one = enrolled("one")
    add_person(one, full_name="Ann Jones")
    one.sync()
    with connect(central.owner) as owner:
        owner.execute("UPDATE sync_inbox SET delta = replace(delta, 'Jones', 'James')")
    assert central.apply().blocked == [one.store.desk_id]
    assert central.ask("SELECT * FROM item") == []


def test_rows_of_another_site_do_not_reach_a_desk(central: Central, enrolled: Enrol) -> None:
    """I9: what a desk never had cannot leak from it."""
    one, far = enrolled("one", may_apply=True), enrolled("far", site=OTHER_SITE, may_apply=True)
    add_person(one, full_name="Ann Jones")
    one.sync()
    far.sync()
    assert persons(far.store) == []
    with connect(far.dsn, role=DESK) as login:
        assert login.execute("SELECT * FROM feed").fetchall() == []
        assert login.execute("SELECT stream FROM sync_stream").fetchall() == [(f"S:{OTHER_SITE}",)]


def test_a_row_for_another_site_is_not_taken(central: Central, enrolled: Enrol) -> None:
    """I9: a desk writes into the streams that its login may push, and nowhere else."""
    far = enrolled("far", site=OTHER_SITE, may_apply=True)
    add_person(far, full_name="Ann Jones")  # the helper writes rows of SITE
    outcome = far.sync()
    assert (outcome.applied, outcome.quarantined) == (0, 1)
    assert central.ask("SELECT code, home_site FROM quarantine") == [("not_member", OTHER_SITE)]
    assert SITE != OTHER_SITE


@pytest.mark.parametrize(
    "dsn",
    [
        {"host": "central.example.org"},
        {"host": "central.example.org", "sslmode": "require"},
        {"host": "central.example.org", "sslmode": "verify-ca", "sslrootcert": "ca.pem"},
        {"host": "central.example.org", "sslmode": "verify-full", "channel_binding": "require"},
        {"host": "central.example.org", "sslmode": "verify-full", "sslrootcert": "ca.pem"},
        {"host": "127.0.0.1,central.example.org"},
        {"host": "127.0.0.1", "password": "secret"},
    ],
)
def test_a_connection_that_others_could_read_is_refused(
    monkeypatch: pytest.MonkeyPatch, dsn: dict[str, Any]
) -> None:
    """S6: nothing weaker than a checked certificate, however the developer switch stands."""
    monkeypatch.setenv("DESKAPP_DEV", "1")
    with pytest.raises(CentralRefusedError):
        check_secure(dsn)


def test_even_this_computer_needs_the_developer_switch(monkeypatch: pytest.MonkeyPatch) -> None:
    """S6: a forwarded port looks like this computer."""
    monkeypatch.delenv("DESKAPP_DEV", raising=False)
    with pytest.raises(CentralRefusedError):
        check_secure({"host": "127.0.0.1"})
    whole = {"sslmode": "verify-full", "sslrootcert": "ca.pem", "channel_binding": "require"}
    check_secure({"host": "central.example.org", **whole})


def test_a_change_of_the_audit_is_found(central: Central, enrolled: Enrol) -> None:
    """S12: even its owner cannot change what was done without a trace."""
    from deskapp.data.central import checks

    one = enrolled("one", may_apply=True)
    for name in ("Ann Jones", "Ben Sample", "Cari Morgan"):
        add_person(one, full_name=name)
    one.sync()
    with connect(central.owner) as owner:
        assert list(checks.faults(owner)) == []
        owner.execute("UPDATE audit SET actor = 'somebody' WHERE n = 2")
        assert [(fault.check, fault.where) for fault in checks.faults(owner)] == [
            ("audit", f"{SITE} 2")
        ]


def test_a_record_that_its_owner_wrote_anew_differs_from_its_kept_end(
    central: Central, enrolled: Enrol
) -> None:
    """I11: every chain holds then, so what was its end is kept elsewhere."""
    from deskapp.data.central import checks

    one = enrolled("one", may_apply=True)
    add_person(one, full_name="Ann Jones")
    one.sync()
    with connect(central.owner) as owner:
        kept = checks.heads(owner)
    add_person(one, full_name="Ben Sample")
    one.sync()
    with connect(central.owner) as owner:
        assert list(checks.faults(owner, [*kept, *checks.heads(owner), ""])) == []
        with pytest.raises(CentralError, match="deskapp central heads"):
            list(checks.faults(owner, ["{}"]))
        owner.execute("UPDATE audit SET hash = sha256(hash) WHERE n = 1")
        [*_broken, found] = checks.faults(owner, kept)
        assert (found.check, found.where) == ("heads", f"{SITE} 1")
        owner.execute("DELETE FROM audit; DELETE FROM sync_site")
        assert [fault.check for fault in checks.faults(owner)] == []
        assert [fault.check for fault in checks.faults(owner, kept)] == ["heads"]


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ("UPDATE item SET fields = jsonb_set(fields, '{phone}', '\"1\"')", "feed"),
        ("UPDATE sync_stream SET head = 0", "head"),
        ("DELETE FROM sync_inbox WHERE seq = 2", "inbox"),
        ("DELETE FROM audit WHERE n = 3", "audit"),
    ],
)
def test_what_was_changed_by_hand_is_found(
    central: Central, enrolled: Enrol, change: str, check: str
) -> None:
    """``central check`` looks at every invariant that can be seen from outside."""
    from deskapp.data.central import checks

    one = enrolled("one", may_apply=True)
    for name in ("Ann Jones", "Ben Sample", "Cari Morgan"):
        add_person(one, full_name=name)
    one.sync()
    with connect(central.owner) as owner:
        owner.execute(change)
        assert {fault.check for fault in checks.faults(owner)} == {check}
