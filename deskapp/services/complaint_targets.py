"""How long the answer to a complaint may take: defaults that can be changed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ComplaintTargets:
    """Targets and alarm of a complaint, in working days.

    Source: complaints sheet, section 5. The targets of the three stages are published by HMCTS;
    the other numbers are assumptions of the same sheet.
    """

    stage1: int = 10
    """First answer, counted from the receipt of the complaint."""
    stage2: int = 10
    """Review, counted from the receipt of the request for it."""
    stage3: int = 15
    """Customer Investigations Team, counted from the receipt of the request for it."""
    acknowledge: int = 2
    """Acknowledgement, counted from the receipt."""
    holding_before: int = 1
    """The holding reply goes out this long before the due date."""
    amber: int = 3
    """Amber from this many working days left; red is always the last day."""
