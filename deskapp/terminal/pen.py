"""How a cell looks, as the numbers of an SGR sequence in one fixed order: ``1;7;31;44``.

Two looks are the same when their texts are, and the plain look is the empty text. Every function
is asked the same few questions again and again, so the answers are kept.

Source: design/thin_terminals.md, section 3.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

PLAIN = ""
RESET = "\x1b[m"
# What switches an attribute off; several share one number.
_OFF = {
    **{1: 22, 2: 22, 3: 23, 4: 24, 5: 25, 6: 25, 7: 27, 8: 28, 9: 29},
    **{21: 24, 51: 54, 52: 54, 53: 55},
}
_SEEN_ON_A_SPACE = frozenset({4, 7, 9, 21, 51, 52, 53})
"""Lines through or around a cell, and reverse video, which also makes its colours seen."""
_REVERSE = 7


class _Look(NamedTuple):
    attributes: frozenset[int]
    foreground: str
    background: str

    def text(self) -> str:
        attributes = map(str, sorted(self.attributes))
        return ";".join(part for part in (*attributes, self.foreground, self.background) if part)


@cache
def after(look: str, numbers: str) -> str:
    """The look that the numbers of an SGR sequence make of ``look``."""
    attributes, foreground, background = _read(look)
    waiting = iter(numbers.split(";"))
    for text in waiting:
        number = int(text or 0)
        if number == 0:
            attributes, foreground, background = _read(PLAIN)
        elif number in _OFF:
            attributes |= {number}
        elif number in _OFF.values():
            attributes = frozenset(each for each in attributes if _OFF[each] != number)
        elif number in (38, 48):
            kind = next(waiting, "")
            rest = [next(waiting, "") for _part in range(3 if kind == "2" else 1)]
            colour = ";".join((text, kind, *rest))
            foreground, background = (colour, background) if number == 38 else (foreground, colour)
        elif number in (39, 49):
            foreground, background = ("", background) if number == 39 else (foreground, "")
        elif 30 <= number <= 37 or 90 <= number <= 97:
            foreground = text
        elif 40 <= number <= 47 or 100 <= number <= 107:
            background = text
    return _Look(attributes, foreground, background).text()


@cache
def on_space(look: str) -> str:
    """What can be seen of ``look`` where there is no letter."""
    attributes, foreground, background = _read(look)
    if not attributes & _SEEN_ON_A_SPACE:
        return background
    if _REVERSE in attributes:
        return look
    return _Look(attributes & _SEEN_ON_A_SPACE, foreground, background).text()


@cache
def behind(look: str) -> str:
    """The background of ``look`` alone, in which a terminal erases."""
    return _read(look).background


@cache
def change(before: str, wanted: str, *, by_reset: bool) -> str:
    """The shortest SGR sequence from one look to another.

    Args:
        by_reset: An attribute is switched off by switching all off, as a VT100 must.
    """
    if before == wanted:
        return ""
    whole = f"\x1b[0;{wanted}m" if wanted else RESET
    step = _step(_read(before), _read(wanted), by_reset=by_reset)
    return whole if step is None or len(step) >= len(whole) else step


def _step(before: _Look, wanted: _Look, *, by_reset: bool) -> str | None:
    """From one look to another without a reset; None if that cannot be."""
    off = {_OFF[each] for each in before.attributes - wanted.attributes}
    numbers = sorted(off)
    # 22 ends bold and dim: what was meant to stay must be set again.
    kept = {each for each in before.attributes & wanted.attributes if _OFF[each] not in off}
    numbers += sorted(wanted.attributes - kept)
    parts = [str(number) for number in numbers]
    if before.foreground != wanted.foreground:
        parts.append(wanted.foreground or "39")
    if before.background != wanted.background:
        parts.append(wanted.background or "49")
    if by_reset and (off or {"39", "49"} & set(parts)):
        return None
    return f"\x1b[{';'.join(parts)}m"


@cache
def _read(look: str) -> _Look:
    """The parts of a look; the inverse of ``_Look.text``."""
    attributes, colours = set(), {"3": "", "4": ""}
    parts = look.split(";") if look else []
    while parts:
        number = int(parts[0])
        length = 1 if number not in (38, 48) else 5 if parts[1] == "2" else 3
        if number in _OFF:
            attributes.add(number)
        else:
            behind = 40 <= number <= 48 or number >= 100
            colours["4" if behind else "3"] = ";".join(parts[:length])
        del parts[:length]
    return _Look(frozenset(attributes), colours["3"], colours["4"])
