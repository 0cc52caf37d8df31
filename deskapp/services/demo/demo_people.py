"""Invented people and what they ask, for the demonstration. Nobody here is a real person.

Phone numbers come from the ranges that Ofcom keeps for drama, addresses from example.com;
postcodes end in letters that no postcode ends in, and case numbers begin with a court code that
does not exist.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from deskapp.text import compact

GIVEN_AND_FAMILY: tuple[tuple[str, str], ...] = (
    (
        "Siân Rhys Angharad Gwenllïan Iolo Eleri Dafydd Mared Tegid Ffion Llŷr Non Guto Heledd",
        "Pritchard-Môn Llewelyn Bebb Cadwaladr Gittins Prydderch Gwynne Trefor ap-Iorwerth Pugh",
    ),
    (
        "Ann Peter Moira Colin Hazel Derek Joanne Stuart Beverley Malcolm Tracey Alan Kirsty Neil",
        "Thistlewood Barrowclough Ollerenshaw Pickersgill Wetherby Hargrave Lockwood-Byrne Tranter",
    ),
    (
        "Aoife Niamh Cormac Siobhán Declan Róisín Fergal Gráinne Eoin Bríd",
        "O'Brien O'Shaughnessy D'Arcy O'Connell-Byrne MacGiolla Mac-Aodha O'Hanrahan",
    ),
    (
        "Amina Yusuf Farah Idris Hodan Bilal Sumaya Zakariya Nasra Ismail",
        "Warsame Al-Tamimi Siddiqui Abdirahman Choudhury Rahmani Bashirzade Haidari",
    ),
    (
        "Adaeze Olúwaṣeun Kwabena Ngozi Tunde Abena Chidi Ifeoma Kofi Bọ́láńlé",
        "Okonjo-Ekwueme Adébáyò Mensah-Boateng Nwachukwu Ọlátúnjí Asante Ezeudo",
    ),
    (
        "Priya Harpreet Arjun Manjit Lakshmi Gurdeep Deepa Sukhvinder Anjali Ravi",
        "Dhaliwal-Brar Venkataraghavan Kaur-Sandhu Deshmukhe Thiruvengadam Gosain",
    ),
    (
        "Agnieszka Zbigniew Małgorzata Łukasz Katarzyna Wojciech Jolanta Krzysztof",
        "Szczepkowicz Wiśniewicz Żółtańska Dąbrowolski Grzegorzak Brzęczkowska",
    ),
    (
        "Thị-Hạnh Quang Mei-Ling Xiuying Jun Haruka Min-jun Soo-ah Bảo Ngọc",
        "Nguyễn-Trà Lương Ōhashiguchi Zhang-Whitfield Phùng Takamorihara Bae-Lund",
    ),
    (
        "Ștefania Ionuț João Inês Nuño Begoña Elif Çağlar Zsófia György",
        "Mihăilescăt Gonçalvez-Pã Etxeberrigoi Yıldırımoğlu Szentgyörgyvölgyi Figueirôa",
    ),
    ("Олена Тарас Світлана Богдан", "Коваленчук Шевчукевич Гордієвич"),
    ("יעל אבנר נועה שמעון", "בן-הרוש כרמלי-דן אלמליח"),
    ("فاطمة يوسف ليلى سمير", "الحدادي النجارين القاسمي"),
    ("美玲 志強 秀英", "歐陽 司馬 諸葛"),
)
"""Given names and family names that may be combined, by where they come from."""
WEIGHTS = (14, 22, 8, 8, 7, 8, 6, 5, 5, 3, 2, 2, 2)
_OUTWARD = ("CF10", "CF24", "NP20", "SA1", "LL30", "BS1", "M60", "B4", "EH1", "BT1", "LS1", "HR4")
_INWARD = "CIKMOV"
"""Letters that no postcode ends in."""


class Person(NamedTuple):
    """An invented person."""

    full_name: str
    phone: str
    email: str
    postcode: str


NOBODY = Person(full_name="", phone="", email="", postcode="")
"""Somebody who gave nothing."""


def person(random: Random) -> Person:
    """Somebody new; most leave something out."""
    given_names, family_names = random.choices(GIVEN_AND_FAMILY, WEIGHTS)[0]
    given = random.choice(given_names.split())
    family = random.choice(family_names.split())
    return Person(
        full_name=f"{given} {family}",
        phone=phone(random) if random.random() < 0.7 else "",
        email=_email(random, given, family) if random.random() < 0.35 else "",
        postcode=_postcode(random) if random.random() < 0.5 else "",
    )


def phone(random: Random) -> str:
    """A number that Ofcom keeps for drama."""
    return f"{random.choice(('01632 960', '07700 900'))} {random.randrange(1000):03d}"


def case_ref(random: Random) -> str:
    """A case number of a court that does not exist."""
    return f"ZZ{random.randrange(24, 27)}P{random.randrange(100_000):05d}"


def _email(random: Random, given: str, family: str) -> str:
    spelt = [compact(part).lower() for part in (given, family)]
    local = ".".join(part for part in spelt if part.isascii()) or f"post{random.randrange(1000)}"
    return f"{local}@example.com"


def _postcode(random: Random) -> str:
    inward = "".join(random.choices(_INWARD, k=2))
    return f"{random.choice(_OUTWARD)} {random.randrange(10)}{inward}"


COLLEAGUES = (
    "Gwenan Pugh-Harrier",
    "Marcus Ollerenshaw",
    "Ngozi Adébáyò",
    "Dilys ap-Iorwerth",
    "Karol Szczepkowicz",
)
TEAMS = ("Counter", "Phones")

QUESTIONS: dict[str, tuple[str, ...]] = {
    "JRY": (
        "Has a summons for a fortnight when the holiday is booked. Can the dates be changed?",
        "Which expenses can a juror claim, and where is the form?",
    ),
    "FIN": (
        "Wants to pay a fine and cannot find the reference on the letter.",
        "Cannot pay the whole fine at once. Asks about paying by instalments.",
        "Says the fine is not theirs: the car was sold last year.",
    ),
    "FEE": ("How much is the fee for this application?", "Paid twice by mistake, wants it back."),
    "HWF": ("Sent the help with fees form two weeks ago. Was it received?",),
    "HRG": (
        "When and where is the hearing, and at what time should they arrive?",
        "The video link does not open. Hearing is at 2pm today.",
    ),
    "STA": (
        "Posted papers three weeks ago, has heard nothing.",
        "Wants to know if the order is sealed.",
    ),
    "FRM": ("Asks which form people use to reply to a claim.", "Needs the form in Welsh."),
    "FND": ("Is the counter open on Friday afternoon?", "Is there parking for a wheelchair user?"),
    "APP": ("Does not agree with the decision. Asks how people appeal.",),
    "DAB": ("Needs to know how people ask for protection today.",),
    "CHI": (
        "Asks how to apply to see the grandchildren.",
        "Has a mediation certificate. What next?",
    ),
    "DIV": ("How long does the final order take?", "Applied online, wants to add a document."),
    "PRO": ("Waiting for the grant for ten weeks.", "How many copies can be ordered?"),
    "POS": (
        "Has a letter about a possession hearing on Monday.",
        "Eviction date is near, asks what people do.",
    ),
    "MCL": (
        "Was sent a claim form. By when must it be answered?",
        "Wants to claim for unpaid work.",
    ),
    "JDG": ("Found a judgment on the credit record, never got a letter.",),
    "ENF": ("A bailiff left a card. Who are they working for?",),
    "TRB": ("Is the evidence for the appeal there?", "Asks for the date of the tribunal hearing."),
    "CRM": (
        "Witness on Tuesday. Is there a separate waiting room?",
        "Asks for the result of a case.",
    ),
    "SUP": ("Needs a hearing loop and a break every half hour.", "Can a friend sit beside them?"),
    "INT": ("Needs a BSL interpreter for the hearing.",),
    "DOC": ("Wants a certified copy of the order.", "How much is a transcript?"),
    "LEG": ("Asks whether they should settle.", "Wants to know what their chances are."),
    "CPL": ("Waited two hours at the counter, is not happy.",),
    "RIG": ("Wants a copy of everything that is kept about them.",),
    "PRS": ("Outlet asks for the list of today's hearings.",),
    "OTH": (
        "Lost a blue umbrella in the waiting room.",
        "Yn gofyn am wasanaeth Cymraeg wrth y cownter.",
    ),
}
"""Topic code -> what people ask."""

ANSWERS: dict[str, tuple[str, ...]] = {
    "RES": (
        "Explained the steps and where they are written down.",
        "Read out the public information and the opening times.",
        "Eglurwyd y drefn a'r dyddiadau.",
    ),
    "SGN": ("Gave the number and the web page.",),
    "CBK": ("Will be rung back.", "Is at work now, asked to be rung back."),
    "MSG": (
        "Message passed on with the case number. Asked to be called back after 2pm.",
        "Wants the file looked at before the hearing. Passed to the team.",
    ),
    "TRF": ("Put through after saying what it is about.",),
    "EML": ("An answer in writing was promised.",),
    "FRM": ("Gave the form and said where to send it.",),
    "APT": ("Made an appointment at the counter.",),
    "ESC": ("Told the team leader at once, who took over the call.",),
    "CPL": ("Listened, and wrote the complaint down with them.",),
    "LADV": ("Said that the desk cannot advise, and where free advice is.",),
    "NOID": ("Could not confirm who is calling, nothing was said about a case.",),
    "NAUT": ("Took the information in, gave none out.",),
    "ABN": ("",),
    "END": ("Shouted, was asked twice to stop, and was told that the call would end.",),
    "WRG": ("Meant the council.",),
    "DUP": ("Same call as a few minutes ago.",),
    "TST": ("Exercise with a new colleague.",),
}
"""Outcome code -> what was said."""
NOTES = (
    "Rang again, nothing new.",
    "The papers were found in the other office.",
    "Called back, left no message.",
    "Diolchodd am y cymorth.",
)
