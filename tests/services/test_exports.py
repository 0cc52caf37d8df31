"""Files that leave deskapp are private, harmless, and never in place of others unasked."""

from __future__ import annotations

import csv
import io
import stat
from pathlib import Path

import pytest

from deskapp.errors import Exit
from deskapp.services import exports


def test_a_file_is_private_and_not_overwritten_unasked(tmp_path: Path) -> None:
    """What is in it was meant for one reader."""
    file = tmp_path / "report.txt"
    exports.write(file, "one\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(exports.FileThereError, match=r"report\.txt") as error:
        exports.write(file, "two\n")
    assert error.value.exit_code is Exit.CANNOT_WRITE
    assert file.read_text() == "one\n"
    file.chmod(0o644)
    exports.write(file, "two\n", overwrite=True)
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("two\n", 0o600)


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    """Or a link could make somebody else's file lose what is in it."""
    other, link = tmp_path / "other", tmp_path / "link"
    other.write_text("kept")
    link.symlink_to(other)
    exports.write(link, "report", overwrite=True)
    assert (other.read_text(), link.is_symlink()) == ("kept", False)


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    """With the file and the reason."""
    with pytest.raises(exports.FileNotWrittenError, match="No such file"):
        exports.write(tmp_path / "none" / "x", "text")
    with pytest.raises(exports.FileNotWrittenError):
        exports.path_of("  ")
    assert exports.path_of(" x.csv").is_absolute()


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@x", "\ta", "\x00=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    """A spreadsheet would run it."""
    written = exports.as_csv(["a"], [[text]])
    [_head, [cell]] = csv.reader(io.StringIO(written, newline=""))
    assert not cell.startswith(("=", "+", "-", "@", "\t"))
    assert "\x00" not in cell
