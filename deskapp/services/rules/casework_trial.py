"""Scripts of casework tried with schemes of one's own. Source: casework sheet, section 1.9."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from deskapp.i18n import _
from deskapp.services.casework.book import Rulebook
from deskapp.services.rules import Answer, Malformed, cases
from deskapp.services.rules.cases import MalformedCaseError
from deskapp.services.rules.casework_script import played


def run(file: Path, book: Rulebook) -> Iterator[Answer | Malformed]:
    """What becomes of each script of ``file``: one script, a list, or a file of ``rules``.

    Raises:
        NotFoundError: If the file cannot be opened, or a scheme is not in ``book``.
        CaseFileError: If it is not JSON.
    """
    content = cases.read(file).inputs
    if isinstance(content, dict) and "cases" in content:
        content = content["cases"]
    scripts = content if isinstance(content, list) else [content]
    for position, script in enumerate(scripts, start=1):
        name = str(position)
        if isinstance(script, dict):
            name = str(script.get("id", name))
            if script.get("kind", "script") != "script":
                continue
        yield _tried(name, script, book)


def _tried(name: str, script: object, book: Rulebook) -> Answer | Malformed:
    try:
        if not isinstance(script, dict):
            raise MalformedCaseError(_("The case must be an object with an id."))
        return Answer(name, played(script, book))
    except MalformedCaseError as error:
        return Malformed(name, str(error))
    except OverflowError:
        return Malformed(name, _("A date of this case lies beyond the years 1 to 9999."))
