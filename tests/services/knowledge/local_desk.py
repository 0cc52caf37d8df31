"""A desk where somebody writes local articles: builders and moves for the tests of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.services.knowledge import local_check, local_decide, local_items, local_write, shelf
from deskapp.services.knowledge.local_check import Checked
from deskapp.services.knowledge.local_items import LocalItem
from deskapp.services.knowledge.local_texts import Texts
from deskapp.services.knowledge.local_write import Draft
from tests.builders import SITE, SetClock

LEADER = User("leader", "Lee Leader", Role.TEAM_LEADER, SITE)
WORDS = [
    f"kestrel {each}"
    for each in "lift repair upstairs broken wheelchair floor stairs door".split()  # noqa: SIM905
]
GYMRAEG = [
    f"cudyll {each}"
    for each in "lifft trwsio fyny torri cadair llawr grisiau drws".split()  # noqa: SIM905
]


def an_article(
    name: str = "kestrel-lift", say: str = "The lift is out of order.", more: str = ""
) -> Texts:
    """An article in both languages that every rule lets pass."""
    return Texts(
        _article(name, "en", "The kestrel lift is out of order", WORDS, "In short", say, more),
        _article(name, "cy", "Nid yw'r lifft cudyll yn gweithio", GYMRAEG, "Yn fyr",
                 "Nid yw'r lifft yn gweithio ar hyn o bryd.", ""),
    )  # fmt: skip


def a_notice(say: str = "The lift is out of order.") -> Texts:
    """The same for staff alone."""
    made = an_article(say=say)
    return Texts(made.text.replace('audience = "public"', 'audience = "staff"'), made.welsh)


def _article(
    name: str, language: str, title: str, said: Sequence[str], heading: str, text: str, more: str
) -> str:
    words = ", ".join(f'"{each}"' for each in said)
    own = (
        'category = "adjustments"\nstatus = "draft"\nowner = "adjustments-lead"\n'
        "reviewed_on = 2026-11-01\nreview_by = 2027-03-01\n"
        'audience = "public"\nchannels = ["phone", "counter"]\ntopics = ["SUP"]\n'
        if language == "en"
        else "translates = 1\n"
    )
    return (
        f'+++\nid = "{name}"\nlang = "{language}"\ntitle = "{title}"\nversion = 1\n{own}{more}'
        f"users_words = [{words}]\n+++\n## {heading}\n\n{text}\n"
    )


def a_script(name: str = "s-kestrel", say: str = "The lift is out of order.") -> Texts:
    """A script of two steps in both languages that every rule lets pass."""
    said = [", ".join(f'"{each} walk"' for each in words) for words in (WORDS, GYMRAEG)]
    return Texts(f'''id = "{name}"
kind = "script"
translates = 1
category = "adjustments"
status = "draft"
version = 1
owner = "adjustments-lead"
reviewed_on = 2026-11-01
review_by = 2027-03-01
channels = ["phone"]
topics = ["SUP"]
start = "first"
title = {{ en = "Walk to the kestrel room", cy = "Cerdded i ystafell y cudyll" }}

[users_words]
en = [{said[0]}]
cy = [{said[1]}]

[[node]]
id = "first"
kind = "say"
say = {{ en = "{say}", cy = "Nid yw'r lifft yn gweithio ar hyn o bryd." }}
next = "done"

[[node]]
id = "done"
kind = "end"
outcome = "RES"
''')


class Writing:
    """Writes, decides and reads as one user or another."""

    def __init__(self, store: Store, clock: SetClock, officer: User) -> None:
        self.store, self.clock, self.officer = store, clock, officer

    def start(
        self, texts: Texts | None = None, name: str = "kestrel-lift", *, user: User | None = None,
        **more: Any
    ) -> str:  # fmt: skip
        """Draft an item; the id of its row."""
        row_id, kind = new_id(), "script" if name.startswith("s-") else "article"
        made = texts or (a_script(name) if kind == "script" else an_article(name))
        self.do(local_write.start, row_id, Draft(kind, name, made, **more), user=user)
        return row_id

    def do(self, verb: Any, *given: Any, user: User | None = None, **more: Any) -> None:
        """Do something as the officer, or as ``user``."""
        self.store.call_write(
            verb, *given, **more, now=self.clock.moment, user=user or self.officer
        )

    def item(self, row_id: str) -> LocalItem:
        """The item as it stands."""
        return self.store.call_read(local_items.item, row_id, user=self.officer)

    def check(self, row_id: str) -> Checked:
        """What the rules say of its newest text."""
        found, known = self.item(row_id), self.store.call_read(shelf.read)
        line = found.line
        return local_check.run(
            line.kind, line.item, found.texts, line.version, known, today=self.clock.today
        )

    def edit(self, row_id: str, texts: Texts, **more: Any) -> None:
        """Change its text."""
        seen = more.pop("seen_version", self.item(row_id).line.version)
        self.do(local_write.edit, new_id(), row_id, texts, "better", seen_version=seen, **more)

    def publish(self, row_id: str) -> None:
        """Put it forward, and let the team leader approve it; the rules are not asked."""
        passed = Checked(self.item(row_id).line.version, ())
        self.do(local_decide.submit, row_id, "", passed)
        self.do(local_decide.approve, row_id, "", passed, user=LEADER)
