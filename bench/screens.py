"""What the screens cost in a real terminal, each against Textual's own in the same rounds.

Targets: T1-T3, T7 and T9 of the design sheet of thin terminals, section 5.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from bench import homes, ttyprobe
from bench.report import Line
from deskapp.terminal import profiles
from deskapp.terminal.profiles import FULL, THIN, Profile

HELLO = [sys.executable, str(homes.ROOT / "bench" / "hello.py")]
FIELDS = [sys.executable, str(homes.ROOT / "bench" / "fields.py")]
PYTHON = [sys.executable, "-c", "print('.')"]
READY = r"Hello|Not joined|Passphrase|channel"
"""On the first usable page of everything that is measured."""
SESSIONS = 4
TO_CASE_FIELD = "tab tab tab tab"
NEW_CONTACT = "f2 sleep:2"
"""The wait is for the import that the first save needs."""


class Rounds(NamedTuple):
    """How much is measured."""

    starts: int
    first_texts: int
    sizes: int
    keys: int
    idle_seconds: float


ALL = Rounds(starts=5, first_texts=9, sizes=5, keys=3, idle_seconds=8)
QUICK = Rounds(starts=5, first_texts=9, sizes=2, keys=1, idle_seconds=4)


def desk(home: Path, profile: Profile = THIN) -> list[str]:
    """The command line that starts the screens on a store."""
    return [*homes.DESKAPP, "--profile", profile.name, "--home", str(home)]


def starts(small: Path, made: Path, rounds: Rounds) -> Iterator[Line]:
    """T1: processor time from nothing to the first page, with every allowed way of unlocking."""
    keyring = homes.locked(made / "keyring", "keyring")
    passphrase = homes.locked(made / "passphrase", "passphrase")
    shown = [
        ("thin, plain key", target("thin", desk(small))),
        ("full, plain key", target("full", desk(small, FULL))),
        (
            "thin, keyring (its own answer left out)",
            target("keyring", desk(keyring), env=homes.keyring_environment(keyring)),
        ),
        ("thin, passphrase, to the question", target("passphrase", desk(passphrase))),
    ]
    found = _measure([target("hello", HELLO), *(each for _what, each in shown)], rounds.starts)
    for what, each in shown:
        cpu, floor = (found.median[name]["start_cpu_ms"] for name in (each.name, "hello"))
        detail = f"{cpu:.0f} ms / {floor:.0f} ms processor time"
        ratio = found.ratio[each.name]["start_cpu_ms"]
        goal = {"keyring": None, "full": 1.35}.get(each.name, 1.5)
        yield Line("T1", f"start: {what}", ratio, goal, detail)
    yield _unlocking(passphrase, found.median["hello"]["start_cpu_ms"])


def _unlocking(home: Path, floor_ms: float) -> Line:
    """From Enter behind the passphrase to the first page; the key derivation shown apart."""
    with target("desk", desk(home)).session() as session:
        session.wait_for(READY)
        session.settle(0.25)
        session.play(" ".join(f"type:{word} space" for word in homes.PASSPHRASE.split()))
        session.play("backspace")
        before, begun = session.cpu(), time.perf_counter()
        session.send(session.encode("enter"))
        session.wait_for("Not joined")
        wall = time.perf_counter() - begun
        session.settle(0.25)
        cpu = (session.cpu() - before) * 1000
    derived = _derivation_ms()
    detail = f"{cpu - derived:.0f} ms / {floor_ms:.0f} ms; key derivation {derived:.0f} ms"
    detail += f", {wall * 1000:.0f} ms on the clock"
    return Line(
        "", "passphrase entered, to the first page", (cpu - derived) / floor_ms, None, detail
    )


_DERIVE = """
import hashlib, time
from deskapp.data.vault import Cost
cost, begun = Cost(), time.process_time()
hashlib.scrypt(b"x", salt=b"y" * 16, n=cost.n, r=cost.r, p=cost.p, maxmem=2**28)
print((time.process_time() - begun) * 1000)
"""


def _derivation_ms() -> float:
    with target("derive", [sys.executable, "-c", _DERIVE]).session() as session:
        session.settle(2)
        return float(session.text())


def first_text(small: Path, rounds: Rounds) -> Line:
    """T2: how soon something is on the screen, against Python that only prints a dot."""
    pairs = []
    for number in range(rounds.first_texts + 1):
        pair = (_first_ms(desk(small)), _first_ms(PYTHON))
        pairs += [pair] if number else []
    ratio = statistics.median(one / other for one, other in pairs)
    one, other = (statistics.median(side) for side in zip(*pairs, strict=True))
    return Line("T2", "first visible text / python -c pass", ratio, 1.5, _ms(one, other))


def _first_ms(command: list[str]) -> float:
    with target("first", command).session() as session:
        session.wait_for(r"\S")
        return (session.chunks[0].at - session.begun) * 1000


def at_rest(small: Path, made: Path, rounds: Rounds) -> Iterator[Line]:
    """T3 and T9: memory, and what a session does while nobody touches it."""
    stores = [made / f"session{number}" for number in range(SESSIONS)]
    for store in stores:
        shutil.copytree(small, store)
    alone, hello = _crowd([HELLO] * SESSIONS, [""] * SESSIONS, rounds.idle_seconds)
    commands = [desk(store) for store in stores]
    before = ["", "", "ctrl+g e", NEW_CONTACT]
    alone_desk, desks = _crowd(commands, before, rounds.idle_seconds)
    ours, floor = (statistics.median(one.pss_mib for one in many) for many in (desks, hello))
    what = f"memory: PSS of each of {SESSIONS} sessions at once"
    yield Line("T3", what, ours / floor, 1.25, _mib(ours, floor))
    what = "memory: one session alone on its host"
    yield Line("T3", what, alone_desk / alone, 1.25, _mib(alone_desk, alone))
    silent = sum(one.idle_bytes for one in desks)
    yield Line("T9", "idle: home, list and form together", silent, 0, "bytes sent", "B")
    floor = statistics.mean(one.idle_cpu_ms for one in hello)
    for what, some in (("home", desks[:2]), ("list", desks[2:3]), ("form", desks[3:])):
        cpu = statistics.mean(one.idle_cpu_ms for one in some)
        detail = f"{cpu:.2f} ms / {floor:.2f} ms a second"
        yield Line("T9", f"idle processor time: {what} / hello", cpu / floor, 1.1, detail)


class Rest(NamedTuple):
    """One session left alone."""

    pss_mib: float
    idle_bytes: int
    idle_cpu_ms: float
    """A second."""


def _crowd(
    commands: list[list[str]], before: list[str], seconds: float
) -> tuple[float, list[Rest]]:
    """MiB of the first session while it was alone, then each of all of them at rest.

    Alone is meant: whatever else on the machine runs on the same Python would take its share of
    one program's pages and not of the other's. The PSS of a process that shares with none is its
    RSS.
    """
    with ExitStack() as stack:
        sessions = []
        alone = 0.0
        for command in commands:
            sessions.append(stack.enter_context(target("one", command).session()))
            sessions[-1].wait_for(READY)
            sessions[-1].settle(0.5)
            alone = alone or sessions[0].memory()["rss"]
        memory = [session.memory()["pss"] for session in sessions]
        for session, keys in zip(sessions, before, strict=True):
            session.play(keys)
            session.settle(0.5)
        cpu = [session.cpu() for session in sessions]
        sent = [session.total for session in sessions]
        begun = time.perf_counter()
        time.sleep(seconds)
        for session in sessions:
            session.settle(0.01)
        took = time.perf_counter() - begun
        return alone, [
            Rest(pss, session.total - size, (session.cpu() - spent) * 1000 / took)
            for session, pss, size, spent in zip(sessions, memory, sent, cpu, strict=True)
        ]


def sizes(small: Path, large: Path, rounds: Rounds) -> Iterator[Line]:
    """T7: the same pages and keys on a large store and on a small one."""
    for place, before in (("home", ""), ("list", "ctrl+g e down")):
        # A small store has too few promises for the first page to scroll: no key may need that.
        keys = "down down pagedown pageup end home" if before else "down down up up"
        targets = [
            target(name, desk(home), before=before, keys=keys, n=24, quiet=100.0)
            for name, home in (("small", small), ("large", large))
        ]
        found = _measure(targets, rounds.sizes)
        figures = [("memory", "pss_end_mib"), ("processor time a key", "key_cpu_ms_mean")]
        if not before:
            figures.insert(0, ("start, processor time", "start_cpu_ms"))
        for what, figure in figures:
            one, other = (found.median[name][figure] for name in ("large", "small"))
            ratio = found.ratio["large"][figure]
            yield Line(
                "T7",
                f"large / small store: {place}, {what}",
                ratio,
                1.1,
                f"{one:.1f} / {other:.1f}",
            )
        one, other = (found.median[name]["key_ms_p50"] for name in ("large", "small"))
        yield Line("T7", f"large / small store: {place}, key", one / other, 1.1, _ms(one, other))


def keys(small: Path, made: Path, rounds: Rounds) -> Iterator[Line]:
    """A letter in a contact, kept in the store at once, against one in a bare form of Textual."""
    figures = {
        "key to paint, p50": "key_ms_p50",
        "key to paint, p99": "key_ms_p99",
        "processor time a key": "key_cpu_ms_mean",
    }
    for profile in (FULL, THIN):
        # A store of its own for each round: the contact that is cut off would come back.
        stores = [made / f"{profile.name}{number}" for number in range(rounds.keys)]
        found = [_letters(shutil.copytree(small, store), profile) for store in stores]
        for what, figure in figures.items():
            pairs = [(one["desk"][figure], one["bare"][figure]) for one in found]
            one, other = (statistics.median(side) for side in zip(*pairs, strict=True))
            line = f"letter in a contact / bare form, {profile.name}: {what}"
            yield Line("", line, one / other, None, _ms(one, other))


def _letters(home: Path, profile: Profile) -> dict[str, dict[str, float]]:
    env: dict[str, str] = {}
    profiles.apply(profile, env)
    quiet = 60.0 if profile is FULL else 100.0  # longer than a frame
    script: dict[str, object] = {"keys": "type:abcdefghij", "n": 50, "quiet": quiet}
    to_field = f"{NEW_CONTACT} {TO_CASE_FIELD}"
    bare = target("bare", FIELDS, env=env, before=TO_CASE_FIELD, **script)
    desks = target("desk", desk(home, profile), before=to_field, **script)
    return _measure([bare, desks], runs=1, warmup=0).median


class Found(NamedTuple):
    """Medians by target and figure, and ratios to the first target."""

    median: dict[str, dict[str, float]]
    ratio: dict[str, dict[str, float]]


def _measure(targets: list[ttyprobe.Target], runs: int, warmup: int = 1) -> Found:
    """Measure all targets in turn.

    Raises:
        ProbeError: If one of them did not show what it should.
    """
    found = ttyprobe.bench(targets, runs, warmup)
    if found["failures"]:
        raise ttyprobe.ProbeError("\n".join(found["failures"].values()))
    return Found(found["median"], found["ratio"])


def target(name: str, command: list[str], **options: object) -> ttyprobe.Target:
    """A program to measure, with the options of ttyprobe."""
    usual = {**ttyprobe.OPTIONS, "ready": READY, "cwd": str(homes.ROOT)}
    return ttyprobe.Target(name, command, {**usual, **options})


def _ms(one: float, other: float) -> str:
    return f"{one:.1f} ms / {other:.1f} ms"


def _mib(one: float, other: float) -> str:
    return f"{one:.1f} MiB / {other:.1f} MiB"
