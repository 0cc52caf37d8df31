"""Lists made up by the tests: small ones of every shape, all people invented."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any
from xml.sax.saxutils import escape

from deskapp.services.hearings import reading
from deskapp.services.hearings.items import ReadList

HEADINGS = "Venue,Courtroom,Hearing Time,Case Number,Case Name ,Hearing Type,Judge(s)"


def a_row(**changes: Any) -> dict[str, Any]:
    """A row of a flat list."""
    return {
        "venue": "Kestrel House",
        "courtroom": "Court 1",
        "hearingTime": "10:30am",
        "caseNumber": "K00KS001",
        "caseName": "Price v Kestrel Homes",
        "hearingType": "Hearing",
        "judge": "Judge Rowan",
    } | changes


def a_case(number: str, **changes: Any) -> dict[str, Any]:
    """A case of a nested list."""
    return {"caseNumber": number, "caseName": f"Name of {number}"} | changes


def nested(*sittings: dict[str, Any], **document: Any) -> dict[str, Any]:
    """A nested list with one room and these sittings."""
    about = {"publicationDate": "2026-11-20T18:00:00Z"} | document
    room = {"courtRoomName": "Court 1", "session": [{"sittings": list(sittings)}]}
    house = {"courtHouseName": "Kestrel House", "courtRoom": [room]}
    return {"document": about, "courtLists": [{"courtHouse": house}]}


def a_sitting(
    *cases: dict[str, Any], start: str = "2026-11-23T10:00:00Z", **more: Any
) -> dict[str, Any]:
    """A sitting of a nested list with one hearing."""
    return {
        "sittingStart": start,
        "hearing": [{"hearingType": "Trial", "case": list(cases)}],
    } | more


def defendant(name: str, *, masked_name: str = "", masked: str = "no") -> dict[str, Any]:
    """A defendant of a Crown list."""
    details = {
        "Name": {"CitizenNameForename": ["Iolo"], "CitizenNameSurname": name},
        "IsMasked": masked,
        "MaskedName": masked_name,
        "DateOfBirth": {"BirthDate": "1990-02-03"},
        "Address": {"Line": ["7 Heron Row"]},
    }
    return {
        "PersonalDetails": details,
        "PrisonerID": "Z9999ZZ",
        "Charges": [{"OffenceStatement": "Handling swans"}],
    }


def crown(*defendants: dict[str, Any], **hearing: Any) -> dict[str, Any]:
    """A daily Crown list of one hearing."""
    one = {
        "HearingDetails": {"HearingType": "TRL", "HearingDescription": "Trial"},
        "CaseNumber": "T20260001",
        "Defendants": list(defendants),
    } | hearing
    sitting = {"CourtRoomNumber": 1, "SittingAt": "10:30:00", "Judiciary": {}, "Hearings": [one]}
    part = {"CourtHouse": {"CourtHouseName": "Kestrel Crown Court"}, "Sittings": [sitting]}
    header = {"StartDate": "2026-11-23", "Version": "1", "PublishedTime": "2026-11-20T18:00:00Z"}
    return {"DailyList": {"ListHeader": header, "CourtLists": [part]}}


def read(document: Any) -> ReadList:
    """A document as the reader of files sees it."""
    return reading.read(json.dumps(document).encode())


def workbook(
    rows: list[list[str | float]], merged: str = "", extra: str = "", name: str = "List"
) -> bytes:
    """An xlsx file of one sheet, as small as Excel would still open it."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(_cell(f"{chr(65 + at)}{number}", cell) for at, cell in enumerate(row))
        lines.append(f'<row r="{number}">{cells}</row>')
    merges = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
        '.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1"'
        f' Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(lines)}{extra}'
        f"</sheetData>{merges}</worksheet>",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for path, text in parts.items():
            file.writestr(path, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return packed.getvalue()


def _cell(place: str, value: str | float) -> str:
    if isinstance(value, str):
        shown = escape(value)
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'
