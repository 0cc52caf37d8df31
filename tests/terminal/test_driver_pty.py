"""The driver in a real pseudo-terminal: what is sent, what is read, and how it ends."""

from __future__ import annotations

import re
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.pty_session import PtySession

HERE = Path(__file__).parent
ENVIRONMENT = {"PYTHONPATH": str(HERE.parents[1])}
LOST = 129
GONE_SECONDS = 5.0  # the requirement is two; the rest is for a busy machine
MODES = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")


def tiny(profile: str, folder: Path, manner: str = "plain", **more: Any) -> PtySession:
    """The small application, in ``profile``; cold where something is said of its start."""
    arguments = [profile, str(folder), manner]
    if not more or more.keys() == {"term"}:
        return PtySession(arguments, warm="tests.terminal.tiny_app", **more)
    command = [sys.executable, str(HERE / "tiny_app.py"), *arguments]
    extra = more.pop("env", {})
    return PtySession(command, env={**ENVIRONMENT, **extra}, **more)


def modes_left_on(raw: bytes) -> set[bytes]:
    """Private modes that were set and not put back; wrapping and the cursor are on at first."""
    now = {b"7": b"h", b"25": b"h"}
    for numbers, way in MODES.findall(raw):
        for number in numbers.split(b";"):
            now[number] = way
    return {number for number, way in now.items() if (way == b"h") != (number in {b"7", b"25"})}


# -- what is sent -----------------------------------------------------------------------------


def test_the_ascii_profile_sends_no_byte_above_127(tmp_path: Path) -> None:
    """R4, with borders, names, toasts and a key that cannot be shown."""
    with tiny("ascii", tmp_path, term="vt100") as terminal:
        terminal.wait_for(r"Ready, Sian > E5 \?\?\?\?")
        terminal.send("Si\u00e2n")
        terminal.wait_for("typed=<Sian>")
        terminal.send("\x1bOR")
        terminal.wait_for("Cafe")
        terminal.send("\x1bOQ")
        assert terminal.wait_exit() == 0
        assert bytes(terminal.raw).isascii()


@pytest.mark.parametrize("profile", ["thin", "ascii"])
def test_old_terminals_get_sixteen_colours_and_nothing_they_do_not_know(
    profile: str, tmp_path: Path
) -> None:
    """No 256 or 24-bit colour, mouse, kitty, query, focus or operating system command."""
    with tiny(profile, tmp_path, env={"COLORTERM": "truecolor"}) as terminal:
        terminal.wait_for("Ready")
        terminal.settle()
        raw = bytes(terminal.raw)
    assert not re.search(rb"[34]8[;:][25]", raw)
    assert not re.search(rb"\x1b\]|\$p|\x1b\[>|\x1b\[\?(1000|1003|1004|1006|2048)h", raw)


def test_no_colour_means_none(tmp_path: Path) -> None:
    """R3: with an ANSI theme nothing but the default colours is sent."""
    with tiny("thin", tmp_path, env={"NO_COLOR": "1"}) as terminal:
        terminal.wait_for("Ready")
        terminal.settle()
        raw = bytes(terminal.raw)
    colours = {part for sgr in re.findall(rb"\x1b\[([0-9;]*)m", raw) for part in sgr.split(b";")}
    assert not [part for part in colours if re.fullmatch(rb"(3|4|9|10)[0-8]", part)]


@pytest.mark.parametrize("profile", ["thin", "full"])
def test_nothing_is_sent_while_nothing_happens(profile: str, tmp_path: Path) -> None:
    """R7: idle is silent, and no thread wakes to look; Textual's own does ten times a second."""
    with tiny(profile, tmp_path) as terminal:
        terminal.wait_for("Ready")
        terminal.settle()
        before = len(terminal.raw)
        woken = [wakes(terminal.pid)]
        while len(woken) < 10 and woken[-2:] != woken[-1:] * 2:  # a busy machine is done later
            terminal.settle(quiet=1.0)
            woken.append(wakes(terminal.pid))
        assert woken[-1] == woken[-2]
        assert len(terminal.raw) == before


def wakes(pid: int) -> list[int]:
    """How often each thread of a process has waited for something so far."""
    found = [
        re.search(r"^voluntary_ctxt_switches:\s*(\d+)", file.read_text(), re.MULTILINE)
        for file in sorted(Path(f"/proc/{pid}/task").glob("*/status"))
    ]
    return [int(match[1]) for match in found if match]


def test_a_resize_is_followed(tmp_path: Path) -> None:
    """Also where COLUMNS and LINES are exported, which would fix the size for ever."""
    with tiny("thin", tmp_path, env={"COLUMNS": "80", "LINES": "24"}) as terminal:
        terminal.wait_for(r"\u256d\u2500{78}\u256e")
        terminal.resize(60, 20)
        terminal.wait_for(r"(?m)^\u256d\u2500{58}\u256e$")


# -- what is read -----------------------------------------------------------------------------


@pytest.mark.parametrize("profile", ["thin", "full"])
def test_shift_function_keys_do_not_type(profile: str, tmp_path: Path) -> None:
    """R8, through the whole way in."""
    with tiny(profile, tmp_path) as terminal:
        terminal.wait_for("Ready")
        terminal.send("a\x1b[32~\x1b[33~\x1b[25~\x1b[34~b")
        terminal.wait_for("typed=<ab>")


def test_a_key_split_by_a_far_link_is_one_key(tmp_path: Path) -> None:
    """R8: 150 ms between Esc and the rest of a Left must not type ``[D``."""
    with tiny("thin", tmp_path) as terminal:
        terminal.wait_for("Ready")
        terminal.send("ac")
        terminal.wait_for("typed=<ac>")
        terminal.send("\x1b")
        terminal.settle(quiet=0.15)
        terminal.send("[D")
        terminal.settle()
        terminal.send("b")
        terminal.wait_for("typed=<abc>")


def test_a_latin_1_terminal_can_type_its_letters(tmp_path: Path) -> None:
    """A byte that is no UTF-8 neither ends the application nor loses the letter."""
    with tiny("ascii", tmp_path, env={"LANG": "en_GB.ISO-8859-1"}) as terminal:
        terminal.wait_for("Ready")
        terminal.send(b"Si\xe2n")
        terminal.wait_for("typed=<Sian>")
        terminal.signal(signal.SIGTERM)
        terminal.wait_exit()
    assert (tmp_path / "kept").read_text(encoding="utf-8") == "Si\u00e2n"


def test_a_byte_that_means_nothing_does_not_end_the_application(tmp_path: Path) -> None:
    """Line noise and wrong settings of a terminal are shown, not fatal."""
    with tiny("thin", tmp_path) as terminal:
        terminal.wait_for("Ready")
        terminal.send(b"a\xffb")
        terminal.wait_for("typed=<a.b>")


def test_what_is_typed_on_is_there_when_the_application_has_ended(tmp_path: Path) -> None:
    """R10: input is never flushed; it goes to the program that comes next."""
    command = f"{sys.executable} {HERE / 'tiny_app.py'} thin {tmp_path}; read rest; echo got=$rest"
    with PtySession(["sh", "-c", command], env=ENVIRONMENT) as terminal:
        terminal.wait_for("Ready")
        terminal.send("\x1bOQ")
        terminal.wait_for_bytes(b"\x1b[?1049l")
        terminal.send("next\n")
        terminal.wait_for("got=next")


# -- how it ends ------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", ["full", "thin", "ascii"])
def test_leaving_puts_every_mode_back(profile: str, tmp_path: Path) -> None:
    """R11, and the page with people's names is wiped where there is no second screen."""
    with tiny(profile, tmp_path) as terminal:
        terminal.wait_for("Ready")
        terminal.send("\x1bOQ")
        assert terminal.wait_exit() == 0
        raw = bytes(terminal.raw)
        assert modes_left_on(raw) == set()
        assert raw.count(b"\x1b[>25u") == raw.count(b"\x1b[<u")
        assert terminal.attributes() == terminal.attributes_before
        assert raw.rindex(b"\x1b[2J") < raw.rindex(b"\x1b[?1049l")


def test_a_fault_puts_every_mode_back(tmp_path: Path) -> None:
    """R11, after an exception."""
    with tiny("full", tmp_path) as terminal:
        terminal.wait_for("Ready")
        terminal.send("\x1b[15~")
        assert terminal.wait_exit() == 1
        assert modes_left_on(bytes(terminal.raw)) == set()
        assert terminal.attributes() == terminal.attributes_before


def test_a_dropped_line_saves_and_ends(tmp_path: Path) -> None:
    """R9: SIGHUP, and writing to the terminal fails from then on."""
    with tiny("thin", tmp_path) as terminal:
        terminal.wait_for("Ready")
        terminal.send("half a sen")
        terminal.wait_for("typed=<half a sen>")
        terminal.hang_up()
        assert terminal.wait_exit(GONE_SECONDS) == LOST
    assert (tmp_path / "kept").read_text(encoding="utf-8") == "half a sen"


def test_a_dropped_line_ends_it_where_hang_ups_are_ignored(tmp_path: Path) -> None:
    """R9: as under ``nohup``, where only the end of input tells."""
    with tiny("thin", tmp_path, ignore_hang_up=True) as terminal:
        terminal.wait_for("Ready")
        terminal.send("half")
        terminal.wait_for("typed=<half>")
        terminal.hang_up()
        assert terminal.wait_exit(GONE_SECONDS) == LOST
    assert (tmp_path / "kept").read_text(encoding="utf-8") == "half"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_saves_puts_the_modes_back_and_ends(
    number: signal.Signals, tmp_path: Path
) -> None:
    """R9 and R11: the terminal may well be there still."""
    with tiny("full", tmp_path) as terminal:
        terminal.wait_for("Ready")
        terminal.send("half")
        terminal.wait_for("typed=<half>")
        terminal.signal(number)
        assert terminal.wait_exit(GONE_SECONDS) == LOST
        assert modes_left_on(bytes(terminal.raw)) == set()
        assert terminal.attributes() == terminal.attributes_before
    assert (tmp_path / "kept").read_text(encoding="utf-8") == "half"


def test_it_ends_though_saving_hangs(tmp_path: Path) -> None:
    """R9: the kernel ends what does not end by itself."""
    with tiny("thin", tmp_path, "hang") as terminal:
        terminal.wait_for("Ready")
        terminal.hang_up()
        assert terminal.wait_exit(GONE_SECONDS) == -signal.SIGALRM


def test_it_ends_on_a_stalled_line(tmp_path: Path) -> None:
    """R9: nobody reads, the pseudo-terminal is full, and the application waits to write."""
    with tiny("thin", tmp_path) as terminal:
        terminal.wait_for("Ready")
        for _time in range(200):
            terminal.send("ab\x7f\x1bOR")
        try:
            terminal.wait_for("never shown", timeout=0)
        except AssertionError:
            terminal.signal(signal.SIGTERM)
        assert terminal.wait_exit_unread(GONE_SECONDS) in {LOST, -signal.SIGALRM}


def test_suspended_and_continued_it_is_as_before(tmp_path: Path) -> None:
    """R11: the shell gets its terminal, then the page and its text are there again."""
    with tiny("thin", tmp_path) as terminal:
        terminal.wait_for("Ready")
        terminal.send("words")
        terminal.wait_for("typed=<words>")
        terminal.send("\x1bOS")
        terminal.wait_stopped()
        assert modes_left_on(bytes(terminal.raw)) == set()
        assert terminal.attributes() == terminal.attributes_before
        terminal.signal(signal.SIGCONT)
        terminal.wait_for("typed=<words>")
        terminal.send("!")
        terminal.wait_for("typed=<words!>")
        terminal.send("\x1bOQ")
        assert terminal.wait_exit() == 0
        assert terminal.attributes() == terminal.attributes_before


def test_stopped_from_outside_it_still_puts_back_what_it_found(tmp_path: Path) -> None:
    """SIGSTOP cannot be caught: the settings of the time before the start are the ones kept."""
    with tiny("thin", tmp_path) as terminal:
        terminal.wait_for("Ready")
        terminal.settle()
        terminal.signal(signal.SIGSTOP)
        terminal.wait_stopped()
        before = len(terminal.raw)
        terminal.signal(signal.SIGCONT)
        terminal.wait_for_bytes(b"Ready", start=before)
        terminal.send("\x1bOQ")
        assert terminal.wait_exit() == 0
        assert modes_left_on(bytes(terminal.raw)) == set()
        assert terminal.attributes() == terminal.attributes_before


def test_a_line_dropped_while_suspended_saves_and_ends(tmp_path: Path) -> None:
    """The kernel continues and hangs up a stopped job."""
    with tiny("thin", tmp_path) as terminal:
        terminal.wait_for("Ready")
        terminal.send("half")
        terminal.wait_for("typed=<half>")
        terminal.send("\x1bOS")
        terminal.wait_stopped()
        terminal.hang_up()
        terminal.signal(signal.SIGCONT)
        assert terminal.wait_exit(GONE_SECONDS) == LOST
    assert (tmp_path / "kept").read_text(encoding="utf-8") == "half"
