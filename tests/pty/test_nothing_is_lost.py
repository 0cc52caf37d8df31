"""Killed, hung up or cut off: the same words come back in the same field."""

from __future__ import annotations

import random
import re
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from deskapp.clock import Clock
from deskapp.data.store import Store
from deskapp.data.vault import unlock
from deskapp.services import desk as desk_service
from deskapp.services import drafts
from deskapp.services.drafts import Draft
from deskapp.terminal.driver import LINE_LOST_EXIT
from tests.pty.desk_terminal import CTRL_G, CTRL_N, F2, F5, TAB, THIN, desk_terminal, warm_terminal
from tests.terminal.pty_session import PtySession

GONE_SECONDS = 5.0  # the requirement is two; the rest is for a busy machine
WORDS = "the caller asked when the hearing of her mother begins and in which room it is"


@pytest.fixture
def home(folder: Path) -> Path:
    """The folder of everything of a prepared desk."""
    return folder.parent


def asked(terminal: PtySession) -> str:
    """What the field "What was asked" shows, its lines put together."""
    found = re.search(
        r"What was asked +(.*?)^What was said", terminal.screen(), re.DOTALL | re.MULTILINE
    )
    return " ".join(re.sub("[\u2502|\u2595\u258e]", " ", found[1]).split()) if found else ""


def in_question(terminal: PtySession) -> None:
    """Open a contact and go to "What was asked"."""
    terminal.wait_for("Nothing waits")
    terminal.send(F2)
    terminal.wait_for("What was asked")
    terminal.send("fine" + TAB)
    terminal.wait_for("Fines and penalties")
    terminal.send(TAB)
    terminal.settle()


def kept(folder: Path) -> list[Draft]:
    """The drafts in the store of a desk that has ended."""
    store = Store.open(folder, unlock(folder), clock=Clock())
    try:
        user = store.call_read(desk_service.user)
        return store.call_read(drafts.waiting, user.id)
    finally:
        store.close()


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_kill_in_the_middle_of_typing_loses_at_most_the_last_key(seed: int, home: Path) -> None:
    """Everything that was on the screen before the last key is in the same field again."""
    moment = random.Random(seed).randrange(1, len(WORDS))
    with warm_terminal(home, *THIN) as terminal:
        in_question(terminal)
        terminal.send(WORDS[:moment])
        words = WORDS[:moment].rstrip()
        for _time in range(100):
            if asked(terminal) == words:
                break
            terminal.settle(quiet=0.02)
        assert asked(terminal) == words
        terminal.settle(quiet=0.1)
        terminal.send(WORDS[moment : moment + 1])
        terminal.signal(signal.SIGKILL)
        terminal.wait_exit()
    with warm_terminal(home, *THIN) as terminal:
        terminal.wait_for("Interrupted at")
        terminal.wait_for("Fines and penalties")
        back = asked(terminal)
        assert WORDS.startswith(back)
        assert len(back) >= len(words) - 1
        terminal.send("#")
        terminal.wait_for(re.escape("#"))
        assert asked(terminal).replace(" #", "#") == f"{back}#"


def test_a_kill_in_a_complaint_brings_every_word_back(home: Path) -> None:
    """What it is about, who complains, the summary and the account, and the cursor in it."""
    with warm_terminal(home, *THIN) as terminal:
        terminal.wait_for("Nothing waits")
        terminal.send(CTRL_G)
        terminal.wait_for("Go to")
        terminal.send("u")
        terminal.wait_for("deskapp +Complaints")
        terminal.send(CTRL_N)
        terminal.wait_for("deskapp +Log a complaint")
        terminal.send("delay" + TAB)
        terminal.wait_for("Minor . Delay in a case")
        terminal.send("Ann Example" + TAB + "Order came late" + TAB + WORDS[:30])
        terminal.wait_for(WORDS[:30])
        terminal.settle(quiet=0.1)
        terminal.signal(signal.SIGKILL)
        terminal.wait_exit()
    with warm_terminal(home, *THIN) as terminal:
        terminal.wait_for(f"deskapp +Log a complaint[^\0]*{WORDS[:30].rstrip()}")
        for words in ("Delay in a case or order", "Ann Example", "Order came late"):
            assert words in terminal.screen()
        terminal.send("#")
        terminal.wait_for(f"{WORDS[:30]}#")


@pytest.mark.parametrize("way", ["signal", "closed", "closed, and signals ignored"])
def test_a_dropped_line_ends_the_process_and_keeps_the_draft(
    way: str, home: Path, folder: Path
) -> None:
    """R9: within two seconds, and the store is left closed."""
    start: Callable[..., PtySession] = warm_terminal
    if way == "closed, and signals ignored":
        start = partial(desk_terminal, ignore_hang_up=True)
    with start(home, *THIN) as terminal:
        in_question(terminal)
        terminal.send(WORDS[:20])
        terminal.wait_for(WORDS[:20])
        if way == "signal":
            terminal.signal(signal.SIGHUP)
        else:
            terminal.hang_up()
        assert terminal.wait_exit(GONE_SECONDS) == LINE_LOST_EXIT
    [draft] = kept(folder)
    assert draft.values["question"] == WORDS[:20]
    assert draft.focus == "question"
    assert not draft.parked
    assert sorted(path.name for path in folder.glob("store.db*")) == ["store.db"]


def test_the_form_comes_back_after_a_dropped_line(home: Path) -> None:
    """Without a question, at the next start."""
    with warm_terminal(home, *THIN) as terminal:
        in_question(terminal)
        terminal.send(WORDS[:20])
        terminal.wait_for(WORDS[:20])
        terminal.hang_up()
        terminal.wait_exit(GONE_SECONDS)
    with warm_terminal(home, *THIN) as terminal:
        terminal.wait_for("Interrupted at")
        assert asked(terminal) == WORDS[:20].strip()


def test_a_second_window_is_told_and_changes_nothing(home: Path) -> None:
    """Two screens on one store would overwrite each other's draft."""
    with warm_terminal(home, *THIN) as terminal:
        terminal.wait_for("Nothing waits")
        with warm_terminal(home, *THIN) as second:
            assert second.wait_exit() == 69
            second.wait_for("already open")
        terminal.send(F5)
        terminal.send(F2)
        terminal.wait_for("What was asked")
