"""Words that a typing slip may have meant."""

from __future__ import annotations

from collections.abc import Iterable

_SHORTEST = 4
_TWO_SLIPS = 8
"""Letters from which on two slips in one word are forgiven."""
_LONGEST = 30


def closest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The words of ``known`` with the fewest slips from ``word``, in order; often none.

    One slip is a letter too many, too few, another letter, or two swapped; words of eight letters
    may have two. Short words, long ones and those with digits are never guessed: a code or number
    means what was typed.
    """
    if not (_SHORTEST <= len(word) <= _LONGEST and word.isalpha()):
        return ()
    most = 2 if len(word) >= _TWO_SLIPS else 1
    letters = set(word)
    found: dict[int, list[str]] = {}
    for other in known:
        # Every slip changes the length by one and the set of letters by two at most.
        if abs(len(other) - len(word)) <= most and len(letters.symmetric_difference(other)) <= (
            2 * most
        ):
            found.setdefault(slips(word, other), []).append(other)
    fewest = min(found, default=most + 1)
    return tuple(sorted(found[fewest])) if fewest <= most else ()


def slips(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with their neighbour to turn ``one`` into ``other``."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (letter != wanted))
            swapped = (
                row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted
            )
            now.append(min(cost, before[column - 2] + 1) if swapped else cost)
        before, last = last, now
    return last[-1]
