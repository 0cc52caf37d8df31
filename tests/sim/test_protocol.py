"""Every state that an exchange can be left in: what must hold after each single step.

The schedules of ``World`` look at their end; here each step is looked at, and one that breaks
something is cut down to the few steps that it takes. Source: design sheet of sync, section 11.
"""

from __future__ import annotations

import random
from contextlib import ExitStack
from unittest import mock

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from deskapp.data import outbox
from deskapp.data.change_state import APPLIED_UPTO, RECEIVED_UPTO, SEALED_UPTO
from deskapp.data.changes import START, linked
from deskapp.data.collecting import paused
from tests.sim import mutants
from tests.sim.test_sim import cut_at
from tests.sim.world import BrokenInvariantError, Desk, World, _unsigned

PLACES = ("seal.after", "hello.after", "agree.after", "push.after_commit", "push.after_mark",
          "apply.after_commit", "pull.after_page", "pull.before_take_in", "pull.before_commit",
          "pull.after_commit", "done.before")  # fmt: skip
DESKS = st.integers(0, 2)
USUAL = settings(
    max_examples=20, stateful_step_count=25, deadline=None, derandomize=True, database=None
)
MUTANTS = (
    mutants.no_fork_check,
    mutants.no_overlay,
    mutants.overlay_by_received,
    mutants.plain_sequence,
    mutants.no_dedupe,
)


class Protocol(RuleBasedStateMachine):
    """Two desks, perhaps a copy of one, and a central; what is said twice or not to its end."""

    @initialize(seed=st.integers(0, 99))
    def begin(self, seed: int) -> None:
        """Nobody has written anything."""
        self.open = ExitStack()
        self.world = World(seed, desks=2)
        self.world.central.may_apply = 0
        self.world.central.chance = random.Random(0)
        self.open.enter_context(paused())
        self.open.enter_context(self.world._ids_of_the_seed())

    def desk(self, number: int) -> Desk:
        """One of those that there are."""
        return self.world.desks[number % len(self.world.desks)]

    # -- what may happen -------------------------------------------------------------------

    @rule(number=DESKS)
    def write(self, number: int) -> None:
        """Somebody writes a field of a person, or a new one."""
        self.desk(number).write_field()

    @rule(number=DESKS)
    def write_event(self, number: int) -> None:
        """Somebody writes down what is never changed."""
        self.desk(number).write_event()

    @rule(number=DESKS)
    def exchange(self, number: int) -> None:
        """A run that comes through."""
        self.desk(number).sync()

    @rule(number=DESKS, place=st.sampled_from(PLACES))
    def cut(self, number: int, place: str) -> None:
        """A run that ends anywhere."""
        with mock.patch.object(self.world, "maybe_cut", return_value=cut_at(place)):
            self.desk(number).sync()

    @rule(most=st.integers(1, 5))
    def merge(self, most: int) -> None:
        """Central merges some of what waits."""
        self.world.central.apply(most=most)

    @rule(number=DESKS, back=st.integers(1, 5))
    def say_again(self, number: int, back: int) -> None:
        """A batch that is there already comes once more, and overlaps what came after it."""
        desk = self.desk(number)
        inbox = self.world.central.state.inbox.get(desk.desk_id, {})
        after = max(0, max(inbox, default=0) - back)
        [(sealed,)] = desk.store.connection.execute(f"SELECT {SEALED_UPTO}").fetchall()
        if after in {0, *inbox} and sealed > after:
            chain = inbox[after][1] if after else START
            if desk.store.call_read(outbox.chain_at, after) != chain:
                return  # a copy: it is told so when it asks
            batch = desk.store.call_read(
                outbox.batch, after, chain, most_rows=100, most_bytes=10**6
            )
            self.world.central.push(_unsigned(desk.store.connection, desk.desk_id, batch))

    @precondition(lambda self: len(self.world.desks) < 3)
    @rule(number=DESKS)
    def copy(self, number: int) -> None:
        """The same image on a second machine."""
        self.world.clone(self.desk(number))

    # -- what must hold --------------------------------------------------------------------

    @invariant()
    def central_has_no_gap(self) -> None:
        """I7: of each desk and of the feed; and the chain goes through what it holds."""
        state = self.world.central.state
        for desk_id, inbox in state.inbox.items():
            assert sorted(inbox) == list(range(1, len(inbox) + 1))
            assert state.applied.get(desk_id, 0) <= len(inbox)
            if inbox:
                changes = [inbox[seq][0] for seq in sorted(inbox)]
                assert linked(START, changes) == inbox[len(inbox)][1]
        numbers = [seq for seq, _op, _doc in state.feed.values()]
        assert len(set(numbers)) == len(numbers)
        assert max(numbers, default=0) == state.head

    @invariant()
    def a_desk_claims_nothing_that_central_does_not_have(self) -> None:
        """I2: what counts as sent or merged may be forgotten some day."""
        state = self.world.central.state
        for desk in self.world.desks:
            [(sealed, received, applied)] = desk.store.connection.execute(
                f"SELECT {SEALED_UPTO}, {RECEIVED_UPTO}, {APPLIED_UPTO}"
            ).fetchall()
            assert applied <= received <= sealed
            assert applied <= state.applied.get(desk.desk_id, 0)
            inbox = state.inbox.get(desk.desk_id, {})
            kept = dict(
                desk.store.connection.execute("SELECT seq, change_id FROM change_log").fetchall()
            )
            assert sorted(kept) == list(range(1, len(kept) + 1))
            for seq in range(1, received + 1):
                assert inbox[seq][0].change_id == kept[seq]

    @invariant()
    def one_thing_comes_of_a_change(self) -> None:
        """I2."""
        self.world.check_outcomes()

    def teardown(self) -> None:
        """I1, I3, I4: once everybody has exchanged, all agree and nothing is lost."""
        if not hasattr(self, "open"):
            return
        with self.open:
            self.world.settle()
            self.world.check_convergence()
            self.world.check_kept_values()
            self.world.check_outcomes()
            self.world.check_idempotence()
        for desk in self.world.desks:
            desk.store.close()


def test_every_step_leaves_what_the_next_can_go_on_from() -> None:
    """However runs are cut, said again, merged in parts, and stores copied."""
    run_state_machine_as_test(Protocol, settings=USUAL)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_fault_of_the_protocol_is_found(mutant: mutants.Mutant) -> None:
    """A machine that finds nothing proves nothing."""
    quick = settings(USUAL, max_examples=200, phases=[Phase.generate])
    with mutant(), pytest.raises((BrokenInvariantError, AssertionError, KeyError)):
        run_state_machine_as_test(Protocol, settings=quick)
