"""Where an index comes from: the cache folder, or the entries themselves.

Any list of entries can be indexed. The shipped content lies in a file of the cache folder, named
after the digest of the content; local articles, which are encrypted, are indexed in memory only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from deskapp import paths
from deskapp.services.knowledge import entry, packing
from deskapp.services.knowledge.entry import Entry
from deskapp.services.knowledge.index import Index

FORMAT = 7
"""Goes up with every change of what is kept or of how words are taken apart."""


def shipped(folder: Path | None = None) -> Index:
    """The index of the shipped content, made when it is not there or the content has changed.

    Takes up to a fifth of a second when it must be made: not for the thread that draws.
    """
    from deskapp.services.knowledge import library

    content = folder or library.FOLDER
    return kept(library.digest(content), lambda: entry.of(library.load(content)))


def kept(digest: str, make: Callable[[], Iterable[Entry]]) -> Index:
    """The index named ``digest`` in the cache folder, else made of what ``make`` gives.

    Where the folder cannot be written the index is made in memory, at every start.
    """
    from deskapp.data import knowledge_file

    folder = paths.cache_folder()
    file = folder / f"knowledge-{digest[:32]}-{FORMAT}.db"
    found = knowledge_file.opened(file)
    if found is None:
        made = packing.packed(make())
        with suppress(OSError):
            knowledge_file.write(paths.private_folder(folder) / file.name, *made)
            _forget_others(file)
            found = knowledge_file.opened(file)
        found = found or knowledge_file.in_memory(*made)
    return Index(found)


def of(made_of: Iterable[Entry], *, beside: Index | None = None) -> Index:
    """An index of entries in memory; ``beside`` the one it is searched with, if any."""
    from deskapp.data import knowledge_file

    return Index(knowledge_file.in_memory(*packing.packed(made_of)), beside)


def _forget_others(file: Path) -> None:
    """Remove the indexes of other contents, which nothing asks for any more."""
    for other in file.parent.glob("knowledge-*.db"):
        if other != file:
            other.unlink(missing_ok=True)
