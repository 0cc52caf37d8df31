"""``deskapp kb show --reply``: the reply of an article, filled as far as it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from deskapp.cli.unlock import Desk
    from deskapp.services.knowledge import at_hand
    from deskapp.services.knowledge.content import Article, Library
    from deskapp.services.knowledge.replies import Reply


def of_content(article: Article, library: Library, on: dt.date) -> Reply:
    """The reply with its figures; what only a desk knows stays in square brackets."""
    from deskapp.i18n import language
    from deskapp.services.knowledge import replies

    return replies.reply(article, [language()], lambda _language: {}, library=library, on=on)


def of_desk(article: Article, library: Library, on: dt.date, desk: Desk, parked: int) -> Reply:
    """The reply with officer, court and date too, and what a parked contact knows.

    Raises:
        NotFoundError: If no parked contact has this number.
        NotCopiedError: If it holds a code word or a withheld detail.
    """
    from deskapp import i18n
    from deskapp.services import copying
    from deskapp.services.enquiries import parked as parked_service
    from deskapp.services.enquiries import snippets
    from deskapp.services.knowledge import at_hand, replies
    from deskapp.services.persons import withheld

    values: Mapping[str, str] = {}
    if parked:
        values = desk.store.call_read(parked_service.by_number, desk.user.id, parked).values
    language = snippets.language_of(values.get("language", "") or i18n.language())
    known = at_hand.known(here(desk), values, article, library, language)
    reply = replies.reply(article, [language], lambda _language: known, library=library, on=on)
    about = withheld.about_of(values)
    desk.store.call_read(copying.check, about, reply.whole, user=desk.user)
    return reply


def here(desk: Desk) -> at_hand.Desk:
    """Who answers, where and when."""
    from deskapp import paths
    from deskapp.services import bank_holidays
    from deskapp.services.desk import nation
    from deskapp.services.enquiries import turnaround
    from deskapp.services.knowledge import at_hand

    settings, site = paths.settings_folder(), desk.user.site
    calendar = bank_holidays.in_force(settings)[nation(site)]
    table = turnaround.in_force(settings)
    return at_hand.Desk(desk.user.name, site, desk.clock.now(), calendar, table)
