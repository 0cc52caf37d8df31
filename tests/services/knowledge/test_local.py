"""Local articles and scripts: versions, two people, never in the place of what is shipped."""

from __future__ import annotations

import datetime as dt

import pytest

from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.errors import FormProblemsError, NotAllowedError
from deskapp.roles import Role, User
from deskapp.services.knowledge import (
    local_check,
    local_decide,
    local_items,
    local_texts,
    local_write,
    search,
    shelf,
    trails,
    walk,
)
from deskapp.services.knowledge.local_check import Checked
from deskapp.services.knowledge.local_decide import NotReadyError
from deskapp.services.knowledge.local_items import Move, Status
from deskapp.services.knowledge.local_texts import Texts
from deskapp.services.knowledge.local_write import ChangedSinceError
from tests.builders import SITE, SetClock
from tests.services.knowledge.local_desk import LEADER, Writing, a_script, an_article
from tests.services.knowledge.test_walk import CALENDAR


@pytest.fixture
def writing(store: Store, clock: SetClock, user: User) -> Writing:
    """The officer of the desk writes, a team leader approves."""
    return Writing(store, clock, user)


def test_a_draft_is_shown_to_nobody_until_somebody_else_approved_it(writing: Writing) -> None:
    """What officers read aloud was read by two people."""
    row_id = writing.start()
    assert writing.check(row_id).stops == 0, writing.check(row_id)
    assert writing.store.call_read(shelf.read).library.item("kestrel-lift") is None
    writing.publish(row_id)
    found = writing.store.call_read(shelf.read).library.item("local:kestrel-lift")
    assert found is not None
    assert found.local
    assert found.live
    assert found.reviewed_on == writing.clock.today
    assert [each.move for each in writing.item(row_id).versions] == [
        Move.APPROVED, Move.SUBMITTED, Move.DRAFTED,
    ]  # fmt: skip


def test_nobody_approves_what_they_wrote(writing: Writing) -> None:
    """A team leader who writes asks another one; so does one who changed the last text."""
    row_id = writing.start(user=LEADER)
    checked = Checked(1, ())
    writing.do(local_decide.submit, row_id, "", checked)
    with pytest.raises(NotAllowedError, match="You wrote this"):
        writing.do(local_decide.approve, row_id, "", checked, user=LEADER)
    other = User("other", "Una Other", Role.TEAM_LEADER, SITE)
    writing.do(local_decide.approve, row_id, "", checked, user=other)
    assert writing.item(row_id).line.status is Status.LIVE


def test_an_officer_does_not_approve(writing: Writing) -> None:
    """Only who leads the team does; the table of roles says so."""
    row_id = writing.start(user=LEADER)
    writing.do(local_decide.submit, row_id, "", Checked(1, ()))
    with pytest.raises(NotAllowedError):
        writing.do(local_decide.approve, row_id, "", Checked(1, ()))


def test_what_is_live_stays_as_it_was_until_the_change_is_approved(writing: Writing) -> None:
    """Somebody who is changing a text cannot change what is said meanwhile."""
    row_id = writing.start()
    writing.publish(row_id)
    writing.edit(row_id, an_article(say="Use the back stairs."))
    shown = writing.store.call_read(shelf.read).library.item("local:kestrel-lift")
    assert shown is not None
    assert "out of order" in shown.body("en")
    assert shown.version == 1
    assert writing.item(row_id).line.status is Status.DRAFT


def test_the_id_of_a_shipped_item_is_taken_only_with_its_version(writing: Writing) -> None:
    """Local never covers shipped in silence: it says what it was made from."""
    for version in (0, 99):
        with pytest.raises(FormProblemsError, match="id of a shipped item"):
            writing.start(name="jury-defer", based_version=version)
    row_id = writing.start(an_article("jury-defer"), "jury-defer", based_version=1)
    assert writing.item(row_id).line.based_on == "jury-defer"


def test_both_are_found_and_marked_when_a_local_item_has_a_shipped_id(writing: Writing) -> None:
    """The officer sees which one is the site's own."""
    row_id = writing.start(an_article("jury-defer"), "jury-defer", based_version=1)
    writing.publish(row_id)
    found = writing.store.call_read(shelf.read)
    answer = search.search(
        "kestrel postpone jury", language="en", today=writing.clock.today, indexes=found.indexes
    )
    marks = {hit.id: hit.local for hit in answer.hits}
    assert marks["local:jury-defer"] is True
    assert marks["jury-defer"] is False
    assert {found.library.articles[each].id for each in ("jury-defer", "local:jury-defer")}


def test_a_local_id_is_not_given_twice(writing: Writing) -> None:
    """Or nobody could say which one a contact was answered from."""
    writing.start()
    with pytest.raises(FormProblemsError, match="already"):
        writing.start()


@pytest.mark.parametrize("name", ["Upper", "s-x/../y", "", "a" * 61, "ein ddau"])
def test_an_id_is_small_letters_digits_and_hyphens(writing: Writing, name: str) -> None:
    """It becomes the name of a file when it is exported."""
    with pytest.raises(FormProblemsError):
        writing.start(an_article(), name)


def test_saving_the_same_draft_twice_keeps_one_version(writing: Writing) -> None:
    """F8 pressed again after a lost line."""
    row_id, version_id = writing.start(), new_id()
    for _again in range(2):
        writing.do(
            local_write.edit, version_id, row_id, an_article(say="New."), "why", seen_version=1
        )
    assert writing.item(row_id).line.version == 2


def test_two_who_change_at_once_lose_nothing(writing: Writing) -> None:
    """The second is told, and still has the words in the form."""
    row_id = writing.start()
    writing.edit(row_id, an_article(say="First."))
    with pytest.raises(ChangedSinceError, match="version 2"):
        writing.edit(row_id, an_article(say="Second."), seen_version=1)


def test_a_rule_that_is_broken_stops_it_before_it_is_live(writing: Writing) -> None:
    """Numbers that differ between the languages are read out wrongly to somebody."""
    row_id = writing.start(an_article(say="The lift is back in 14 days."))
    checked = writing.check(row_id)
    assert checked.stops
    texts = writing.item(row_id).texts
    places = {local_check.place(each, "article", texts) for each in checked.findings if each.stops}
    assert "Welsh text, line 3" in places
    with pytest.raises(NotReadyError, match="put right"):
        writing.do(local_decide.submit, row_id, "", checked)


def test_broken_toml_is_kept_as_a_draft_and_says_where(writing: Writing) -> None:
    """What somebody wrote is not lost, and not shown."""
    row_id = writing.start(Texts("+++\nid = \nno toml\n+++\n## In short\nText"))
    checked = writing.check(row_id)
    assert checked.stops
    assert "TOML" in checked.findings[0].message
    script = writing.start(Texts('id = "s-x"\n[[node'), "s-broken")
    assert writing.check(script).stops


def test_english_that_moves_on_leaves_the_welsh_behind(writing: Writing) -> None:
    """Until somebody changes the Welsh as well, or says that it still holds."""
    row_id = writing.start()
    old = an_article()
    writing.edit(row_id, an_article(say="Use the back stairs."))
    item = local_texts.read("article", "kestrel-lift", writing.item(row_id).texts).item
    assert item is not None
    assert [each.rule for each in writing.check(row_id).findings if each.rule == "E4"]
    writing.edit(row_id, Texts(writing.item(row_id).texts.text, old.welsh), in_step=True)
    assert not [each for each in writing.check(row_id).findings if each.rule == "E4"]


def test_changed_welsh_is_in_step(writing: Writing) -> None:
    """Whoever writes both writes them together."""
    row_id = writing.start()
    new = an_article(say="Use the back stairs.")
    writing.edit(row_id, new._replace(welsh=new.welsh.replace("ar hyn o bryd", "heddiw")))
    assert not [each for each in writing.check(row_id).findings if each.rule == "E4"]


def test_an_older_text_is_taken_again_as_a_new_version(writing: Writing) -> None:
    """Nothing is overwritten: who, when and why of each stay."""
    row_id = writing.start()
    writing.edit(row_id, an_article(say="Wrong."))
    first = writing.item(row_id).versions[-1]
    writing.do(local_write.restore, row_id, first.id, "the change was wrong")
    found = writing.item(row_id)
    assert found.line.version == 3
    assert "out of order" in found.texts.text
    assert "version = 3" in found.texts.text
    assert found.versions[0].why == "the change was wrong"
    assert found.versions[0].officer_name == "Siân O'Brien"


def test_withdrawn_is_found_by_nobody_and_can_come_back(writing: Writing) -> None:
    """Its versions stay."""
    row_id = writing.start()
    writing.publish(row_id)
    writing.do(local_decide.withdraw, row_id, "repaired", user=LEADER)
    assert writing.store.call_read(shelf.read).library.item("local:kestrel-lift") is None
    with pytest.raises(NotReadyError):
        writing.do(local_decide.withdraw, row_id, "again", user=LEADER)
    writing.edit(row_id, an_article(say="Broken again."))
    writing.publish(row_id)
    assert writing.store.call_read(shelf.read).library.item("local:kestrel-lift")


def test_a_running_script_keeps_its_version_while_it_is_changed(writing: Writing) -> None:
    """The officer in the middle of a call goes on with what was said so far."""
    row_id = writing.start(name="s-kestrel")
    assert writing.check(row_id).stops == 0, writing.check(row_id)
    writing.publish(row_id)
    known = writing.store.call_read(shelf.read).library
    running = walk.begin(
        known, "local:s-kestrel", language="en", today=writing.clock.today, calendar=CALENDAR
    )
    kept = trails.dumps(running)
    changed = a_script(say="Use the stairs.")
    writing.edit(row_id, Texts(changed.text.replace("ar hyn o bryd", "heddiw")))
    writing.publish(row_id)
    assert "out of order" in running.node.say["en"]
    at = writing.store.call_read(shelf.library_at, [("local:s-kestrel", 1)])
    resumed = trails.loads(kept, at, today=writing.clock.today, calendar=CALENDAR)
    assert "out of order" in resumed.node.say["en"]
    newest = writing.store.call_read(shelf.read).library.scripts["local:s-kestrel"]
    assert newest.version == 2


def test_an_enormous_text_is_refused_and_a_hostile_one_is_cleaned(writing: Writing) -> None:
    """Nothing a terminal could obey is kept; nothing fills the store."""
    with pytest.raises(local_texts.TooLongError):
        writing.start(Texts("x" * (local_texts.LONGEST + 1)))
    with pytest.raises(FormProblemsError):
        writing.start(Texts(" \n"))
    row_id = writing.start(an_article(say="[/b]\x1b[31mred\x1b]0;x\x07 \u202eback"))
    assert "\x1b" not in writing.item(row_id).texts.text
    assert "[/b]" in writing.item(row_id).texts.text


def test_lists_are_filtered_by_any_words(writing: Writing) -> None:
    """Of the titles in both languages, the id and how it stands."""
    writing.start()
    writing.start(name="s-kestrel")
    titles = [
        len(writing.store.call_read(local_items.lines, words, user=writing.officer))
        for words in ("", "cudyll lifft", "draft", "walk", "nothing like it")
    ]
    assert titles == [2, 1, 2, 1, 0]


def test_what_should_have_been_reviewed_says_so(writing: Writing) -> None:
    """Live ones only: nobody reads a draft aloud."""
    row_id = writing.start()
    assert not writing.item(row_id).line.overdue(dt.date(2030, 1, 1))
    writing.publish(row_id)
    assert writing.item(row_id).line.overdue(dt.date(2030, 1, 1))
