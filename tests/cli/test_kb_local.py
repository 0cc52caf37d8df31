"""Local articles come from files and go to files; broken ones are told and left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deskapp.data.store import Store
from deskapp.errors import Exit
from deskapp.roles import User
from deskapp.services.knowledge import (
    check,
    entry,
    flags,
    indexed,
    library,
    local_items,
    local_texts,
)
from deskapp.services.knowledge.local_texts import Texts
from deskapp.services.knowledge.rules_search import Alone
from tests.builders import SetClock
from tests.cli.conftest import Cli
from tests.services.knowledge.local_desk import Writing, a_script, an_article


def written(folder: Path, name: str, texts: Texts) -> Path:
    """The files of an item below a folder."""
    kind = "script" if name.startswith("s-") else "article"
    for path, text in local_texts.files(kind, name, texts).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def test_what_is_written_out_is_taken_in_as_it_was(
    cli: Cli, store: Store, user: User, clock: SetClock, tmp_path: Path
) -> None:
    """And the check of a folder with the shipped content beside it finds nothing to put right."""
    folder = written(tmp_path / "in", "kestrel-lift", an_article())
    written(folder, "s-kestrel", a_script())
    done = cli("kb", "import", str(folder))
    assert (done.code, done.out) == (Exit.OK, "kestrel-lift: new draft\ns-kestrel: new draft\n")
    lines = store.call_read(local_items.lines, user=user)
    assert {line.status for line in lines} == {local_items.Status.DRAFT}
    out = tmp_path / "out"
    done = cli("kb", "export", "--to", str(out))
    assert len(done.out.splitlines()) == 3
    assert (out / "articles" / "kestrel-lift.en.md").stat().st_mode & 0o777 == 0o600
    assert cli("kb", "import", str(out)).out == "kestrel-lift: as it was\ns-kestrel: as it was\n"
    assert cli("kb", "export", "--to", str(out)).code == Exit.CANNOT_WRITE
    whole = tmp_path / "whole"
    assert cli("kb", "export", "kestrel-lift", "--to", str(whole), "--whole").code == Exit.OK
    found = library.load(whole)
    alone = Alone("kestrel-lift", (indexed.of(entry.of(found)),))
    assert check.check(found, today=clock.today, alone=alone).stops == 0


def test_a_changed_file_is_the_next_version(
    cli: Cli, store: Store, user: User, tmp_path: Path
) -> None:
    """One file; its Welsh is taken from beside it."""
    folder = written(tmp_path / "in", "kestrel-lift", an_article())
    file = folder / "articles" / "kestrel-lift.en.md"
    cli("kb", "import", str(file))
    written(folder, "kestrel-lift", an_article(say="Back in 3 days."))
    done = cli("kb", "import", str(file))
    assert done.out.startswith("kestrel-lift: new version, a draft, 1 thing to put right")
    (line,) = store.call_read(local_items.lines, user=user)
    assert (line.version, line.title_cy) == (2, "Nid yw'r lifft cudyll yn gweithio")


def test_files_that_cannot_be_used_are_told_and_the_others_taken(
    cli: Cli, store: Store, user: User, tmp_path: Path
) -> None:
    """Enormous, not UTF-8, a wrong name, the id of a shipped item; broken TOML is a draft."""
    folder = written(tmp_path / "in", "kestrel-lift", an_article())
    articles = folder / "articles"
    (articles / "big.en.md").write_bytes(b"x" * 300_000)
    (articles / "latin.en.md").write_bytes(b'+++\nid = "\xff\xfe"\n+++\n')
    (articles / "Bad Name.en.md").write_text("+++\n+++\n", "utf-8")
    (articles / "jury-defer.en.md").write_text("+++\nid = 3\n+++\n", "utf-8")
    (articles / "torn.en.md").write_text("+++\nid = [\n+++\n\x1b[2J[/b]", "utf-8")
    done = cli("kb", "import", str(folder))
    assert done.code == Exit.PROBLEM
    assert len(done.err.splitlines()) == 4
    assert "\x1b" not in done.err + done.out
    lines = store.call_read(local_items.lines, user=user)
    assert sorted(line.item for line in lines) == ["kestrel-lift", "torn"]


@pytest.mark.usefixtures("store")
def test_a_local_copy_of_a_shipped_article_says_its_version(cli: Cli, tmp_path: Path) -> None:
    """Or it is refused."""
    folder = written(tmp_path / "in", "jury-defer", an_article("jury-defer"))
    assert cli("kb", "import", str(folder)).code == Exit.PROBLEM
    assert cli("kb", "import", str(folder), "--based-on", "1").code == Exit.OK


def test_what_is_not_there_is_told(cli: Cli, store: Store, tmp_path: Path) -> None:
    """A folder, an id, and a folder with nothing in it."""
    assert cli("kb", "import", str(tmp_path / "nowhere")).code == Exit.NO_INPUT
    (tmp_path / "empty").mkdir()
    assert cli("kb", "import", str(tmp_path / "empty")).code == Exit.DIFFERENT
    assert cli("kb", "export", "--to", str(tmp_path / "x")).code == Exit.DIFFERENT
    assert cli("kb", "export", "nothing", "--to", str(tmp_path / "x")).code == Exit.NO_INPUT


@pytest.mark.usefixtures("store")
def test_the_report_is_text_csv_or_json(cli: Cli, tmp_path: Path) -> None:
    """Programs get an object a line."""
    assert "Live and never opened" in cli("kb", "report").out
    lines = cli("kb", "report", "--json").out.splitlines()
    assert {json.loads(line)["part"] for line in lines} == {"unused"}
    file = tmp_path / "kb.csv"
    assert cli("kb", "report", "--csv", str(file)).code == Exit.OK
    assert file.read_text("utf-8").startswith("part,about,name,counted,count")


def test_a_local_article_is_shown_as_officers_see_it(
    cli: Cli, store: Store, user: User, clock: SetClock
) -> None:
    """Its newest text while nothing was approved, and that nobody is shown it."""
    writing = Writing(store, clock, user)
    row_id = writing.start()
    done = cli("kb", "show", "local:kestrel-lift")
    assert done.out.startswith("The kestrel lift is out of order")
    assert "officers are not shown" in done.err
    writing.publish(row_id)
    writing.edit(row_id, an_article(say="Back soon."))
    done = cli("kb", "show", "local:kestrel-lift")
    assert "The lift is out of order." in done.out
    assert "officers are not shown" not in done.err
    assert "Lead: Adjustments, language and safety" in done.err
    assert cli("kb", "show", "local:none").code == Exit.NO_INPUT


def test_what_is_wrong_is_flagged_for_those_who_write(cli: Cli, store: Store, user: User) -> None:
    """With the version that stands; an id that nobody knows is told."""
    assert cli("kb", "flag", "jury-defer", "unclear", "--note", "Which form").code == Exit.OK
    [flag] = store.call_read(flags.standing, user=user)
    version = library.shipped().articles["jury-defer"].version
    assert (flag.item, flag.version, flag.kind, flag.note) == (
        "jury-defer", version, flags.FlagKind.UNCLEAR, "Which form",
    )  # fmt: skip
    missing = cli("kb", "flag", "no-such-article")
    assert missing.code == Exit.NO_INPUT
    assert "no-such-article" in missing.err
