"""Letters and emails of complaints: which fit, what stands in them, what never does."""

from __future__ import annotations

from typing import Any

import pytest

from deskapp import i18n, paths
from deskapp.data.ids import new_id
from deskapp.errors import NotFoundError
from deskapp.services.complaints import letter_values, letters
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.letter_kinds import LETTERS, Way
from deskapp.services.complaints.letters import Writing
from deskapp.services.letters import files
from deskapp.services.letters.language import RULE, Language
from deskapp.services.letters.template import LetterError
from deskapp.services.persons import safe_contact
from deskapp.services.persons.safe_contact import SafeAnswers
from tests.services.complaints.desk import Hand
from tests.services.complaints.test_recount import newer
from tests.withheld import EMAIL, PHONE, POSTCODE, plant, shows

ENGLAND = "fact:nottingham-crown-court"
HOME = {"address": "1 Invented Street", "postcode": "ZZ1 1ZZ", "email": "ann@example.org"}


def writing(hand: Hand, complaint_id: str) -> Writing:
    found = hand.read(letters.look, hand.acting, complaint_id)
    assert isinstance(found, Writing)
    return found


def written(hand: Hand, complaint_id: str, letter: str, **given: Any) -> str:
    usual: dict[str, Any] = {"way": Way.POST, "language": Language.EN}
    return letters.write(
        writing(hand, complaint_id),
        letter,
        acting=hand.acting,
        settings_folder=paths.settings_folder(),
        **{**usual, **given},
    )


def fitting(hand: Hand, complaint_id: str) -> list[str]:
    return [letter.id for letter in writing(hand, complaint_id).offers]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.id)
def test_every_letter_has_a_template_that_names_only_what_there_is(
    letter: Any, language: str
) -> None:
    """In both languages."""
    template = files.shipped(f"{letter.template}.{language}")
    assert template is not None
    assert list(letter_values.faults(template)) == []


def test_a_letter_is_offered_where_it_fits(hand: Hand) -> None:
    """From the receipt to the end, each when there is something to tell."""
    complaint_id = hand.log()
    assert fitting(hand, complaint_id) == ["acknowledge"]
    hand.take(complaint_id, Code.ASSIGN)
    hand.take(
        complaint_id, Code.HOLDING_REPLY, note="Papers", revised_on="10 12 2026", channel="letter"
    )
    assert fitting(hand, complaint_id) == ["acknowledge", "holding"]
    hand.answer(complaint_id)
    assert fitting(hand, complaint_id) == ["answer"]
    hand.take(complaint_id, Code.ASK_REVIEW)
    assert fitting(hand, complaint_id) == ["acknowledge", "answer"]


def test_the_acknowledgement_tells_when_the_answer_comes(hand: Hand) -> None:
    """With the reference, and a day of the week nobody has to look up."""
    complaint_id = hand.log(**HOME)
    text = written(hand, complaint_id, "acknowledge")
    assert "Dear Ann Example,\n\nWe received your complaint on 18 November 2026." in text
    assert "We will answer you by 2 December 2026." in text
    assert hand.record(complaint_id).line.ref in text
    assert "1 Invented Street\nZZ1 1ZZ" in text
    assert text.rstrip().endswith("Siân O'Brien\nAberystwyth Justice Centre")


def test_an_acknowledgement_that_is_late_promises_no_day_that_is_past(hand: Hand) -> None:
    """It says that the answer is late; after a holding reply, when it comes."""
    complaint_id = hand.log(**HOME)
    hand.take(complaint_id, Code.ASSIGN)
    hand.on("2026-12-03")
    text = written(hand, complaint_id, "acknowledge")
    assert "Our answer is late." in text
    assert "2 December" not in text
    hand.take(complaint_id, Code.HOLDING_REPLY, note="Papers", revised_on="9 12", channel="letter")
    text = written(hand, complaint_id, "acknowledge")
    assert "You can expect our answer by 9 December 2026." in text
    hand.on("2026-12-10")
    assert "Our answer is late." in written(hand, complaint_id, "acknowledge")


def test_a_provisional_date_is_never_written_as_a_promise(hand: Hand) -> None:
    """The number of working days is told instead."""
    hand.calendars = newer(known_to="2026-11-20")
    text = written(hand, hand.log(), "acknowledge")
    assert "within 10 working days" in text
    assert "December" not in text


def test_the_holding_reply_says_why_and_until_when(hand: Hand) -> None:
    """Both were asked for when it was recorded."""
    complaint_id = hand.log(owner=hand.user.id)
    given = {"revised_on": "10 12 2026", "channel": "letter", "note": "The file is in Leeds."}
    hand.take(complaint_id, Code.HOLDING_REPLY, **given)
    text = written(hand, complaint_id, "holding")
    assert "This is why: The file is in Leeds." in text
    assert "by 10 December 2026" in text
    assert "was due on 2 December 2026" in text


def test_the_answer_tells_what_was_found_and_what_comes_next(hand: Hand) -> None:
    """What nobody wrote down is left open, in brackets."""
    complaint_id = hand.log()
    hand.answer(complaint_id, note="Your letter lay unopened.", redress="apology explanation")
    text = written(hand, complaint_id, "answer")
    assert "What we found\n\nYour letter lay unopened.\n\nOur decision: Upheld" in text
    assert "Apology, Explanation" in text
    assert "you can ask for a review" in text
    bare = hand.log()
    hand.answer(bare)
    assert "[Write here what was looked at and what was found.]" in written(hand, bare, "answer")


def test_paragraphs_fill_their_lines_and_typed_lines_stay(hand: Hand) -> None:
    """Long names and days must not leave ragged lines; a list that was typed stays one."""
    complaint_id = hand.log(person_name="Ann " + "Very" * 20, summary="word " * 24)
    hand.answer(complaint_id, note="We looked at:\n- the letter\n- the file\n\nIt was late.")
    text = written(hand, complaint_id, "answer")
    assert "We looked at:\n- the letter\n- the file\n\nIt was late.\n\nOur decision" in text
    body = text.split("Dear ")[1].splitlines()[2:]
    assert max(map(len, body)) <= letter_values.WIDTH
    assert "\ue000" not in text


def test_a_redirect_says_where_to_turn(hand: Hand) -> None:
    """A mixed complaint is told which part goes on here."""
    whole = hand.log(redirect="judge_behaviour")
    assert "Turn to: Judicial Conduct Investigations Office" in written(hand, whole, "redirect")
    part = hand.log(part="magistrate_behaviour", part_what="What the bench said")
    text = written(hand, part, "redirect")
    assert "We cannot deal with this part of it: What the bench said" in text
    assert "We go on with the rest" in text


def test_a_withdrawal_is_confirmed(hand: Hand) -> None:
    """So that nobody is ended by a mistake."""
    complaint_id = hand.log()
    hand.take(complaint_id, Code.WITHDRAW, how="phone")
    assert fitting(hand, complaint_id) == ["withdrawn"]
    assert "You told us on 18 November 2026" in written(hand, complaint_id, "withdrawn")


def test_without_authority_nothing_is_disclosed(hand: Hand) -> None:
    """Authority is asked for; the summary stands in no letter and the answer is not offered."""
    complaint_id = hand.log(acting_for="Bob Example", authority="requested")
    assert fitting(hand, complaint_id) == ["acknowledge", "authority"]
    assert "agrees. Send us a letter" in written(hand, complaint_id, "authority")
    assert "not answered" not in written(hand, complaint_id, "acknowledge")
    hand.answer(complaint_id)
    assert fitting(hand, complaint_id) == ["authority"]
    with pytest.raises(NotFoundError):
        written(hand, complaint_id, "answer")


def test_to_somebody_anonymous_nobody_writes(hand: Hand) -> None:
    """No reply is owed."""
    assert fitting(hand, hand.log(anonymous="yes", person_name="")) == []


@pytest.mark.parametrize(
    ("site", "wanted", "found"),
    [
        ("", "unknown", "both"),
        ("", "en", "en"),
        ("", "cy", "cy"),
        (ENGLAND, "unknown", "en"),
        (ENGLAND, "cy", "cy"),
    ],
)
def test_the_language_is_that_of_the_person_and_in_wales_both(
    hand: Hand, site: str, wanted: str, found: str
) -> None:
    """As on the complaint; the office that answers says which nation it is."""
    complaint_id = hand.log(site=site, language=wanted)
    text = written(hand, complaint_id, "acknowledge", language=None)
    assert ("Annwyl" in text, "Dear" in text) == (found in ("cy", "both"), found in ("en", "both"))
    assert (RULE in text) == (found == "both")


def safely(hand: Hand, complaint_id: str, **answers: str) -> None:
    """Keep how the person may be reached."""
    person_id = hand.record(complaint_id).given.person_id
    hand.store.call_write(safe_contact.save, person_id, SafeAnswers(**answers), user=hand.user)


def test_safe_contact_is_told_before_anything_goes_out(hand: Hand) -> None:
    """In capitals when the person said no."""
    complaint_id = hand.log(**HOME)
    found = writing(hand, complaint_id)
    assert list(letters.warnings(found, Way.POST)) == ["Safe contact: not asked."]
    safely(hand, complaint_id, ok_to_post="no", ok_to_email="yes")
    found = writing(hand, complaint_id)
    assert "DO NOT POST" in next(letters.warnings(found, Way.POST))
    assert list(letters.warnings(found, Way.EMAIL)) == []


def test_an_email_is_usual_where_the_complaint_came_by_one(hand: Hand) -> None:
    """Unless the person said no to email, or none is known."""
    complaint_id = hand.log(channel="email", **HOME)
    assert writing(hand, complaint_id).usual_way is Way.EMAIL
    text = written(hand, complaint_id, "acknowledge", way=Way.EMAIL)
    assert text.startswith("To: ann@example.org\nSubject: Your complaint C-")
    assert "Invented Street" not in text
    safely(hand, complaint_id, ok_to_email="no")
    assert writing(hand, complaint_id).usual_way is Way.POST
    assert writing(hand, hand.log(channel="email", person_name="No Mail")).usual_way is Way.POST


def test_a_withheld_address_is_printed_nowhere(hand: Hand) -> None:
    """Not on a letter, not as an email, not out of the words of the complaint."""
    ids = plant(hand.store, hand.user, hand.office.clock)
    words = f"Write to {POSTCODE} or {EMAIL} or {PHONE}"
    complaint_id = hand.log(
        person_id=ids["person"],
        person_name="Ann Example",
        address="1 Invented Street",
        postcode=POSTCODE,
        email=EMAIL,
        phone=PHONE,
        channel="email",
        summary=words,
    )
    hand.answer(complaint_id, note=words)
    for way in Way:
        text = written(hand, complaint_id, "answer", way=way)
        assert not shows(text)
        assert "Invented" not in text
        assert "not printed" in "".join(letters.warnings(writing(hand, complaint_id), way))


def test_that_a_letter_was_made_is_kept_once(hand: Hand) -> None:
    """Which, and by which way; not its words."""
    complaint_id, event_id = hand.log(), new_id()
    for _again in range(2):
        hand.store.call_write(
            letters.keep, hand.acting, complaint_id, "acknowledge", Way.POST, event_id
        )
    [entry] = [each for each in hand.record(complaint_id).history if each.event.code == Code.LETTER]
    assert dict(entry.event.data) == {"template": "acknowledge", "way": "post"}


def test_a_template_of_the_administrator_is_used_and_checked(hand: Hand) -> None:
    """One that names what there is not is refused in words."""
    folder = paths.private_folder(paths.settings_folder() / files.FOLDER)
    complaint_id = hand.log()
    own = folder / "complaint_acknowledge.en.txt"
    own.write_text("Hello {{ name }}, {{ ref }}", encoding="utf-8")
    assert "Hello Ann Example, C-" in written(hand, complaint_id, "acknowledge")
    own.write_text("Hello {{ about_staff }}", encoding="utf-8")
    with pytest.raises(LetterError, match="about_staff"):
        written(hand, complaint_id, "acknowledge")
    own.write_text("{{ revised }}", encoding="utf-8")
    with pytest.raises(LetterError, match="revised"):
        written(hand, complaint_id, "acknowledge")


def test_what_is_wholly_redirected_is_not_told_of_as_a_part(hand: Hand) -> None:
    """First a part went elsewhere, then all of it."""
    complaint_id = hand.log(part="magistrate_behaviour", part_what="What the bench said")
    hand.take(complaint_id, Code.REDIRECT, where="judge_behaviour")
    text = written(hand, complaint_id, "redirect")
    assert "Turn to: Judicial Conduct" in text
    assert "bench" not in text
