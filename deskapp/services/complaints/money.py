"""Amounts of money as they are typed and shown; kept as whole pence, never a float."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from deskapp.i18n import _
from deskapp.services.typed import NotUnderstoodError

_POUNDS = re.compile(r"£? ?(\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.(\d\d))?", re.ASCII)


class Loss(NamedTuple):
    """Compensation that is asked for."""

    pence: int
    what_for: str
    evidence: bool
    direct: bool
    """Whether the loss came directly from an administrative error."""

    @property
    def words(self) -> str:
        """How much, what for, and what is known of it, in the language in use."""
        told = _("{amount} for {what}; proof {held}; caused by our error: {direct}")
        return told.format(
            amount=pounds(self.pence),
            what=self.what_for,
            held=_("yes") if self.evidence else _("no"),
            direct=_("yes") if self.direct else _("no"),
        )


def pence(text: str) -> int:
    """An amount of pounds, such as ``85``, ``£85.50`` or ``1,200``, as whole pence.

    Raises:
        NotUnderstoodError: If it is none.
    """
    match = _POUNDS.fullmatch(text.strip())
    if match is None:
        raise NotUnderstoodError(_("Enter an amount in pounds, like 85 or 85.50"))
    return int(match[1].replace(",", "")) * 100 + int(match[2] or 0)


def pounds(amount: int) -> str:
    """Whole pence as an amount of pounds, such as ``£1,200.00``."""
    return f"£{Decimal(amount) / 100:,.2f}"
