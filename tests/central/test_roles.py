"""S7: who has which right at central, every role and every table; and that its owner is nobody
special."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import conninfo

from deskapp.data.central import checks, limits, lost, setup
from deskapp.data.central.connect import APPLIER, DESK, REPORT, connect
from tests.builders import SITE
from tests.central.conftest import Central
from tests.central.test_exchange import Enrol, add_person, change, persons
from tests.central.test_refusals import permitted

RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
MATRIX = """
audit         SI     SI    -   -
audit_before  SID    SID   -   -
erased        SIUDT  SIU   -   -
feed          SIUDT  SIU   S   -
item          SIUDT  SIUD  -   -
quarantine    SIUDT  SIU   s   -
reference     SIUDT  SID   -   -
report_day    SIUDT  -     -   S
report_site   SIUDT  -     -   S
sync_batch    SD     SD    i   -
sync_central  SIUDT  S     S   -
sync_desk     SIUDT  SU    s   -
sync_inbox    SuD    SuD   si  -
sync_mark     SIUDT  SIUD  S   -
sync_member   SIUDT  S     S   -
sync_site     SIUDT  SIU   -   -
sync_stream   SIUDT  SIU   S   -
"""
"""Of owner, applier, desk and report; a small letter is a right on some columns only."""
RIGHTS_OF_ALL = """
SELECT c.relname, r.role, string_agg(
  CASE WHEN has_table_privilege(r.role, c.oid, p.name) THEN left(p.name, 1)
       WHEN p.name IN ('SELECT', 'INSERT', 'UPDATE')
        AND has_any_column_privilege(r.role, c.oid, p.name) THEN lower(left(p.name, 1))
       ELSE '' END, '' ORDER BY p.at)
FROM pg_class AS c CROSS JOIN unnest(%s::text[]) AS r(role)
CROSS JOIN unnest(%s::text[]) WITH ORDINALITY AS p(name, at)
WHERE c.relnamespace = 'deskapp'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
GROUP BY 1, 2
"""
ACCESS = (
    "SELECT relname, relacl::text, relrowsecurity, relforcerowsecurity FROM pg_class"
    " WHERE relnamespace = 'deskapp'::regnamespace AND relkind <> 'i' ORDER BY 1",
    "SELECT * FROM pg_policies ORDER BY tablename, policyname",
    "SELECT table_name, column_name, data_type FROM information_schema.columns"
    " WHERE table_schema = 'deskapp' ORDER BY 1, 2",
)
NOT_FOR_THE_OWNER = (
    "UPDATE audit SET outcome = 'applied'",
    "DELETE FROM audit",
    "TRUNCATE audit",
    "UPDATE audit_before SET before = ''",
    "UPDATE sync_inbox SET chain = ''",
    "UPDATE sync_batch SET signature = ''",
    "INSERT INTO sync_inbox (desk_id) VALUES ('')",
    "TRUNCATE sync_inbox",
)
NOT_FOR_A_REPORT = (
    "SELECT * FROM audit",
    "SELECT * FROM item",
    "SELECT * FROM feed",
    "SELECT * FROM sync_desk",
    "SELECT * FROM sync_inbox",
    f"SET ROLE {APPLIER}",
)


@pytest.fixture
def central(postgres: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Central]:
    """A central database that a login without other powers has set up, as the guide says."""
    monkeypatch.setenv("DESKAPP_DEV", "1")
    name = f"chief_{uuid.uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as root:
        root.execute(f"CREATE ROLE {name} LOGIN CREATEROLE")
        made_before = root.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", ([DESK, APPLIER, REPORT],)
        ).fetchall()
        if root.info.server_version >= 160_000:  # where only who made a role may give it
            for (role,) in made_before:
                root.execute(f"GRANT {role} TO {name} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE")
        root.execute(f"CREATE DATABASE {name} OWNER {name}")
        made = Central(conninfo.make_conninfo(postgres, user=name, dbname=name))
        with connect(made.owner) as owner:
            setup.init(owner)
        yield made
        made.let_go()
        root.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def clerk(central: Central) -> str:
    """The connection string of a login that may read reports."""
    name = f"clerk_{uuid.uuid4().hex}"
    with connect(central.owner) as owner:
        owner.execute(f"CREATE ROLE {name} LOGIN IN ROLE {REPORT}")
    return central.dsn(name)


def test_every_right_of_every_role(central: Central) -> None:
    """A table that is new, or a right that is granted, has to be thought of here."""
    owner = f"{conninfo.conninfo_to_dict(central.owner)['user']}"
    roles = (owner, APPLIER, DESK, REPORT)
    found = central.ask(RIGHTS_OF_ALL, list(roles), list(RIGHTS))
    assert {(table, role): has for table, role, has in found} == {
        (table, role): has.replace("-", "")
        for table, *rights in map(str.split, MATRIX.strip().splitlines())
        for role, has in zip(roles, rights, strict=True)
    }


def test_no_row_is_seen_without_a_policy(central: Central, clerk: str) -> None:
    """Whatever is granted by mistake. Two tables are written by COPY, which PostgreSQL refuses
    where rows have policies."""
    without = central.ask(
        "SELECT relname FROM pg_class WHERE relnamespace = 'deskapp'::regnamespace"
        " AND relkind = 'r' AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY 1"
    )
    assert without == [("audit",), ("audit_before",)]
    with connect(central.owner) as owner:
        owner.execute("GRANT SELECT ON ALL TABLES IN SCHEMA deskapp TO PUBLIC")
        assert len(owner.execute("SELECT * FROM sync_central").fetchall()) == 1
    with connect(clerk) as somebody:
        assert somebody.execute("SELECT * FROM sync_central").fetchall() == []


def test_the_owner_may_not_change_the_past(central: Central) -> None:
    """Not by mistake: it would have to give itself the right first."""
    assert permitted(central.owner, "", NOT_FOR_THE_OWNER) == []


def test_everything_works_with_an_owner_who_is_no_superuser(
    central: Central, enrolled: Enrol
) -> None:
    """Letting desks in, merging, looking after it, upgrading, closing it to a device."""
    one, two = enrolled("one"), enrolled("two", may_apply=True)
    add_person(one, full_name="Ann Jones")
    one.sync()
    assert central.apply().applied == 1
    add_person(two, full_name="Ben Sample")
    assert two.sync().applied == 1
    one.sync()
    assert len(persons(one.store)) == len(persons(two.store)) == 2
    with connect(central.owner) as owner:
        assert list(checks.faults(owner, checks.heads(owner))) == []
        assert checks.status(owner).desks == 2
        setup.migrate(owner)
        limits.put(owner, "retry_after_s", 0)
        lost.lose(owner, two.store.desk_id, drop_login=False)


def test_a_report_reads_counts_and_nothing_else(
    central: Central, enrolled: Enrol, clerk: str
) -> None:
    """Whoever plans needs no record of anybody."""
    one, two = enrolled("one", may_apply=True), enrolled("two")
    person = add_person(one, full_name="Ann Jones")
    change(one, person, phone="01632 960 001")
    one.sync()
    add_person(two, full_name="Ben Sample")
    two.sync()
    assert permitted(clerk, "", NOT_FOR_A_REPORT) == []
    with connect(clerk) as report:
        days = "SELECT site, changes, records, desks FROM report_day"
        assert report.execute(days).fetchall() == [(SITE, 2, 1, 1)]
        sites = "SELECT site, desks, blocked, waiting, set_aside FROM report_site"
        assert report.execute(sites).fetchall() == [(SITE, 2, 0, 1, 0)]


def test_an_upgrade_states_every_right_anew(central: Central) -> None:
    """A central that an earlier deskapp made, and what was granted since, ends as a new one."""
    as_new = [central.ask(each) for each in ACCESS]
    with connect(central.owner) as owner:
        owner.execute(
            "DROP VIEW report_day, report_site;"
            " ALTER TABLE sync_member ADD COLUMN may_resolve boolean NOT NULL DEFAULT false;"
            " ALTER TABLE item DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;"
            " DROP POLICY owner ON item; DROP POLICY own ON feed;"
            f" CREATE POLICY all_of_it ON feed TO {DESK} USING (true);"
            f" GRANT SELECT ON item TO {DESK};"
            " GRANT UPDATE, DELETE ON audit TO CURRENT_USER"
        )
        assert [central.ask(each) for each in ACCESS] != as_new
        setup.migrate(owner)
    assert [central.ask(each) for each in ACCESS] == as_new
