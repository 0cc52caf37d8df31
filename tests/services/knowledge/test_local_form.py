"""The form of an article and its files hold the same, letter by letter."""

from __future__ import annotations

import datetime as dt

import pytest

from deskapp.errors import FormProblemsError
from deskapp.services.knowledge import library, local_form, local_texts
from deskapp.services.knowledge.content import Article
from deskapp.services.knowledge.local_texts import Texts
from tests.services.knowledge.local_desk import a_script, an_article

TODAY = dt.date(2026, 11, 18)


def shipped(item_id: str) -> Texts:
    """The files of a shipped article."""
    folder = library.FOLDER / "articles"
    names = [folder / f"{item_id}.{language}.md" for language in ("en", "cy")]
    return Texts(*(name.read_text("utf-8") for name in names))


@pytest.mark.parametrize("item_id", ["jury-defer", "fees", "suicide-self-harm", "jury-expenses"])
def test_a_shipped_article_goes_through_the_form_unchanged(item_id: str) -> None:
    """Whoever bases a local one on it changes only what they change."""
    if not (library.FOLDER / "articles" / f"{item_id}.en.md").exists():
        item_id = "court-fees"
    texts = shipped(item_id)
    old = local_texts.read("article", item_id, texts).item
    made = local_form.texts(local_form.values("article", texts), today=TODAY)
    assert isinstance(old, Article)
    version, made_from = old.version, old.editions["cy"].translates or 0
    made = local_texts.stamped(
        "article", item_id, made, status="live", version=version, translates=made_from
    )
    new = local_texts.read("article", item_id, made)
    assert new.findings == ()
    assert new.item is not None
    for language in ("en", "cy"):
        assert not local_texts.differs(old, new.item, language)
        assert new.item.users_words(language) == old.users_words(language)
    names = ("owner", "audience", "review_by", "topics", "tags", "scripts", "related", "facts")
    for name in names:
        assert getattr(new.item, name) == getattr(old, name), name


def test_a_header_that_cannot_be_read_is_written_as_a_whole_file() -> None:
    """Nothing is lost by opening a form; a script is always written whole."""
    broken = Texts("+++\nid = = \n+++\nText")
    assert local_form.values("article", broken)["text"] == broken.text
    assert local_form.texts(local_form.values("article", broken), today=TODAY) == broken
    script = a_script()
    assert local_form.texts(local_form.values("script", script), today=TODAY) == script
    no_header = Texts("Only words")
    assert local_form.values("article", no_header)["text"] == "Only words"


def test_hostile_words_stay_words_in_the_header() -> None:
    """Quotes, backslashes and brackets of a title end up in no other field."""
    title = "A \"b\" \\ [c] = 'd' +++ # e"
    values = local_form.values("article", an_article()) | {"title": title, "said": f"{title}\nx"}
    made = local_texts.read("article", "kestrel-lift", local_texts.stamped(
        "article", "kestrel-lift", local_form.texts(values, today=TODAY),
        status="draft", version=1, translates=1,
    )).item  # fmt: skip
    assert made is not None
    assert made.title("en") == title
    assert made.users_words("en") == (title, "x")


def test_what_is_missing_is_said_beside_its_field() -> None:
    """A title, and a day that can be read."""
    values = local_form.first("article", today=TODAY)
    with pytest.raises(FormProblemsError) as found:
        local_form.texts(values, today=TODAY)
    assert found.value.problems[0].field == "title"
    with pytest.raises(FormProblemsError) as found:
        local_form.texts({**values, "title": "x", "review_by": "never"}, today=TODAY)
    assert found.value.problems[0].field == "review_by"


@pytest.mark.parametrize("kind", ["article", "script"])
def test_an_empty_form_is_a_draft_whose_header_can_be_read(kind: str) -> None:
    """A new item begins with every heading of the format."""
    values = {**local_form.first(kind, today=TODAY), "title": "Lift", "category": "staff"}
    name = "lift" if kind == "article" else "s-lift"
    texts = local_texts.stamped(
        kind, name, local_form.texts(values, today=TODAY), status="draft", version=1, translates=1
    )
    assert local_texts.read(kind, name, texts).item is not None
