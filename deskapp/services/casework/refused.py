"""A refusal in words: why something cannot be done with a case, the first reason first."""

from __future__ import annotations

from collections.abc import Iterable

from deskapp.errors import DeskError, Exit
from deskapp.i18n import _
from deskapp.roles import Role
from deskapp.services.casework.book import Rulebook
from deskapp.services.casework.events import Code, Event, Kind, Reason
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.refusals import DUE, PROPOSED
from deskapp.services.casework.retention import KEEP_LABELS
from deskapp.services.casework.scheme import Action, Field, Scheme, Stage, Template
from deskapp.services.casework.state import Family
from deskapp.services.casework.words import WHY, item_title, role_label, shown, why_not

_WHO = frozenset({Code.ROLE, Code.PERSON})


class RefusedError(DeskError):
    """Something cannot be done with a case now; nothing was changed."""

    def __init__(self, reasons: tuple[Reason, ...], sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(self.sentences))
        self.reasons = reasons
        """In the order of the sheet; the first is the one that counts."""
        self.exit_code = Exit.NOT_ALLOWED if reasons[0].code in _WHO else Exit.DATA


def refused(
    book: Rulebook, family: Family, event: Event, reasons: tuple[Reason, ...]
) -> RefusedError:
    """The error that says why ``event`` is refused.

    Args:
        book: The schemes.
        family: The cases as they stand without the event.
        event: What was tried.
        reasons: Why it is refused, at least one.
    """
    return RefusedError(reasons, [_sentence(book, family, event, each) for each in reasons])


def _sentence(book: Rulebook, family: Family, event: Event, reason: Reason) -> str:
    if event.kind is Kind.OPEN:
        return _not_done(reason, _labels(book.scheme(event.what, event.version)))
    facts = CaseFacts(book, family, family.cases[event.case], event.at)
    action = facts.scheme.action_by_id.get(event.what)
    if event.kind is Kind.DO and action:
        return why_not(facts, action, reason)
    titles = {name: item_title(facts, item) for name, item in facts.case.items.items()}
    return _not_done(reason, _labels(facts.scheme) | titles)


def _not_done(reason: Reason, labels: dict[str, str]) -> str:
    about = ", ".join(labels.get(name, name) for name in reason.about if name)
    why = _(WHY[reason.code]).format(about=about or _("see the rules of the scheme"))
    return _("Nothing was changed: {reason}").format(reason=why)


def _labels(scheme: Scheme) -> dict[str, str]:
    """What the parts of a scheme are called; a field of the case wins over others of its name."""
    parts: list[Field | Template | Action | Stage] = [
        *(field for template in scheme.templates for field in template.fields),
        *scheme.templates,
        *scheme.actions,
        *scheme.stages,
        *scheme.fields,
    ]
    roles = {role: role_label(role) for role in (*Role, *scheme.roles)}
    keep = {reason.value: _(label) for reason, label in KEEP_LABELS.items()}
    keep[PROPOSED] = _("disposal is proposed already")
    keep[DUE] = _("Due")
    return roles | keep | {part.id: shown(part.label) for part in parts}
