"""Whoever reports a data incident reads that one afterwards, and nothing else of the scheme.

Source: site and safety sheet, section 11.
"""

from __future__ import annotations

from typing import Any

import pytest

from deskapp.data.ids import new_id
from deskapp.errors import NotFoundError
from deskapp.roles import Role
from deskapp.services import officers
from deskapp.services.casework import case_find, cases
from deskapp.services.casework.events import Kind
from deskapp.services.paging import Want
from tests.services.casework.shipped import ShippedHand

AWARE = {"aware_at": "2026-11-18T09:00", "kind": "disclosure"}


def reported(shipped: ShippedHand, **given: Any) -> str:
    """A data incident that the officer of the desk reports."""
    case_id = new_id()
    shipped.call(cases.report, case_id, "data_incident", {**AWARE, **given})
    return case_id


def test_the_reporter_reads_the_report_and_acts_no_further(shipped: ShippedHand) -> None:
    """Each view is kept; what is done with it is for others."""
    case_id = reported(shipped, what="Letter to the wrong house")
    record = shipped.look(case_id)
    assert record.reads_only
    assert record.offers == ()
    assert record.facts.value("what") == "Letter to the wrong house"
    assert [entry.event.kind for entry in record.history] == [Kind.OPEN, Kind.VIEW]
    for verb in (cases.fill_in, cases.add_note):
        with pytest.raises(NotFoundError):
            shipped.call(verb, case_id, *([{"what": "x"}] if verb is cases.fill_in else ["x"]))


def test_lists_and_find_have_the_own_report_and_no_other(shipped: ShippedHand) -> None:
    """Somebody else's is as if it were not there."""
    own = reported(shipped)
    me, shipped.user = shipped.user, shipped.user._replace(id=new_id())
    other = reported(shipped)
    assert shipped.ids() == [other]
    shipped.user = me
    assert shipped.ids() == [own]
    ref = shipped.look(own).line.ref
    found = shipped.store.call_read(case_find.find, Want(), shipped.acting, ref)
    assert [line.id for line in found.lines] == [own]
    with pytest.raises(NotFoundError):
        shipped.look(other)


def test_an_incident_that_an_action_opened_is_a_report_too(shipped: ShippedHand) -> None:
    """A file that did not arrive."""
    file_id, child = shipped.open("case_file", reference="T20260001"), new_id()
    shipped.call(cases.do, file_id, "report_loss", AWARE, child_id=child)
    assert shipped.look(child).reads_only
    assert shipped.being("data_lead").look(child).offers


def test_who_only_opened_the_file_reads_no_report_of_others(shipped: ShippedHand) -> None:
    """The two are one family, and still two people."""
    file_id, child = shipped.open("case_file", reference="T20260001"), new_id()
    me, shipped.user = shipped.user, shipped.user._replace(id=new_id())
    shipped.call(cases.do, file_id, "report_loss", AWARE, child_id=child)
    shipped.user = me
    with pytest.raises(NotFoundError):
        shipped.look(child)
    assert shipped.ids() == [file_id]


def test_the_role_of_reporters_is_given_to_nobody(shipped: ShippedHand) -> None:
    """Or everybody's reports would be open to whoever has it."""
    other = reported(shipped)
    shipped.user = shipped.user._replace(id=new_id())
    assert shipped.being("reporter").ids() == []
    with pytest.raises(NotFoundError):
        shipped.look(other)
    manager = shipped.user._replace(role=Role.ADMINISTRATOR)
    with pytest.raises(NotFoundError, match="reporter"):
        shipped.store.call_write(
            officers.change_roles, shipped.book, "Siân O'Brien", give=["reporter"], user=manager
        )
