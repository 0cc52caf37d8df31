"""Which hearing of the store an item of a list is.

Source: hearings sheet, section 6, rules 1 and 3.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Hashable
from typing import Any

from deskapp.services.hearings.items import Item, base_key, key_text
from deskapp.text import compact

LISTED = "listed"
Pair = tuple[Item, dict[str, Any] | None]


def matched(items: list[Item], known: list[dict[str, Any]], kind: str) -> list[Pair]:
    """For each item the hearing that it is, if there is one."""
    found: dict[int, dict[str, Any]] = {}
    same_list = [row for row in known if row["kind"] == kind or _made_by_hand(row)]

    def match(
        rows: list[dict[str, Any]],
        of_row: Callable[[dict[str, Any]], Hashable],
        of_item: Callable[[Item], Hashable],
        *,
        alone: bool = False,
    ) -> None:
        """Pair what is left and has the same key, in order; ``alone`` only where one is left."""
        taken = {row["id"] for row in found.values()}
        left: dict[Hashable, list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            if row["id"] not in taken and of_row(row):
                left[of_row(row)].append(row)
        wanted: dict[Hashable, list[int]] = defaultdict(list)
        for number, item in enumerate(items):
            if number not in found and of_item(item):
                wanted[of_item(item)].append(number)
        for key, numbers in wanted.items():
            if alone and (len(numbers) > 1 or len(left[key]) > 1):
                continue
            found.update(zip(numbers, left[key], strict=False))

    match(
        known,
        lambda row: (_row_key(row), row["parties"]),
        lambda item: (base_key(item), parties_text(item)),
    )
    match(known, _row_key, base_key)
    match(same_list, _case_and_parties, _item_case_and_parties)
    match(same_list, _row_case, _case, alone=True)
    return [(item, found.get(number)) for number, item in enumerate(items)]


def _made_by_hand(row: dict[str, Any]) -> bool:
    """Whether it stands on no list yet: the hearing that another one was adjourned to."""
    return not row["list_id"] and row["list_state"] == LISTED


def _row_key(row: dict[str, Any]) -> str:
    when = f"{row['day']}T{row['start']}"
    parts = (row["house"], row["room"], when, row["case_ref"], row["hearing_type"])
    return "\n".join(key_text(part) for part in parts)


def _row_case(row: dict[str, Any]) -> tuple[str, ...]:
    return (row["day"], row["case_key"]) if row["case_key"] else ()


def _case(item: Item) -> tuple[str, ...]:
    key = compact(item.case_ref)
    return (str(item.day), key) if key else ()


def _case_and_parties(row: dict[str, Any]) -> tuple[str, ...]:
    return (*_row_case(row), row["parties"]) if row["case_key"] else ()


def _item_case_and_parties(item: Item) -> tuple[str, ...]:
    case = _case(item)
    return (*case, parties_text(item)) if case else ()


def parties_text(item: Item) -> str:
    """The parties of an item as the store keeps them."""
    return json.dumps([party._asdict() for party in item.parties], ensure_ascii=False)
