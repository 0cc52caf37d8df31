"""Writing a local article or script: its header as fields, its text in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from deskapp.i18n import N_, _
from deskapp.screens import looking_up
from deskapp.screens.base import say_saved
from deskapp.screens.form_screen import FormScreen
from deskapp.screens.picks import pick
from deskapp.services import drafts
from deskapp.services.drafts import Draft
from deskapp.services.knowledge import local_form, local_texts, local_write, naming
from deskapp.services.knowledge.articles import CATEGORIES, OWNERS
from deskapp.services.knowledge.local_texts import SCRIPT, Texts
from deskapp.widgets.form_field import FormField

if TYPE_CHECKING:
    from deskapp.app import DeskApp

KIND, SEEN, BASED, FIXED_ID = "_kind", "_seen", "_based", "_item"
"""Values of the draft that stand in no field: the kind, the version that was opened, the version
of the shipped item, and the id where it cannot be chosen."""
_ROWS = 8
_AUDIENCES = (("public", N_("Everybody")), ("staff", N_("Staff only")))


class LocalFormScreen(FormScreen):
    """A new local item, or a new version of one."""

    HEADING: ClassVar[str] = N_("Local article")
    HELP: ClassVar[str] = N_(
        "Write in your own words, in both languages, below the headings that stand there. Users'"
        " words are what people say when they mean it, one on each line: the search finds by them."
        " Every key stroke is kept. F8 keeps the text as a draft; nobody is shown it until it was"
        " put forward and somebody else approved it."
    )

    def __init__(self, draft: Draft, *, is_new: bool = False) -> None:
        super().__init__(draft)
        self._first = dict(draft.values) if is_new else None

    def fields(self) -> Sequence[FormField]:
        values = self.draft.values
        whole = bool(values.get(local_form.WHOLE))
        asked = list(_whole(values[KIND]) if whole else _article())
        if self._is_edit:
            if not whole:
                asked.append(pick("in_step", N_("Welsh"), _steps(), hint=N_("As the text says")))
            asked.append(FormField("why", N_("Why"), needed=True, hint=N_("what changed and why")))
        elif not values.get(FIXED_ID):
            hint = N_("s- and a name") if values[KIND] == SCRIPT else N_("Empty: from the title")
            asked.insert(0, FormField("item", N_("Id"), hint=hint))
        return asked

    @property
    def _is_edit(self) -> bool:
        return drafts.RECORD in self.draft.values

    @property
    def untouched(self) -> bool:
        if self._first is None:
            return False
        names = [spec.name for spec in self.fields()]
        now = self.draft.values
        return all(now.get(name, "") == self._first.get(name, "") for name in names)

    async def save(self, values: Mapping[str, str]) -> str:
        desk = self.desk
        now, user = desk.clock.now(), desk.user
        texts = local_form.texts(values, today=desk.clock.today())
        if self._is_edit:
            await desk.store.write(
                local_write.edit,
                self.draft.id,
                values[drafts.RECORD],
                texts,
                values.get("why", ""),
                seen_version=int(values[SEEN]),
                in_step=values.get("in_step") == "yes",
                now=now,
                user=user,
            )
            return values[drafts.RECORD]
        await looking_up.shelf_of(desk)  # long: no other save may wait for it
        draft = _new(values, texts)
        await desk.store.write(local_write.start, self.draft.id, draft, now=now, user=user)
        return self.draft.id

    def saved(self, row_id: str) -> None:
        say_saved(self.app, _("Draft; put it forward when it is ready"))


def begin(desk: DeskApp, kind: str, *, title: str = "") -> LocalFormScreen:
    """The form of a new item; ``title`` is what somebody searched for in vain."""
    values = {KIND: kind, **local_form.first(kind, today=desk.clock.today(), title=title)}
    return LocalFormScreen(desk.new_draft(drafts.KNOWLEDGE, values), is_new=True)


def copy(desk: DeskApp, kind: str, item_id: str, version: int, texts: Texts) -> LocalFormScreen:
    """The form of a local item that is made from a shipped one."""
    values = {KIND: kind, FIXED_ID: item_id, BASED: str(version), **local_form.values(kind, texts)}
    return LocalFormScreen(desk.new_draft(drafts.KNOWLEDGE, values), is_new=True)


def change(desk: DeskApp, row_id: str, kind: str, version: int, texts: Texts) -> LocalFormScreen:
    """The form of the next version of an item."""
    values = {KIND: kind, drafts.RECORD: row_id, SEEN: str(version)}
    values |= local_form.values(kind, texts)
    return LocalFormScreen(desk.new_draft(drafts.KNOWLEDGE, values), is_new=True)


def _new(values: Mapping[str, str], texts: Texts) -> local_write.Draft:
    name = values.get(FIXED_ID) or values.get("item", "").strip()
    name = name or local_texts.id_of(values.get("title", ""))
    based = int(values.get(BASED) or 0)
    return local_write.Draft(values[KIND], name, texts, based_version=based)


def _steps() -> list[tuple[str, str]]:
    return [("yes", _("The Welsh still says the same"))]


def _whole(kind: str) -> Sequence[FormField]:
    text = FormField("text", N_("English file"), "words", rows=2 * _ROWS, from_top=True)
    if kind == SCRIPT:
        return (replace(text, label=N_("The script")),)
    return (text, replace(text, name="text_cy", label=N_("Welsh file")))


def _article() -> Sequence[FormField]:
    categories = [(each, naming.category(each)) for each in CATEGORIES]
    owners = [(each, naming.owner(each)) for each in OWNERS]
    return (
        FormField("title", N_("Title"), needed=True),
        FormField("title_cy", N_("Title in Welsh")),
        FormField("said", N_("Users' words"), "words", rows=4),
        FormField("said_cy", N_("In Welsh"), "words", rows=4),
        FormField("text", N_("English text"), "words", rows=_ROWS, from_top=True),
        FormField("text_cy", N_("Welsh text"), "words", rows=_ROWS, from_top=True),
        pick("category", N_("Category"), categories, hint=N_("such as jury or fines")),
        FormField("topics", N_("Topics"), hint=N_("codes, such as JRY")),
        pick("audience", N_("For whom"), [(code, _(label)) for code, label in _AUDIENCES]),
        pick("owner", N_("Owner"), owners, hint=N_("Empty: of the category")),
        FormField("review_by", N_("Review by"), hint=N_("like 30 11 2026")),
        FormField("more", N_("Other lines"), "words", rows=3),
    )
