"""Preparing a desk, its passphrase, its keys, its doctor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deskapp import keys, paths
from deskapp.data import vault
from deskapp.data.store import Store
from deskapp.errors import Exit, WrongPassphraseError
from deskapp.services import desk
from tests.builders import SITE
from tests.cli.conftest import Cli

NAME = "Nia Bebb"


def test_setup_prepares_a_desk_that_opens(cli: Cli) -> None:
    """What an administrator runs instead of the first screen."""
    done = cli(
        *("setup", "--site", SITE, "--name", NAME, "--role", "team_leader", "--insecure-key-file")
    )
    assert (done.code, done.out.strip()) == (Exit.OK, str(paths.store_folder()))
    assert "Warning" in done.err
    store = Store.open(paths.store_folder(), vault.unlock(paths.store_folder()))
    user = store.call_read(desk.user)
    store.close()
    assert (user.name, user.role, user.site) == (NAME, "team_leader", SITE)


def test_setup_finds_the_site_by_its_name(cli: Cli) -> None:
    """A key is not what people know."""
    several = cli("setup", "--site", "cardiff", "--name", NAME, "--insecure-key-file")
    assert several.code == Exit.DATA
    assert "fact:cardiff-crown-court" in several.err
    one = ("setup", "--site", "Cardiff Crown Court", "--name", NAME, "--insecure-key-file")
    assert cli(*one).code == Exit.OK


def test_setup_says_what_to_put_right_and_makes_nothing(cli: Cli) -> None:
    """A name and a passphrase that can be used."""
    for argv, said in (
        (["--site", SITE, "--name", " "], "--name: Enter your name"),
        (["--site", "nowhere at all", "--name", NAME], "--site:"),
        (["--site", SITE, "--name", NAME, "--passphrase-stdin"], "8 characters"),
    ):
        done = cli("setup", *argv, stdin="short\n")
        assert done.code == Exit.DATA
        assert said in done.err
    assert not paths.store_file().exists()


def test_setup_leaves_a_prepared_desk_alone(cli: Cli, folder: Path) -> None:
    """The keys of a store are never replaced."""
    before = (folder / vault.KEYS_NAME).read_bytes()
    done = cli("setup", "--site", SITE, "--name", NAME, "--insecure-key-file")
    assert done.code == Exit.STORE
    assert (folder / vault.KEYS_NAME).read_bytes() == before


def test_a_new_passphrase_replaces_the_one_before(cli: Cli, cheap_passphrase: None) -> None:
    """The store and what is in it stay."""
    cli("setup", "--site", SITE, "--name", NAME, "--passphrase-stdin", stdin="first phrase\n")
    changed = cli("passphrase", "--passphrase-stdin", stdin="first phrase\nsecond phrase\n")
    assert changed.code == Exit.OK
    with pytest.raises(WrongPassphraseError):
        vault.unlock(paths.store_folder(), "first phrase")
    assert vault.unlock(paths.store_folder(), "second phrase")
    assert cli("passphrase", "--passphrase-stdin", stdin="second phrase\nx\n").code == Exit.DATA


def test_the_passphrase_option_may_stand_anywhere(cli: Cli, cheap_passphrase: None) -> None:
    """A script keeps its options in one place, before the command."""
    given = ("setup", "--site", SITE, "--name", NAME)
    cli("--passphrase-stdin", *given, stdin="first phrase\n")
    option = "--passphrase-stdin"
    for line in ((option, "enquiry", "list"), ("enquiry", option, "list")):
        assert cli(*line, stdin="first phrase\n").code == Exit.OK
    done = cli("enquiry", "find", "--", "--passphrase-stdin", stdin="first phrase\n")
    assert done.code != Exit.OK, "behind -- it is a word"


def test_keys_lists_every_name_and_the_changed_key(cli: Cli) -> None:
    """The names are what the settings file is written with."""
    file = paths.settings_file()
    paths.private_folder(file.parent)
    file.write_text('[keys]\n"desk.new" = "f4"\n"app.hard" = "f2"\n')
    listed = [json.loads(line) for line in cli("keys", "--json").out.splitlines()]
    assert {line["name"] for line in listed} == set(keys.KEYS)
    assert [line["keys"] for line in listed if line["name"] == "desk.new"] == [["f4"]]
    assert "F4" in cli("keys").out


def test_doctor_finds_nothing_wrong_with_a_good_desk(cli: Cli, folder: Path) -> None:
    """Everything is looked at."""
    done = cli("doctor", "--json")
    states = {line["name"]: line["state"] for line in map(json.loads, done.out.splitlines())}
    assert done.code == Exit.OK
    assert "wrong" not in states.values()
    asked = "terminal locale python settings store_folder disk calendar store slots unlock schema"
    assert set(f"{asked} integrity capture pending clock".split()) <= set(states)


def test_doctor_works_without_unlocking_and_says_so(cli: Cli) -> None:
    """The service desk has no passphrase."""
    cli("setup", "--site", SITE, "--name", NAME, "--passphrase-stdin", stdin="first phrase\n")
    done = cli("doctor")
    assert done.code == Exit.OK
    assert "not checked" in done.out
    assert "integrity" not in done.out
    assert "integrity" in cli("doctor", "--passphrase-stdin", stdin="first phrase\n").out


def test_doctor_reports_a_damaged_store(cli: Cli, folder: Path) -> None:
    """The exit code is that of a damaged store."""
    file = folder / paths.STORE_NAME
    content = bytearray(file.read_bytes())
    content[:4096] = bytes(4096)
    file.write_bytes(content)
    done = cli("doctor")
    assert done.code == Exit.STORE
    assert "wrong  unlock" in done.out


def test_doctor_reports_a_store_that_does_not_capture(cli: Cli, folder: Path) -> None:
    """A missing trigger would lose changes in silence."""
    store = Store.open(folder, vault.unlock(folder))
    store.call_jot(lambda db: db.execute("DROP TRIGGER capture_contact_insert"))
    store.close()
    done = cli("doctor")
    assert done.code == Exit.STORE
    assert "wrong  capture" in done.out


def test_doctor_reports_a_clock_that_was_set_back(cli: Cli, folder: Path) -> None:
    """Contacts from the future are how one sees it."""
    assert cli("enquiry", "add", "--topic", "FIN", "--outcome", "RES").code == Exit.OK
    store = Store.open(folder, vault.unlock(folder))

    def set_forward(db: object) -> None:
        db.execute("UPDATE sync_state SET applying = 1")  # type: ignore[attr-defined]
        db.execute("UPDATE contact SET started_at = '2999-01-01T00:00:00.000Z'")  # type: ignore[attr-defined]
        db.execute("UPDATE sync_state SET applying = 0")  # type: ignore[attr-defined]

    store.call_jot(set_forward)
    store.close()
    assert "look   clock" in cli("doctor").out


def test_home_and_language_may_stand_anywhere(cli: Cli, tmp_path: Path) -> None:
    """They are options of deskapp, not of a command."""
    elsewhere = tmp_path / "elsewhere"
    done = cli(
        *("setup", "--site", SITE, "--name", NAME, "--insecure-key-file"),
        *("--home", str(elsewhere), "--lang=cy"),
    )
    assert done.code == Exit.OK
    assert (elsewhere / "data" / "store.db").exists()
