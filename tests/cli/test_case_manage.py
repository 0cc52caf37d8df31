"""What leaders and administrators do with cases and schemes in the line mode."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from deskapp.clock import Clock
from deskapp.errors import Exit
from deskapp.roles import Role
from deskapp.services import first_start
from deskapp.services.casework import loader
from tests.cli.conftest import Cli

OPEN = ("case", "open", "isc", "--set", "participant=P. Example")


@pytest.fixture
def manager(tmp_path: Path) -> Path:
    """The folder of a desk whose user is a manager."""
    folder = tmp_path / "home" / "data"
    store, _user = first_start.prepare(
        folder, site_key="fact:nottingham-crown-court", name="Lee Example", role=Role.MANAGER,
        insecure=True, clock=Clock(),
    )  # fmt: skip
    store.close()
    return folder


def test_a_case_is_held_assigned_and_moved(cli: Cli, manager: Path) -> None:
    """Each in one command, with a refusal in a sentence."""
    ref = cli(*OPEN).ref
    assert cli("case", "hold", ref, "complaint").code == Exit.DATA
    assert cli("case", "hold", ref, "complaint", "--note", "Asked for").code == Exit.OK
    assert json.loads(cli("case", "show", ref, "--json").out)["holds"] == ["complaint"]
    assert cli("case", "release", ref, "complaint").code == Exit.OK
    assert cli("case", "release", ref, "complaint").code == Exit.DATA
    assert cli("case", "assign", ref).out.strip() == "Lee Example  1 open item  suggested"
    assert cli("case", "assign", ref, "lee example").code == Exit.OK
    assert cli("case", "assign", ref, "Nobody").code == Exit.NO_INPUT
    assert cli("case", "migrate", ref, "2").code == Exit.DATA
    assert "No case is due" in cli("case", "disposal", "list").err
    assert "No case is due" in cli("records", "due").err


def test_what_only_leaders_may_is_refused_to_officers(cli: Cli, folder: Path) -> None:
    """With who can do it instead."""
    ref = cli(*OPEN).ref
    for words in (
        ("case", "hold", ref, "complaint", "--note", "x"),
        ("case", "disposal", "list"),
        ("case", "extract", "isc", "--csv", "x.csv"),
        ("role", "list"),
        ("scheme", "install", str(loader.SHIPPED_FOLDER / "isc.toml")),
    ):
        done = cli(*words)
        assert (done.code, done.out) == (Exit.NOT_ALLOWED, "")


def test_samples_and_the_extract(cli: Cli, manager: Path, tmp_path: Path) -> None:
    """What is not over has no sample; who did not agree is in no extract."""
    yes = cli(*OPEN, "--set", "consent_to_evaluation=yes", "--set", "cohort=women").ref
    cli(*OPEN)
    assert cli("case", "sample", "isc").code == Exit.NO_INPUT
    assert "No case ended" in cli("case", "sample", "omu_sentence_calc").err
    assert cli("case", "sample", "fee_help", "--period", "2999-01").code == Exit.DATA
    file = tmp_path / "extract.csv"
    assert cli("case", "extract", "isc", "--csv", str(file)).code == Exit.OK
    with file.open(encoding="utf-8", newline="") as opened:
        [header, row] = csv.reader(opened)
    assert row[header.index("cohort")] == "women"
    assert yes not in row
    assert "P. Example" not in row


def test_a_scheme_is_installed_and_used(cli: Cli, manager: Path, tmp_path: Path) -> None:
    """A newer version of a shipped one as well; then it is no longer needed as a file."""
    text = (loader.SHIPPED_FOLDER / "cond_caution.toml").read_text(encoding="utf-8")
    file = tmp_path / "newer.toml"
    file.write_text(text, encoding="utf-8")
    assert "higher version" in cli("scheme", "install", str(file)).err
    newer = text.replace("version = 1", "version = 2").replace("2020-01-01", "2026-01-01", 1)
    file.write_text(newer, encoding="utf-8")
    done = cli("scheme", "install", str(file))
    assert "Installed: cond_caution, version 2" in done.err
    file.unlink()
    [line] = [each for each in cli("scheme", "list").out.splitlines() if "installed" in each]
    assert line.startswith("cond_caution")
    assert "version 2" in line
    ref = cli("case", "open", "cond_caution", "--set", "offender=Ann Jones").ref
    assert json.loads(cli("case", "show", ref, "--json").out)["version"] == 2
    assert cli("doctor", "--rebuild").code == Exit.OK
    assert json.loads(cli("case", "show", ref, "--json").out)["version"] == 2
    assert cli("scheme", "install", str(file)).code == Exit.SETTINGS


def test_roles_are_given_and_taken(cli: Cli, manager: Path) -> None:
    """And hold from the next command on."""
    assert cli("role", "give", "Lee Example", "supervisor").out == (
        "Lee Example  Manager  supervisor\n"
    )
    assert json.loads(cli("role", "list", "--json").out)["scheme_roles"] == ["supervisor"]
    assert cli("role", "take", "Lee Example", "supervisor").out == "Lee Example  Manager\n"
    assert cli("role", "give", "Lee Example", "juggler").code == Exit.NO_INPUT


def test_a_contact_and_a_case_are_linked(cli: Cli, folder: Path) -> None:
    """And parted again, with a reason."""
    case = cli(*OPEN).ref
    contact = cli("enquiry", "add", "--topic", "FIN", "--outcome", "RES", "--person", "Ann").ref
    assert cli("link", "list", case).err.strip() == "Nothing is linked with it."
    assert cli("link", "add", contact, case).code == Exit.OK
    assert cli("link", "list", case).out == f"{contact}  Contact  Ann\n"
    assert json.loads(cli("link", "list", contact, "--json").out)["ref"] == case
    assert cli("link", "remove", case, contact).code == Exit.DATA
    assert cli("link", "remove", case, contact, "--reason", "Another Ann").code == Exit.OK
    assert cli("link", "list", case).out == ""
    assert cli("link", "add", contact, "nothing").code == Exit.NO_INPUT
