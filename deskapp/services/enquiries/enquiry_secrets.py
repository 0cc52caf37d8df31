"""Code words and kinds of security detail: they are erased long before their contacts.

By the same two people and in the same steps as contacts (``enquiry_disposal``). A kind goes by the
day of its contact, a code word by the last contact of its person; a code word stays while a marker
stands or a callback is promised. Source: enquiries sheet, section 15.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.clock import local
from deskapp.data import purge
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.i18n import _
from deskapp.roles import Act, User
from deskapp.services import erasing
from deskapp.services.enquiries import enquiry_disposal, enquiry_retention
from deskapp.services.enquiries.enquiry_retention import PROPOSALS, RIPE_COLUMNS, Ripe, Rules
from deskapp.services.persons import person_links

if TYPE_CHECKING:
    from sqlmodel import Session

KIND = "enquiry_secrets"
"""What stands in the log of what was erased in place of a scheme."""
PROPOSED = "disposal_secrets"
"""Code of the event of a contact that proposes it."""


def due(connection: Connection, kept: Rules, *, user: User, now: dt.datetime) -> list[Ripe]:
    """The contacts whose kinds of detail, or whose persons' code words, are over, oldest first.

    Raises:
        NotAllowedError: If the role may not dispose of records.
    """
    roles.require(user, Act.MANAGE_CASES)
    before = enquiry_retention.first_day_kept(local(now).date(), kept.secrets_months)
    asked = {"before": before, "proposed": PROPOSED}
    kinds = connection.execute(f"{_KINDS} LIMIT :most", {**asked, "most": kept.at_once}).fetchall()
    found = {row[0]: enquiry_retention.ripe(row) for row in kinds}
    for row in connection.execute(_WORDS, asked):
        if len(found) >= kept.at_once:
            break
        if _is_last(connection, row[3], before):
            found[row[0]] = enquiry_retention.ripe(row)
    return sorted(found.values(), key=lambda each: (each.ended_at, each.id))[: kept.at_once]


def _is_last(connection: Connection, person_id: str, before: str) -> bool:
    """Whether nobody linked with a person has been in contact since."""
    others = json.dumps(person_links.group(connection, person_id)[1:])
    later = connection.execute(_LATER, {"others": others, "before": before}).fetchone()
    return later is None


def propose(session: Session, kept: Rules, reason: str, *, user: User, now: dt.datetime) -> int:
    """Propose those that are due and were not proposed yet; of how many contacts.

    Raises:
        FormProblemsError: If there is no reason.
        NotAllowedError: If the role may not dispose of records.
    """
    found = due(plain(session), kept, user=user, now=now)
    note = _("Erasing the code word and the kinds of check proposed: {reason}")
    return enquiry_disposal.keep_proposals(session, found, PROPOSED, note, reason, user, now)


def confirm(session: Session, kept: Rules, *, user: User, now: dt.datetime) -> int:
    """Erase what is due and was proposed by somebody else; of how many contacts.

    Raises:
        NotErasedError: If nobody else proposed any.
        NotAllowedError: If the role may not dispose of records.
    """
    connection = plain(session)
    found = due(connection, kept, user=user, now=now)
    going = erasing.to_confirm(found, user)
    enquiry_disposal.write_down(session, going, KIND, user=user, now=now)
    purge.blank(connection, "contact", "checked", "[]", [each.id for each in going])
    purge.drop_from(connection, "contact", "extras", "tried", [each.id for each in going])
    persons = json.dumps([each.person_id for each in going])
    rows = connection.execute(_WORDS_OF, (persons,)).fetchall()
    purge.blank(connection, "safe_contact", "code_word", "", [row[0] for row in rows])
    return len(going)


_KINDS = f"""
{RIPE_COLUMNS} FROM contact AS c {PROPOSALS}
WHERE c.started_at < :before
AND (c.checked <> '[]' OR c.outcome = 'NOID' AND json_extract(c.extras, '$.tried') IS NOT NULL)
ORDER BY c.started_at, c.id
"""
_WORDS = f"""
{RIPE_COLUMNS} FROM safe_contact AS s
JOIN contact AS c ON c.id = (
    SELECT n.id FROM contact AS n WHERE n.person_id = s.person_id
    ORDER BY n.started_at DESC, n.id DESC LIMIT 1
) {PROPOSALS}
WHERE s.code_word <> '' AND c.started_at < :before
AND NOT EXISTS (SELECT 1 FROM marker AS m WHERE m.person_id = s.person_id AND m.ended_on = '')
AND NOT EXISTS (SELECT 1 FROM callback AS b WHERE b.person_id = s.person_id AND b.live)
"""
_LATER = """
SELECT 1 FROM contact
WHERE person_id IN (SELECT value FROM json_each(:others)) AND started_at >= :before LIMIT 1
"""
_WORDS_OF = """
SELECT s.id FROM safe_contact AS s
WHERE s.code_word <> '' AND s.person_id IN (SELECT value FROM json_each(?))
"""
