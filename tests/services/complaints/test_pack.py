"""A complaint that is copied, handed over or taken out: what is in it and what never is."""

from __future__ import annotations

import csv
from functools import partial

import pytest

from deskapp.errors import FormProblemsError, NotAllowedError
from deskapp.roles import Role, User
from deskapp.services.complaints import (
    answers,
    export,
    letters,
    optic,
    pack,
    record,
    worklists,
)
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.letter_kinds import Way
from deskapp.services.complaints.pack import Pack
from deskapp.services.complaints.worklists import Which
from deskapp.services.paging import Want
from tests.builders import SITE
from tests.services.complaints.desk import Hand
from tests.withheld import EMAIL, PHONE, POSTCODE, plant, shows

STAFF = "Zebedee at the desk"


def packed(hand: Hand, complaint_id: str) -> Pack:
    return pack.of(hand.record(complaint_id))


def fields(found: Pack) -> dict[str, str]:
    return dict(found.fields)


def test_the_pack_tells_field_by_field_what_is_known(hand: Hand) -> None:
    """In the order of the job; what is empty is left out."""
    complaint_id = hand.log(categories="COR DEL", needs="", loss="85.50", loss_for="Train",
                            loss_evidence="yes", loss_direct="no")  # fmt: skip
    hand.answer(complaint_id, note="Your letter lay unopened.")
    found = fields(packed(hand, complaint_id))
    assert next(iter(found)) == "Our reference"
    assert found["Received"] == "18 Nov 2026 10:05"
    assert found["Categories"] == (
        "COR Letters or emails not answered, DEL Delay in a case or order"
    )
    assert found["Subject"] == "How a case was handled"
    assert found["Loss claimed"] == "£85.50 for Train; proof yes; caused by our error: no"
    assert found["First answer, due"] == "2 Dec 2026"
    assert found["First answer, outcome"] == "Upheld"
    assert found["First answer, what was answered"] == "Your letter lay unopened."
    assert "On behalf of" not in found


def test_the_pack_tells_what_was_asked_besides_and_what_is_not_ours(hand: Hand) -> None:
    """The answers to the categories, the part that went elsewhere, the payment."""
    complaint_id = hand.log(
        categories="LST INTP",
        also={"LST.judge_order": "no", "INTP.contractor": "Words Ltd"},
        part="judge_decision",
        part_what="That the judge was wrong",
    )
    asked = {"pence": "40", "what_for": "Train", "evidence": "no", "direct": "no"}
    hand.take(complaint_id, Code.EX_GRATIA_ASK, **asked)
    found = fields(packed(hand, complaint_id))
    assert found["Subject"] == "How a case was handled, How people were treated"
    assert (found["Was it a judge's order"], found["Contractor"]) == ("no", "Words Ltd")
    assert found["Not ours"].startswith("That the judge was wrong (A judge's decision)")
    assert found["Ex gratia"] == "£40.00 asked for"


def test_the_text_and_the_table_hold_the_same(hand: Hand) -> None:
    """A text of several lines stands below its name; no cell is taken for a formula."""
    complaint_id = hand.log(details="=1+1 was written on the form\nand nothing else was said")
    found = packed(hand, complaint_id)
    assert "Account:\n=1+1 was written" in pack.text(found, whole=False)
    rows = dict(csv.reader(pack.as_csv(found).splitlines()))
    assert rows["field"] == "value"
    assert rows["Account"].startswith("'=1+1")
    assert max(map(len, pack.text(found, whole=True).splitlines())) <= pack.WIDTH


def test_what_is_said_of_staff_is_in_no_pack_and_no_export(hand: Hand) -> None:
    """Not even for who may see it in the record."""
    complaint_id = hand.log(categories="ATT", about_staff=STAFF)
    hand.take(complaint_id, Code.ABOUT_STAFF, about_staff=f"{STAFF} again")
    leader = User("l", "Lena", Role.TEAM_LEADER, SITE)
    told = pack.text(packed(hand, complaint_id), whole=True)
    told += str(hand.read(export.as_csv, user=leader, details=True))
    assert "Zebedee" not in told
    assert "About a member of staff" not in told


def test_a_withheld_address_is_in_no_pack_and_no_export(hand: Hand) -> None:
    """It says so in its stead."""
    ids = plant(hand.store, hand.user, hand.office.clock)
    words = f"Ring {PHONE} or write to {EMAIL}, {POSTCODE}"
    complaint_id = hand.log(
        person_id=ids["person"], person_name="Ann Example", phone=PHONE, email=EMAIL,
        postcode=POSTCODE, address="1 Invented Street", summary=words, details=words,
    )  # fmt: skip
    hand.take(complaint_id, Code.NOTE, note=words)
    found = packed(hand, complaint_id)
    assert fields(found)["Address"] == fields(found)["Phone"] == "withheld"
    leader = User("l", "Lena", Role.TEAM_LEADER, SITE)
    told = pack.text(found, whole=True) + hand.read(export.as_csv, user=leader, details=True)
    assert not shows(told)
    assert "Invented" not in told


def test_the_pack_for_the_investigations_team_tells_what_was_done(hand: Hand) -> None:
    """The oldest first, by whom."""
    complaint_id = hand.log()
    hand.take(complaint_id, Code.NOTE, note="Rang the list office")
    hand.take(complaint_id, Code.ATTACHED, name="Letter of 3 September", kept_at="Blue folder")
    told = pack.text(packed(hand, complaint_id), whole=True)
    assert "18 Nov 2026 10:05  Siân O'Brien  Note\n  Rang the list office" in told
    assert "Siân O'Brien  Paper kept elsewhere: Letter of 3 September, Blue folder" in " ".join(
        told.split("\n  ")
    )


@pytest.mark.parametrize(
    ("ref", "odd"), [("12345678", False), ("1234567", True), ("A2345678", True), ("١٢٣٤٥٦٧٨", True)]
)
def test_an_odd_reference_of_optic_is_warned_of_and_kept(hand: Hand, ref: str, odd: bool) -> None:
    """Its shape is known of one system alone."""
    complaint_id = hand.log()
    line = hand.take(complaint_id, Code.OPTIC, ref=ref)
    assert line.optic_ref == ref
    assert bool(answers.optic_warning(ref, hand.acting)) == odd


def test_the_daily_list_is_oldest_first_and_ends_with_the_entry(hand: Hand) -> None:
    """Whether it is answered or not; what is not ours is not in it."""
    newest, oldest = hand.log(), hand.log(received_on="1 11 2026")
    hand.log(redirect="judge_decision")

    def waiting() -> list[str]:
        page = hand.read(worklists.page, Want(), hand.acting, Which.AWAITING_OPTIC)
        assert hand.read(optic.count, user=hand.user) == len(page.lines)
        return [line.id for line in page.lines]

    assert waiting() == [oldest, newest]
    hand.take(oldest, Code.OPTIC, ref="12345678")
    assert waiting() == [newest]
    hand.take(newest, Code.OPTIC, note="Entered by the regional team")
    assert waiting() == []


def exported(hand: Hand, role: Role, *, details: bool = False) -> list[dict[str, str]]:
    user = hand.user if role is Role.OFFICER else User("x", "X", role, SITE)
    text = hand.read(export.as_csv, user=user, details=details)
    return list(csv.DictReader(text.splitlines()))


def test_each_role_takes_out_its_own_list(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    """An officer what they look after, who leads the site's, an administrator all, bare."""
    monkeypatch.setattr(export, "PIECE_ROWS", 2)
    mine = hand.log(owner=hand.user.id)
    closed = hand.log(owner=hand.user.id)
    hand.take(closed, Code.WITHDRAW, how="phone")
    hand.log()
    hand.log(site="fact:nottingham-crown-court")
    officer = exported(hand, Role.OFFICER)
    assert [row["ref"] for row in officer] == [hand.record(mine).line.ref]
    assert officer[0]["due_on"] == "2026-12-02"
    assert officer[0]["summary"] == "Letters were not answered"
    assert len(exported(hand, Role.TEAM_LEADER)) == 3
    bare = exported(hand, Role.ADMINISTRATOR)
    assert len(bare) == 4
    assert "summary" not in bare[0]
    assert "details" in exported(hand, Role.MANAGER, details=True)[0]
    for role in (Role.OFFICER, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowedError):
            exported(hand, role, details=True)


def test_no_name_is_in_an_export(hand: Hand) -> None:
    """The reference finds the record for who may see it."""
    hand.log(person_name="Ann Unlikely", address="1 Invented Street", phone="01632 960123")
    text = hand.read(export.as_csv, user=User("x", "X", Role.MANAGER, SITE), details=True)
    for word in ("Unlikely", "Invented", "960123"):
        assert word not in text


def test_who_may_not_read_complaints_writes_and_copies_none(hand: Hand) -> None:
    """The table of roles holds below the screens too."""
    complaint_id = hand.log()
    hand.user = User("a", "Ada", Role.ADMINISTRATOR, SITE)
    for read in (letters.look, record.record):
        with pytest.raises(NotAllowedError):
            hand.read(read, hand.acting, complaint_id)
    with pytest.raises(NotAllowedError):
        hand.read(optic.count, user=hand.user)
    for keep in (
        partial(letters.keep, letter_id="acknowledge", way=Way.POST, event_id="e"),
        partial(pack.keep, name=pack.HAND_OVER, event_id="e"),
    ):
        with pytest.raises(NotAllowedError):
            hand.store.call_write(keep, hand.acting, complaint_id)


def test_of_a_paper_only_its_name_and_place_are_kept(hand: Hand) -> None:
    """No file is taken in; both must be told."""
    complaint_id = hand.log()
    for given in ({"name": "A letter"}, {"kept_at": "Blue folder"}):
        with pytest.raises(FormProblemsError):
            hand.take(complaint_id, Code.ATTACHED, **given)
    hand.take(complaint_id, Code.ATTACHED, name="A letter", kept_at="/etc/passwd")
    [entry] = hand.record(complaint_id).history
    assert dict(entry.event.data) == {"name": "A letter", "kept_at": "/etc/passwd"}
