"""Somebody at a desk with a store, and schemes for them. All people are invented."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services.casework import case_lists, cases, loader
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.case_line import CaseLine
from deskapp.services.casework.case_lists import Which
from deskapp.services.paging import Want
from tests.builders import SetClock
from tests.services.casework.desk import EW, STAGES, toml

PAPERS = """
[[field]]
id = "about"
type = "text"
required = true
[[field]]
id = "secret"
type = "party"
sensitive = true
[[field]]
id = "due_on"
type = "date"
[[field]]
id = "priority"
type = "text"
[[field]]
id = "days"
type = "int"
max = 5
[[item]]
id = "answer"
opens = { stage = "first" }
due = { on = "due_on" }
[[item]]
id = "check"
many = true
fields = [ { id = "what", type = "text", label = { en = "What", cy = "Beth" } } ]
[[item]]
id = "tidy"
opens = { stage = "ended" }
survives = true
due = { after = "closed_at", days = 3 }
[[action]]
id = "wait"
from = ["first"]
to = "second"
note = "required"
[[action]]
id = "breach"
from = ["*"]
to = "="
child = "child"
[[action]]
id = "judge"
from = ["first"]
to = "="
role = ["judge"]
"""
WAITING = STAGES.replace('id = "second"\n', 'id = "second"\nworklist = "waiting"\n', 1)


def a_scheme(name: str, body: str = PAPERS, *, head: str = "", stages: str = WAITING) -> Any:
    """A scheme of the tests under another name."""
    text = toml(stages + body).replace('id = "test"', f'id = "{name}"\n{head}', 1)
    return loader.parse(text, f"{name}.toml")


CHILD = """
[[field]]
id = "days"
type = "int"
required = true
max = 28
"""
BOOK = Rulebook.of(
    [
        a_scheme("test", head='roles = ["judge"]\n'),
        a_scheme("child", CHILD),
        a_scheme("hidden", head='visibility = "restricted"\nroles = ["judge", "warden"]\n'),
    ],
    EW,
)


class Hand:
    """Somebody at the desk: every call is a transaction of its own, an hour after the last."""

    def __init__(self, store: Store, user: User, clock: SetClock) -> None:
        self.store, self.user, self.clock = store, user, clock
        self.book = BOOK

    @property
    def acting(self) -> Acting:
        """Who acts now."""
        return Acting(self.user, self.clock.moment, self.book)

    def call(self, verb: Callable[..., Any], *args: Any, **given: Any) -> Any:
        """Do something with a case."""
        self.clock.passes(hours=1)
        return self.store.call_write(verb, self.acting, *args, **given)

    def open(self, scheme: str = "test", **values: Any) -> str:
        """Open a case."""
        case_id = new_id()
        known = self.book.in_force(scheme, self.clock.today).field_by_id
        given = {"about": "Boiler"} if "about" in known else {}
        self.call(cases.open_case, case_id, scheme, {**given, **values})
        return case_id

    def lines(self, which: Which = Which.OPEN, **given: Any) -> list[CaseLine]:
        """A worklist."""
        want = given.pop("want", Want())
        page = self.store.call_read(case_lists.page, want, self.acting, which, **given)
        return list(page.lines)

    def ids(self, which: Which = Which.OPEN, **given: Any) -> list[str]:
        """The cases of a worklist."""
        return [line.id for line in self.lines(which, **given)]

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.rows(f"SELECT count(*) FROM {table}")[0][0])

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a question gives."""
        return self.store.call_read(lambda connection: connection.execute(sql).fetchall())


NewHand = Callable[[], AbstractContextManager[Hand]]
"""Makes somebody at a desk on which nothing was done yet."""
