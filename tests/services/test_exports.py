"""Files that leave deskapp are private and harmless."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from deskapp.errors import Exit
from deskapp.services import exports


def test_a_file_is_private_and_never_replaced_unasked(tmp_path: Path) -> None:
    """A letter is about a person, and another one may already lie there."""
    file = tmp_path / "letter.txt"
    exports.keep("one", file)
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(exports.KeepError) as error:
        exports.keep("two", file)
    assert error.value.exit_code is Exit.CANNOT_WRITE
    assert file.read_text() == "one"
    exports.keep("two", file, replace=True)
    assert file.read_text() == "two"
    with pytest.raises(exports.KeepError):
        exports.keep("x", tmp_path / "none" / "letter.txt")


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@x", "\ta", "\x00=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    """A spreadsheet would run it."""
    written = exports.as_csv(["a"], [[text]])
    [_head, [cell]] = csv.reader(io.StringIO(written, newline=""))
    assert not cell.startswith(("=", "+", "-", "@", "\t"))
    assert "\x00" not in cell
