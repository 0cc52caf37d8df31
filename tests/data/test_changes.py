"""What travels is pinned byte by byte: two versions of deskapp must agree about every chain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.data import outbox
from deskapp.data.change_state import APPLIED_UPTO, RECEIVED_UPTO
from deskapp.data.changes import NO_PAYLOAD, START, Change, canonical, linked, payload_hash
from deskapp.data.connection import Connection
from deskapp.data.store import Store

DELTA = '{"full_name":"Siân O\'Neil","phone":"01632 960 001"}'
ONE = Change(
    1, "00ff", "t1", 117_636_694_016_000_000, "off", "person", "p1", "leeds", "I", DELTA,
    payload_hash(DELTA), 0, "0015", 1_795_000_000_123,
)  # fmt: skip
TWO = ONE._replace(
    seq=2, op="U", delta='{"phone":null}', delta_hash=payload_hash("{}"), base_rev=-7
)
NOT_TEXTS = dict.fromkeys(("seq", "hlc", "base_rev", "wall_ms"), st.integers(-9, 2**63 - 1)) | {
    "delta_hash": st.binary(min_size=32, max_size=32)
}
TEXTS = st.one_of(
    st.text(st.characters(max_codepoint=127), max_size=20), st.text(max_size=8),
    st.sampled_from(["a" * 127, "a" * 128, "a" * 300, "\ud800"]),
)  # fmt: skip
CHAIN = "f7ce659649bdeb9cb89454708bdcf57de1ff61ff6a56336e5d92719a40c092ba"


def test_a_change_is_the_same_bytes_in_every_version() -> None:
    """Each field as UTF-8 behind its length in four bytes; the delta by its hash alone."""
    assert canonical(ONE).startswith(b"\0\0\0\x011\0\0\0\x0400ff\0\0\0\x02t1\0\0\0\x12117636694016")
    assert linked(START, (ONE, TWO)).hex() == CHAIN
    assert linked(START, (ONE._replace(delta=NO_PAYLOAD), TWO)).hex() == CHAIN
    assert linked(START, (TWO, ONE)).hex() != CHAIN


@given(
    st.builds(Change, **dict.fromkeys(Change._fields, TEXTS) | NOT_TEXTS),
)
def test_ordinary_texts_are_put_together_as_any_others(change: Change) -> None:
    """The quick way for ASCII of ordinary length says nothing of its own."""
    fields = [
        bytes(value) if isinstance(value, bytes) else f"{value}".encode("utf-8", "surrogatepass")
        for name, value in zip(Change._fields, change, strict=True)
        if name != "delta"
    ]
    told = b"".join(len(each).to_bytes(4, "big") + each for each in fields)
    assert canonical(change) == told


@pytest.mark.parametrize("upto", [RECEIVED_UPTO, APPLIED_UPTO])
def test_how_far_central_is_is_found_without_reading_the_log(store: Store, upto: str) -> None:
    """The first page asks it, on desks that were never joined as well."""

    def plan(connection: Connection) -> str:
        return str(connection.execute(f"EXPLAIN QUERY PLAN SELECT {upto}").fetchall())

    assert "USING COVERING INDEX ix_change_log_state" in store.call_read(plan)


def test_what_is_no_text_holds_up_nothing_that_is_sent(store: Store) -> None:
    """The quick reader refuses it; everything behind it would wait for ever."""
    for number in range(3):
        store.call_jot(
            Connection.execute,
            "INSERT INTO person (id, home_site, created_at, full_name) VALUES (?, '', '', 'Ann')",
            (f"p{number}",),
        )
    store.call_jot(
        Connection.execute, "UPDATE change_log SET actor = CAST(x'ff' AS TEXT) WHERE seq = 2"
    )
    store.call_jot(outbox.seal)
    sealed = store.call_read(outbox.batch, 0, START, most_rows=9, most_bytes=10**6)
    assert [(each.seq, each.actor) for each in sealed.changes] == [
        (1, "officer-1"),
        (2, "\ufffd"),
        (3, "officer-1"),
    ]
