"""Local articles and scripts out of files, and into files for the national set.

A file that cannot be used is told and left; the others are taken. Nothing becomes live by it.
Source: knowledge sheet, sections 1 and 6 (8).
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from deskapp.data.ids import new_id
from deskapp.data.sessions import plain
from deskapp.errors import DeskError, NotFoundError
from deskapp.i18n import N_, _
from deskapp.roles import User
from deskapp.services import exports
from deskapp.services.knowledge import library, local_items, local_keep, local_texts, local_write
from deskapp.services.knowledge.local_items import LocalItem
from deskapp.services.knowledge.local_texts import ARTICLE, SCRIPT, Texts
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session

_ENGLISH, _WELSH, _TOML = ".en.md", ".cy.md", ".toml"
_MOST_BYTES = 4 * local_texts.LONGEST
_SHARED = ("facts.toml", "fields.toml", "snippets.toml", "synonyms.toml")
"""Files of a content folder that are no items."""
TAKEN, CHANGED, SAME = N_("new draft"), N_("new version, a draft"), N_("as it was")


class FileItem(NamedTuple):
    """An item as it lies in files."""

    kind: str
    item: str
    texts: Texts


class Read(NamedTuple):
    """What a file or folder holds."""

    items: list[FileItem]
    problems: list[str]
    """Each file that cannot be used, and why."""


def read(path: Path) -> Read:
    """The items of a file, or of all files of a folder; Welsh is taken from beside the English.

    Raises:
        NotFoundError: If there is no such file or folder.
    """
    if not path.exists():
        raise NotFoundError(
            _("There is no file or folder {file}.").format(file=one_line(str(path)))
        )
    found = Read([], [])
    for file in _candidates(path):
        try:
            found.items.append(_item(file))
        except DeskError as error:
            found.problems.append(f"{one_line(file.name)}: {error}")
    return found


def take(
    session: Session, found: FileItem, *, based_version: int = 0, now: dt.datetime, user: User
) -> str:
    """Keep an item from a file as a draft, or as the next version of the local item of that id.

    Returns:
        What was done, untranslated.

    Raises:
        DeskError: As ``local_write.start`` and ``local_write.edit``.
    """
    why = _("Taken from a file")
    row_id = local_items.row_of(plain(session), found.item)
    if not row_id:
        draft = local_write.Draft(found.kind, found.item, found.texts, why, based_version)
        local_write.start(session, new_id(), draft, now=now, user=user)
        return TAKEN
    known = local_items.item(plain(session), row_id, user=user)
    if _stamped_as(known, local_texts.tidy(found.texts)) == known.texts:
        return SAME
    seen = known.line.version
    local_write.edit(
        session, new_id(), row_id, found.texts, why, seen_version=seen, now=now, user=user
    )
    return CHANGED


def write(items: list[LocalItem], folder: Path, *, whole: bool = False) -> Iterator[Path]:
    """Write the files of local items into a folder of content; each is private and new.

    Args:
        items: What to write; the newest text of each, whatever its status.
        folder: Made when it is not there.
        whole: With the shipped content beside them, so that a check knows what they name.

    Raises:
        FileThereError: If one of the files is there already.
        FileNotWrittenError: If one cannot be written.
    """
    if whole:
        _copy_shipped(folder)
    for found in items:
        texts = local_texts.files(found.line.kind, found.line.item, found.texts)
        for name, text in texts.items():
            path = folder / name
            _make(path.parent)
            exports.write(path, text, overwrite=whole)
            yield path


def _candidates(path: Path) -> list[Path]:
    """The files that begin an item; those of one language beside another are not among them."""
    if path.is_file():
        return [path]
    files = [*path.glob("*"), *path.glob("articles/*"), *path.glob("scripts/*")]
    return sorted(
        file
        for file in files
        if file.is_file() and file.name.endswith((_ENGLISH, _TOML)) and file.name not in _SHARED
    )


def _item(file: Path) -> FileItem:
    if file.name.endswith(_TOML):
        return FileItem(SCRIPT, file.name.removesuffix(_TOML), Texts(_text(file)))
    for ending in (_ENGLISH, _WELSH):
        if file.name.endswith(ending):
            name = file.name.removesuffix(ending)
            welsh = file.with_name(name + _WELSH)
            english = _text(file.with_name(name + _ENGLISH))
            return FileItem(ARTICLE, name, Texts(english, _text(welsh) if welsh.exists() else ""))
    raise NotFoundError(_("This is no article and no script: name it ID.en.md or s-ID.toml."))


def _text(file: Path) -> str:
    """What a file holds; one that is enormous is not read."""
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise local_texts.TooLongError(_("The file is too large for an article or script."))
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("The file is not text in UTF-8. Save it again as UTF-8.")
        raise NotFoundError(message) from error
    except OSError as error:
        message = _("The file cannot be read: {reason}.").format(reason=error.strerror)
        raise NotFoundError(message) from error


def _stamped_as(known: LocalItem, texts: Texts) -> Texts:
    """The texts with the header that the store gave the newest ones."""
    line = known.line
    made = local_texts.read(line.kind, line.item, known.texts).item
    return local_texts.stamped(
        line.kind,
        line.item,
        texts,
        status=made.status if made else "draft",
        version=line.version,
        translates=(local_keep.translates(made) if made else None) or line.version,
    )


def _copy_shipped(folder: Path) -> None:
    try:
        shutil.copytree(library.FOLDER, folder, dirs_exist_ok=True)
    except OSError as error:
        message = _("The folder {folder} cannot be written.")
        raise exports.FileNotWrittenError(message.format(folder=one_line(str(folder)))) from error


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = _("The folder {folder} cannot be written.")
        raise exports.FileNotWrittenError(message.format(folder=one_line(str(folder)))) from error
