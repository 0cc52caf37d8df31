"""One box over articles, scripts, short replies and courts: what an officer finds by any words.

``search`` only reads and may run in any thread; a screen calls it in a worker and shows the newest
answer. Source: knowledge sheet, sections 6 to 8.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from deskapp.i18n import _
from deskapp.services.courts import court_index, court_search
from deskapp.services.enquiries import snippets
from deskapp.services.knowledge import entry, found, indexed, lexicon, narrowing, terms
from deskapp.services.knowledge.asked import Asked, understand
from deskapp.services.knowledge.found import Item
from deskapp.services.knowledge.index import Index

ARTICLE, SCRIPT, SNIPPET, COURT = "article", "script", entry.SNIPPET, "court"
KINDS = (ARTICLE, SCRIPT, SNIPPET, COURT)
KNOWLEDGE = (ARTICLE, SCRIPT)
MOST_SHOWN = 8
CLOSE = 0.7
"""Share of the query's weight that must be found, or nothing comes close. It lies above the half
that the sheet asks for because a mention in a text counts here as well, as a part."""
_MOST_COURTS = 3
_COMMON = "court llys"
"""Words that occur everywhere."""


@dataclass(frozen=True)
class Hit:
    """Something that was found."""

    id: str
    kind: str
    title: str
    why: str
    """What matched, in words."""
    overdue: bool = False
    """Its review date has passed."""
    safety: bool = False
    """It comes first because somebody may be in danger."""
    staff: bool = False
    local: bool = False


@dataclass(frozen=True)
class Answer:
    """What a search found, the likeliest first."""

    hits: tuple[Hit, ...]
    did_you_mean: str = ""
    """The words with near spellings taken; empty when all were taken as typed."""
    close: bool = True
    """Whether at least half of what was asked was found."""


@cache
def shipped() -> Index:
    """The index of the shipped content, opened once; may take a fifth of a second."""
    return indexed.shipped()


@cache
def replies() -> Index:
    """The short replies alone: articles say so much more that they would crowd them out."""
    return indexed.of(entry.replies(snippets.every()), beside=shipped())


def search(
    words: str,
    *,
    language: str,
    today: dt.date,
    limit: int = MOST_SHOWN,
    kinds: Sequence[str] = KINDS,
    indexes: Sequence[Index] | None = None,
    used: Mapping[str, int] | None = None,
) -> Answer:
    """Find what ``words`` may mean, from two letters on.

    Args:
        words: As typed; what narrows it down, as ``narrowing`` reads it, may be among them.
        language: ``en`` or ``cy``: of the titles shown; both languages are searched.
        today: For what is past its review date.
        limit: Most hits.
        kinds: Which of ``KINDS``.
        indexes: The shipped content alone where none are given; local articles are one more.
        used: Id -> how often it was used; a little may hang on it.
    """
    searched = (shipped(),) if indexes is None else indexes
    narrowed = narrowing.read(words)
    language = narrowed.language or language
    within = {key for each in searched for key in each.of_topic.get(narrowed.topic, ())}
    if len(terms.normal(narrowed.words)) < terms.SHORTEST_QUERY:
        hits = [_hit(item, language, today, searched) for item in _all(within, kinds, searched)]
        why = _("Topic {code}").format(code=narrowed.topic)
        return Answer(tuple(replace(hit, why=why) for hit in hits[:limit]), close=bool(hits))
    if narrowed.narrows:
        kinds = [kind for kind in kinds if kind != COURT]
    known, words = lexicon.shipped(), narrowed.words
    names = court_index.vocabulary() if COURT in kinds else frozenset()
    queries = [understand(words, each, known, names) for each in searched]
    every: dict[str, Item] = {}
    for asked, each in zip(queries, searched, strict=True):
        every |= found.items(asked, each, known, language, alone=bool(narrowed.language))
    if narrowed.topic:
        every = {key: item for key, item in every.items() if key in within}
    close = max((item.score.covered for item in every.values()), default=0.0) >= CLOSE
    first = found.first(words, searched, known)
    taken = {item.doc.id for item in first}
    ranked = found.ordered(every, used=used or {}, today=today)
    items = [*first, *(item for item in ranked if item.doc.id not in taken)]
    shown = [item for item in items if item.doc.kind in kinds][:limit]
    hits = [_hit(item, language, today, searched) for item in shown]
    if COURT in kinds:
        hits = _with_courts(hits, _courts(words, queries, searched, close, language), limit, close)
    return Answer(
        tuple(hits),
        queries[0].did_you_mean() if queries else "",
        close or bool(first) or any(hit.kind == COURT for hit in hits),
    )


def _all(keys: Iterable[str], kinds: Container[str], searched: Sequence[Index]) -> Iterator[Item]:
    """Items as they are, where no words say which is meant: by kind, then by id."""
    docs = chain.from_iterable(each.keyed(key)[:1] for each in searched for key in keys)
    for doc in sorted(docs, key=lambda doc: (KINDS.index(doc.kind), doc.id)):
        if doc.kind in kinds:
            yield found.of(doc)


def unpack(indexes: Sequence[Index]) -> None:
    """Read from the indexes what every search asks of them; the first would wait for it."""
    replies()
    search(_COMMON, language="en", today=dt.date.max, indexes=indexes)


def _hit(item: Item, language: str, today: dt.date, searched: Sequence[Index]) -> Hit:
    doc = item.doc
    if doc.language != language:
        for each in searched:
            for other in each.keyed(doc.key):
                doc = other if other.language == language else doc
    return Hit(
        id=doc.id,
        kind=doc.kind,
        title=doc.title,
        why=_why(item, searched, language),
        overdue=doc.review_by < today,
        safety=item.first == found.DANGER,
        staff=doc.staff,
        local=doc.local,
    )


def _why(item: Item, searched: Sequence[Index], language: str) -> str:
    """What matched, in words of the language in use."""
    if item.first == found.DANGER:
        return _("Somebody may be in danger")
    if item.first:
        return _("Chosen for these words")
    if item.score.phrase > 0 and item.score.likeness >= found.TELLING:
        return _("Users say: {words}").format(words=item.doc.phrases[item.score.phrase][0])
    if item.score.phrase == 0:
        return _("Words of the title")
    if item.score.covered:
        return _("Words of the text")
    titles = {doc.language: doc.title for each in searched for doc in each.of_item(item.linked)}
    title = titles.get(language) or next(iter(titles.values()), "")
    return _("Goes with: {title}").format(title=title) if title else ""


def _courts(
    words: str, queries: Sequence[Asked], searched: Sequence[Index], close: bool, language: str
) -> list[Hit]:
    """Courts by all the words, else by those that no article has: *phone number for Cardiff*."""
    unknown = [
        word
        for word in (queries[0].tokens if queries else ())
        if not any(word in each.words for each in searched)
    ]
    courts = court_search.find(words, limit=_MOST_COURTS, open_only=True)
    if not courts and unknown:
        courts = court_search.find(" ".join(unknown), limit=_MOST_COURTS, open_only=True)
    return [
        Hit(each.court.key, COURT, each.court.shown_name(language), each.reason())
        for each in courts
        if not (each.close and close)
    ]


def _with_courts(hits: list[Hit], courts: list[Hit], limit: int, close: bool) -> list[Hit]:
    """Courts behind what came close, before what did not; danger stays first."""
    if close:
        return [*hits[: limit - len(courts)], *courts]
    first = [hit for hit in hits if hit.safety]
    return [*first, *courts, *(hit for hit in hits if not hit.safety)][:limit]
