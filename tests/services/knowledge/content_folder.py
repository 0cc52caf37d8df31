"""A small folder of content that has nothing wrong with it, for tests to break."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from deskapp.services.knowledge import check, library
from deskapp.services.knowledge.content import Library

TODAY = dt.date(2026, 11, 22)
ENGLISH = "articles/fine-pay.en.md"
WELSH = "articles/fine-pay.cy.md"
OTHER = "articles/fine-late.en.md"
SCRIPT = "scripts/s-fine.toml"
SECOND = "scripts/s-late.toml"

_ARTICLE = """+++
id = "{id}"
lang = "en"
title = "{title}"
category = "fines"
status = "live"
version = 2
owner = "fines-lead"
reviewed_on = 2026-11-01
review_by = 2027-04-01
audience = "public"
channels = ["phone", "counter"]
tags = []
users_words = [{words}]
forms = []
topics = ["FIN"]
scripts = ["s-fine"]
related = ["{related}"]
facts = ["fine.phone"]
sources = ["S25"]
+++

## In short

{short}

## What to do

1. Ask for the account number.
2. Give the payment line: {{fact.fine.phone}}.

## If the notice is lost

- Pass the caller to the fines team.

## Reply to copy

Ring {{fact.fine.phone}} with your account number.

## Staff only

The team keeps a list of notices that came back.
"""
_TRANSLATED = """+++
id = "{id}"
lang = "cy"
title = "{title}"
translates = 2
users_words = [{words}]
+++

## Yn fyr

{short}

## Beth i'w wneud

1. Gofynnwch am rif y cyfrif.
2. Rhowch y llinell dalu: {{fact.fine.phone}}.

## Os yw'r hysbysiad ar goll

- Pasiwch y galwr i'r tîm dirwyon.

## Ateb i'w gopïo

Ffoniwch {{fact.fine.phone}} gyda rhif eich cyfrif.

## Staff yn unig

Mae'r tîm yn cadw rhestr o hysbysiadau a ddaeth yn ôl.
"""
_SCRIPT = """id = "{id}"
kind = "script"
category = "fines"
status = "live"
version = 1
translates = 1
owner = "fines-lead"
reviewed_on = 2026-11-01
review_by = 2027-04-01
channels = ["phone"]
topics = ["FIN"]
articles = ["{article}"]
start = "account"
title = {{ en = "{title}", cy = "{welsh}" }}

[users_words]
en = [{words}]
cy = [{welsh_words}]

[[node]]
id = "account"
kind = "ask"
collect = "enquiry.fine_account"
required = false
say = {{ en = "What is the account number?", cy = "Beth yw rhif y cyfrif?" }}
next = "known"

[[node]]
id = "known"
kind = "check"
if = {{ field = "enquiry.fine_account", missing = true }}
then = "team"
else = "means"

[[node]]
id = "team"
kind = "escalate"
to = "fines_team"
urgency = "today"
say = {{ en = "I will ask the fines team.", cy = "Byddaf yn gofyn i'r tîm dirwyon." }}
next = "asked"

[[node]]
id = "asked"
kind = "end"
outcome = "MSG"

[[node]]
id = "means"
kind = "choice"
say = {{ en = "Has anything changed?", cy = "Oes rhywbeth wedi newid?" }}
[[node.option]]
key = "1"
label = {{ en = "Lost a job", cy = "Colli swydd" }}
set = {{ "enquiry.topic" = "FIN" }}
next = "form"
[[node.option]]
key = "2"
label = {{ en = "Something else", cy = "Rhywbeth arall" }}
{onward}

[[node]]
id = "form"
kind = "say"
must_say = true
say = {{ en = "There is a form for that.", cy = "Mae ffurflen ar gyfer hynny." }}
reply = {{ en = "Ring {{fact.fine.phone}}.", cy = "Ffoniwch {{fact.fine.phone}}." }}
next = "sent"

[[node]]
id = "sent"
kind = "end"
outcome = "FRM"
result = "means-form-sent"
set = {{ "enquiry.form" = "means form" }}
summary = {{ en = "Form sent.", cy = "Anfonwyd ffurflen." }}
"""
_FIELDS = """[form]
topic = "topic"
team = "add_team"
by_when = "add_by_when"
form = "add_form"
told_name = "add_name"
told_at = "add_told_at"

[extra.fine_account]
kind = "text"
label = { en = "Account", cy = "Cyfrif" }

[role.fines_team]
label = { en = "Fines team", cy = "Tîm dirwyon" }
"""
_FACTS = """[fine.phone]
unit = "phone"
source = "S25"
volatile = true
review_by = 2027-04-01
periods = [ { from = 2026-01-01, value = "01632 960 001" } ]
note = { en = "day and night", cy = "ddydd a nos" }
"""
_SNIPPETS = """[[snippet]]
id = "hello"
topics = []
title = { en = "Hello", cy = "Helo" }
text = { en = "Hello {name}.{cursor}", cy = "Helo {name}.{cursor}" }
"""


def _words(stem: str) -> str:
    """Eight phrases that only one item has."""
    return ", ".join(f'"{stem} {letter * 3}"' for letter in "abcdefgh")


FILES = {
    ENGLISH: _ARTICLE.format(
        id="fine-pay", title="Pay a court fine", words=_words("payment"), related="fine-late",
        short="You can pay a fine by phone or online.",
    ),
    WELSH: _TRANSLATED.format(
        id="fine-pay", title="Talu dirwy llys", words=_words("taliad"),
        short="Gallwch dalu dirwy dros y ffôn neu ar-lein.",
    ),
    OTHER: _ARTICLE.format(
        id="fine-late", title="A court fine was paid late", words=_words("overdue"),
        related="fine-pay", short="Ring us before the due date, even if you cannot pay.",
    ),
    "articles/fine-late.cy.md": _TRANSLATED.format(
        id="fine-late", title="Talwyd dirwy llys yn hwyr", words=_words("hwyrder"),
        short="Ffoniwch ni cyn y dyddiad, hyd yn oed os na allwch dalu.",
    ),
    SCRIPT: _SCRIPT.format(
        id="s-fine", title="Caller asks about a fine", welsh="Galwr yn holi am ddirwy",
        words=_words("asking"), welsh_words=_words("holi"), article="fine-pay",
        onward='goto_script = "s-late"',
    ),
    SECOND: _SCRIPT.format(
        id="s-late", title="Caller was late with money", welsh="Galwr yn hwyr gydag arian",
        words=_words("latecomer"), welsh_words=_words("hwyrddyfodiad"), article="fine-late",
        onward='next = "form"',
    ),
    "SOURCES.md": "| Key | What was read |\n|---|---|\n| S25 | A page on fines |\n",
    "facts.toml": _FACTS,
    "fields.toml": _FIELDS,
    "snippets.toml": _SNIPPETS,
}  # fmt: skip


def written(folder: Path, changed: dict[str, str] | None = None) -> Path:
    """``folder`` with every file, some of them as given."""
    for name, text in (FILES | (changed or {})).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


def loaded(folder: Path, changed: dict[str, str] | None = None) -> Library:
    """What is read from that folder."""
    return library.load(written(folder, changed))


def rules_found(folder: Path, changed: dict[str, str], *, release: bool = False) -> set[str]:
    """Numbers of the rules that something breaks."""
    report = check.check(loaded(folder, changed), today=TODAY, release=release)
    return {finding.rule for finding in report.findings}
