"""Finding jurors: by number, name, OPTIC reference, postcode or phone; by pool and by trial.

Source: jury sheet, sections 2 and 9: only who may read of jurors finds one.
"""

from __future__ import annotations

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.data.narrowing import narrow
from deskapp.roles import Act
from deskapp.services.jury import covering, lines, numbers, pools, row_ids
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.lines import JurorLine
from deskapp.services.paging import Page, Want
from deskapp.services.persons import withheld


def find(connection: Connection, want: Want, acting: Acting, words: str) -> Page[JurorLine]:
    """A page of the jurors that hold every word, the newest first.

    A pool number gives the jurors of the pool by name, the number of a trial at the court in force
    its panel and jury in the order of the ballot.

    Raises:
        NotAllowedError: If the role may not read of jurors.
    """
    roles.require(acting.user, Act.READ_JURY)
    words = words.strip().removeprefix("*").removesuffix("*")
    if numbers.is_pool_number(words):
        members = pools.members(connection, want, acting, words)
        if members.lines:
            return members
    return _of_trial(connection, acting, words) or _by_words(connection, want, acting, words)


def _of_trial(connection: Connection, acting: Acting, words: str) -> Page[JurorLine] | None:
    number = numbers.trial_number(words)
    rows = connection.execute(
        "SELECT juror FROM trial_juror WHERE trial_id = ? ORDER BY place, juror",
        (row_ids.trial(acting.court, number),),
    ).fetchall()
    found = lines.of_numbers(connection, acting, [row[0] for row in rows]) if rows else []
    return Page(found) if found else None


def _by_words(connection: Connection, want: Want, acting: Acting, words: str) -> Page[JurorLine]:
    narrowed = narrow(connection, "juror_words", words, limit_rows=want.limit)
    if not narrowed.query:
        return Page([])
    place, order = want.clause("w.rowid", newest_first=True)
    rows = connection.execute(
        "SELECT j.number, w.rowid FROM juror_words AS w JOIN juror AS j ON j.id = w.id"
        f" WHERE juror_words MATCH ? AND {place} AND ({narrowed.check}) ORDER BY {order} LIMIT ?",
        (narrowed.query, *want.place, *narrowed.values, want.limit),
    ).fetchall()
    places = {number: tuple(place) for number, *place in rows}
    found = lines.of_numbers(connection, acting, places)
    page = want.page([lines.at(each, places[each.number]) for each in found])
    covers = covering.covers(connection, places)
    shown = [
        each
        for each in page.lines
        if each.number not in covers
        or withheld.found_by(words, each.number, each.first_name, each.last_name, each.optic_ref)
    ]
    if page.lines and not shown and page.more:
        last = page.lines[0 if want.backwards else -1]
        return _by_words(connection, want._replace(place=last.place), acting, words)
    return Page(shown, page.more)
