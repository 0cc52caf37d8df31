"""Loading scheme files: all of what is wrong with one, with line numbers, or the scheme.

Source: casework sheet, section 1.2.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from deskapp import paths
from deskapp.errors import SettingsError
from deskapp.i18n import _
from deskapp.services.casework import checks, read_scheme
from deskapp.services.casework.letter_files import Templates
from deskapp.services.casework.parts import Finding, Findings, Part
from deskapp.services.casework.scheme import Scheme
from deskapp.services.casework.toml_lines import Places

SHIPPED_FOLDER = paths.REFERENCE / "schemes"

MOST_BYTES = 256 * 1024

_AT_LINE = re.compile(r"at line (\d+)")


class SchemeError(SettingsError):
    """A scheme file cannot be used; ``findings`` says everything that is wrong with it."""

    def __init__(self, file: str, findings: tuple[Finding, ...]) -> None:
        lines = [
            _("{file}, line {line}, {place}: {message}").format(
                file=file, line=found.line, place=found.place, message=found.message
            )
            for found in findings
        ]
        super().__init__("\n".join(lines))
        self.findings = findings


def load(file: Path, templates: Templates | None = None) -> Scheme:
    """The scheme of a file.

    Args:
        file: A TOML file.
        templates: Letter templates; placeholders of letters are only checked when given.

    Raises:
        SchemeError: If the file cannot be read or anything is wrong with it.
    """
    return parse(text_of(file), file.name, templates)


def parse(text: str, name: str, templates: Templates | None = None) -> Scheme:
    """As ``load``, of the text of a file called ``name``."""
    scheme, findings = _examined(text, templates)
    if scheme is None or findings:
        raise SchemeError(name, findings)
    return scheme


def lint(file: Path, templates: Templates | None = None) -> tuple[Finding, ...]:
    """Everything that is wrong with a scheme file, in the order of its lines.

    Raises:
        SchemeError: If the file cannot be read.
    """
    return _examined(text_of(file), templates)[1]


def load_all(files: Iterable[Path], beside: Iterable[Scheme] = ()) -> tuple[Scheme, ...]:
    """The schemes of several files, which may open cases of each other and of those ``beside``.

    Raises:
        SchemeError: If one of them cannot be used, or names a scheme that none of them is.
    """
    paths = sorted(files)
    schemes = tuple(map(load, paths))
    known = {scheme.id for scheme in (*schemes, *beside)}
    for file, scheme in zip(paths, schemes, strict=True):
        if unknown := checks.unknown_schemes(scheme, known):
            message = _("There is no scheme called {names}.").format(names=", ".join(unknown))
            raise SchemeError(file.name, (Finding(1, scheme.id, message),))
        if unknown := checks.unknown_in_parents(scheme, schemes):
            message = _("No case that opens this one has an action called {names}.")
            message = message.format(names=", ".join(unknown))
            raise SchemeError(file.name, (Finding(1, scheme.id, message),))
    return schemes


@cache
def shipped() -> tuple[Scheme, ...]:
    """The schemes that come with deskapp, read once."""
    return load_all(SHIPPED_FOLDER.glob("*.toml"))


def text_of(file: Path) -> str:
    """The text of a scheme file.

    Raises:
        SchemeError: If it cannot be read, or is too large for a scheme.
    """
    try:
        if file.stat().st_size <= MOST_BYTES:
            return file.read_text(encoding="utf-8-sig")
        reason = _("It is larger than {most} KiB.").format(most=MOST_BYTES // 1024)
    except (OSError, UnicodeDecodeError) as error:
        reason = str(error)
    raise SchemeError(file.name, (Finding(1, file.name, reason),))


def _examined(text: str, templates: Templates | None) -> tuple[Scheme | None, tuple[Finding, ...]]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _AT_LINE.search(str(error))
        return None, (Finding(int(line[1]) if line else 1, "TOML", str(error)),)
    except RecursionError:
        return None, (Finding(1, "TOML", _("This is nested too deeply.")),)
    findings = Findings(Places(text))
    scheme = read_scheme.scheme(Part(tables, (), "", findings))
    checks.check(scheme, findings, templates)
    return scheme, findings.all()
