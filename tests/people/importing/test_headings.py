"""The whole heading rows of the programs: each is known, and no cell is lost without a word."""

import pytest

from tests.people.importing.test_csvs import written
from touchline.people.importing.reading import read


def _named(headings: str) -> list[str]:
    return headings.split(",")


def _groups(*kinds: str) -> list[str]:
    """'phone 2 label value' as the headings of two numbered groups."""
    found = []
    for kind in kinds:
        name, *parts = kind.split("|")
        found += [f"{name} {number} - {part}" for number in (1, 2) for part in parts]
    return found


def _places(*parts: str) -> list[str]:
    return [f"{place} {part}" for place in ("Business", "Home", "Other") for part in parts]


ADDRESS = "Formatted|Street|City|PO Box|Region|Postal Code|Country|Extended Address"
GOOGLE_NEW = [
    *_named("First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name"),
    *_named("Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name"),
    *_named("Organization Title,Organization Department,Birthday,Notes,Photo,Labels"),
    *_groups("E-mail|Label|Value", "Phone|Label|Value", f"Address|Label|{ADDRESS}"),
    *_groups("Website|Label|Value", "Event|Label|Value", "Custom Field|Label|Value"),
]
GOOGLE_OLD = [
    *_named("Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi"),
    *_named("Additional Name Yomi,Family Name Yomi,Name Prefix,Name Suffix,Initials,Nickname"),
    *_named("Short Name,Maiden Name,Birthday,Gender,Location,Billing Information"),
    *_named("Directory Server,Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes"),
    *("Language", "Photo", "Group Membership"),
    *_groups("E-mail|Type|Value", "Phone|Type|Value", f"Address|Type|{ADDRESS}"),
    *_groups("Organization|Type|Name|Yomi Name|Title|Department|Symbol|Location|Job Description"),
    *_groups("Relation|Type|Value", "Website|Type|Value"),
]
OUTLOOK_COM = [
    *_named("First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi"),
    *_named("E-mail Address,E-mail 2 Address,E-mail 3 Address,Home Phone,Home Phone 2"),
    *_named("Business Phone,Business Phone 2,Mobile Phone,Car Phone,Other Phone,Primary Phone"),
    *_named("Pager,Business Fax,Home Fax,Other Fax,Company Main Phone,Callback,Radio Phone"),
    *_named("Telex,TTY/TDD Phone,IMAddress,Job Title,Department,Company,Office Location"),
    *_named("Manager's Name,Assistant's Name,Assistant's Phone,Company Yomi"),
    *_places("Street", "City", "State", "Postal Code", "Country/Region"),
    *_named("Personal Web Page,Spouse,Schools,Hobby,Location,Web Page,Birthday,Anniversary"),
    "Notes",
]
OUTLOOK_DESKTOP = [
    *_named("Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title"),
    *_places("Street", "Street 2", "Street 3", "City", "State", "Postal Code", "Country/Region"),
    *_named("Assistant's Phone,Business Fax,Business Phone,Business Phone 2,Callback"),
    *_named("Car Phone,Company Main Phone,Home Fax,Home Phone,Home Phone 2,ISDN"),
    *_named("Mobile Phone,Other Fax,Other Phone,Pager,Primary Phone,Radio Phone"),
    *_named("TTY/TDD Phone,Telex,Account,Anniversary,Assistant's Name,Billing Information"),
    *_named("Birthday,Business Address PO Box,Categories,Children,Directory Server"),
    *_named("E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address"),
    *_named("E-mail 2 Type,E-mail 2 Display Name,E-mail 3 Address,E-mail 3 Type"),
    *_named("E-mail 3 Display Name,Gender,Government ID Number,Hobby,Home Address PO Box"),
    *_named("Initials,Internet Free Busy,Keywords,Language,Location,Manager's Name,Mileage"),
    *_named("Notes,Office Location,Organizational ID Number,Other Address PO Box"),
    *_named("Priority,Private,Profession,Referred By,Sensitivity,Spouse,User 1,User 2"),
    *_named("User 3,User 4,Web Page"),
]
OUTLOOK_BY_OTHERS = [
    *_named("First Name,Middle Name,Last Name,Title,Suffix,Initials,Web Page,Gender"),
    *_named("Birthday,Anniversary,Location,Language,Internet Free Busy,Notes"),
    *_named("E-mail Address,E-mail 2 Address,E-mail 3 Address,Primary Phone,Home Phone"),
    *_named("Home Phone 2,Mobile Phone,Pager,Home Fax"),
    *_places("Address", "Street", "Street 2", "Street 3", "Address PO Box", "City", "State"),
    *_places("Postal Code", "Country"),
    *_named("Spouse,Children,Manager's Name,Assistant's Name,Referred By"),
    *_named("Company Main Phone,Business Phone,Business Phone 2,Business Fax"),
    *_named("Assistant's Phone,Company,Job Title,Department,Office Location"),
    *_named("Organizational ID Number,Profession,Account,Keywords,Mileage,Hobby"),
    *_named("Billing Information,Directory Server,Sensitivity,Priority,Private,Categories"),
]
THUNDERBIRD = [
    *_named("First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email"),
    *_named("Screen Name,Work Phone,Home Phone,Fax Number,Pager Number,Mobile Number"),
    *(
        f"{place} {part}"
        for place in ("Home", "Work")
        for part in ("Address", "Address 2", "City", "State", "ZipCode", "Country")
    ),
    *_named("Job Title,Department,Organization,Web Page 1,Web Page 2,Custom 1,Custom 2"),
    *("Custom 3", "Custom 4", "Notes"),
]
LINKEDIN = _named("First Name,Last Name,URL,Email Address,Company,Position,Connected On")
LINKEDIN_OLD = _named("First Name,Last Name,Email Address,Company,Position,Connected On")
# What a program notes for itself, and parts that the printed form of an address repeats.
BOOKKEEPING = {
    "google": {
        *("file as", "photo", "initials", "short name", "sensitivity", "priority"),
        *("organization 1 - type", "organization 2 - type"),
    },
    "outlook": {"initials", "e-mail type", "e-mail 2 type", "e-mail 3 type"},
}


def cell(heading: str, number: int) -> str:
    if "Anniversary" in heading or "Birthday" in heading or "Connected" in heading:
        return f"2001-02-{number % 28 + 1:02}"
    mail = "mail" in heading and ("Address" in heading or "Value" in heading or "Email" in heading)
    return f"v{number}@b.example" if mail else f"v{number}w"


def is_kept_elsewhere(format_: str, heading: str, headings: list[str]) -> bool:
    name = heading.lower()
    whole = heading.partition(" - ")[0] + " - Formatted"
    if format_ == "google" and whole in headings and " - " in heading:
        return not name.endswith(("formatted", "label", "type"))
    if format_ == "outlook" and f"{heading.split(' ')[0]} Address" in headings:
        return heading.startswith(("Business ", "Home ", "Other ")) and any(
            part in name for part in ("street", "city", "state", "postal", "country", "po box")
        )
    return False


@pytest.mark.parametrize(
    ("format_", "headings"),
    [
        ("google", GOOGLE_NEW),
        ("google", GOOGLE_OLD),
        ("outlook", OUTLOOK_COM),
        ("outlook", OUTLOOK_DESKTOP),
        ("outlook", OUTLOOK_BY_OTHERS),
        ("thunderbird", THUNDERBIRD),
        ("linkedin", LINKEDIN),
        ("linkedin", LINKEDIN_OLD),
    ],
)
def test_every_cell_of_a_whole_heading_row_is_somewhere(format_: str, headings: list[str]) -> None:
    record = {heading: cell(heading, number) for number, heading in enumerate(headings)}
    reading = read(written(record).encode())
    assert (reading.format, reading.problems) == (format_, ())
    held = repr(reading.rows).lower()
    lost = [
        heading
        for heading, value in record.items()
        if value not in held
        and heading.lower() not in BOOKKEEPING.get(format_, ())
        and not is_kept_elsewhere(format_, heading, headings)
    ]
    assert lost == []
