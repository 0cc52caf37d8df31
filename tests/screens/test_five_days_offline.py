"""Five days without the central database: every day kept, counted and said, nothing lost."""

from __future__ import annotations

from collections.abc import Callable

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services import drafts, follow_ups
from deskapp.services.callbacks import callback_lines
from deskapp.services.enquiries import contact_lines
from deskapp.services.paging import Want
from tests.builders import SetClock, save
from tests.pilots import choose, fill, press, settle, shown, small

Desk = Callable[..., DeskApp]
DAYS = 5
FRIDAY = 5


def kept_changes(connection: Connection) -> list[tuple[str, str]]:
    """Table and row of every change that waits, in the order it was made."""
    rows = connection.execute("SELECT tbl, row_id FROM change_log WHERE state = 0 ORDER BY seq")
    return [(table, row_id) for table, row_id in rows]


async def test_five_days_offline_lose_nothing(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Each morning deskapp starts again, in the other language than on the day before; what was
    parked the evening before is there."""
    taken: list[str] = []
    changes = len(store.call_read(kept_changes))
    for day in range(DAYS):
        i18n.use(i18n.LANGUAGES[day % len(i18n.LANGUAGES)])
        app = desk()
        async with small(app) as pilot:
            await settle(pilot)
            kept = i18n.ngettext("{count} change kept here", "{count} changes kept here", changes)
            assert kept.format(count=changes) in shown(app)
            # By keyboard: the contact that was parked on the evening before, then a new one.
            if day:
                await press(pilot, "ctrl+g", "1", "f8", "r")
                # Who was promised a call the day before is rung, and reached.
                [promised] = store.call_read(callback_lines.page, Want(), user=user).lines
                assert promised.person_name == f"Caller {day - 1}"
                assert promised.person_name in shown(app)
                await press(pilot, "ctrl+g", "b", "enter", "enter")
                await fill(pilot, answer=f"Told on day {day}")
                await press(pilot, "f8", "r", "escape")
            await press(pilot, "ctrl+g", "h", "f2")
            await choose(pilot, "topic", "FIN")
            await fill(pilot, person_id=f"Caller {day}")
            await press(pilot, "f8", "c", "f8")
            await press(pilot, "f2")
            await choose(pilot, "topic", "STA")
            await fill(pilot, question=f"Day {day}")
            await press(pilot, "escape")
        for _other in range(3):
            line = save(store, user, clock, outcome="EML", extras={"within_days": "2"})
            taken.append(line.id)
        now_kept = store.call_read(kept_changes)
        assert len(now_kept) > changes
        changes = len(now_kept)
        clock.passes(days=3 if clock.today.isoweekday() == FRIDAY else 1)
    lines = store.call_read(contact_lines.page, Want(), user=user).lines
    by_keyboard = [line for line in lines if line.topic == "STA"]
    rung = [line for line in lines if line.channel == "phone_out"]
    assert (len(lines), len(by_keyboard), len(rung)) == (6 * DAYS - 2, DAYS - 1, DAYS - 1)
    [last] = store.call_read(callback_lines.page, Want(), user=user).lines
    assert last.person_name == f"Caller {DAYS - 1}", "every other promise was kept"
    assert {line.id for line in lines} >= set(taken)
    [parked] = store.call_read(drafts.waiting, user.id)
    assert parked.values["question"] == f"Day {DAYS - 1}"
    emails = store.call_read(follow_ups.page, Want(), user=user).lines
    assert len(emails) == 3 * DAYS
    waiting = store.call_read(kept_changes)
    # Every contact waits for the exchange, written once.
    contacts = [row_id for table, row_id in waiting if table == "contact"]
    assert sorted(contacts) == sorted(line.id for line in lines)
