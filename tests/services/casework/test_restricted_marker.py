"""What others learn of a restricted case: that there is one, when its scheme is about a person."""

from __future__ import annotations

import pytest

from deskapp import i18n
from deskapp.data.ids import new_id
from deskapp.services import kinds, link_lines, links
from deskapp.services.casework import cases
from deskapp.services.casework.book import Rulebook
from deskapp.services.links import Link
from tests.builders import save
from tests.services.casework.desk import EW
from tests.services.casework.hand import CHILD, PAPERS, Hand, a_scheme

HEAD = 'visibility = "restricted"\nroles = ["warden"]\nsubject = "person"\n'
MARKER = "A restricted marker exists. Ask the team leader."


@pytest.fixture
def watched(hand: Hand) -> Hand:
    """An officer with a scheme whose cases open a restricted one about a person."""
    child = a_scheme("child", CHILD, head=HEAD)
    hand.book = Rulebook.of([a_scheme("test", PAPERS, head='roles = ["judge"]\n'), child], EW)
    return hand


def test_a_related_case_that_is_hidden_is_told_of_and_no_more(watched: Hand) -> None:
    """Neither its reference nor its scheme."""
    case_id = watched.open()
    assert not watched.call(cases.look, case_id).restricted_marker
    watched.call(cases.do, case_id, "breach", {"days": 3}, child_id=new_id())
    record = watched.call(cases.look, case_id)
    assert record.restricted_marker
    assert record.children == ()
    watched.user = watched.user._replace(scheme_roles=frozenset({"warden"}))
    record = watched.call(cases.look, case_id)
    assert not record.restricted_marker
    assert len(record.children) == 1


def test_a_link_to_a_hidden_case_says_the_same(watched: Hand) -> None:
    """Once, however many there are; the line leads nowhere."""
    i18n.use("en")
    contact = save(watched.store, watched.user, watched.clock, person_name="Ann Jones")
    for _case in range(2):
        case_id, child = watched.open(), new_id()
        watched.call(cases.do, case_id, "breach", {"days": 3}, child_id=child)
        ends = ("contact", contact.id, "case_record", child)
        watched.store.call_write(links.link, *ends, user=watched.user, now=watched.clock.moment)
    of = Link(kinds.CONTACT, contact.id)
    [line] = watched.store.call_read(link_lines.lines, watched.acting, of)
    assert (line.link.id, line.ref, line.title) == ("", "", MARKER)
