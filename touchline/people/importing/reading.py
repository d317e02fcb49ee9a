"""A file of contacts, known by what is in it and never by its name."""

from touchline.people.importing import google, linkedin, outlook, vcard
from touchline.people.importing.csvs import table
from touchline.people.importing.rows import FormatName, Problem, Reading, Row, Unreadable
from touchline.people.importing.text import decode, shown

# Google before Outlook: both call people by first and last name.
LAYOUTS = (linkedin.LAYOUT, google.LAYOUT, outlook.LAYOUT)


def read(data: bytes, filename: str = "") -> Reading:
    """Every contact of a file and every problem with it, both in the order of its lines.

    `filename` only serves to name the file in a sentence. The same bytes always give the same
    reading. Raises `Unreadable`, with the sentence to show, for a file that is refused whole, and
    nothing else.
    """
    called = f"“{shown(filename)}”" if shown(filename) else "The file"
    text, problems = decode(data, called)
    found: list[Row | Problem] = [*problems]
    format_: FormatName
    if vcard.looks_like_it(text):
        format_, title = "vcard", "vCard"
        found += vcard.read(text)
    else:
        try:
            read_table = table(text, LAYOUTS, called)
        except Unreadable:
            # Cards may stand below a line or two of something else.
            if not vcard.holds_one(text):
                raise
            format_, title = "vcard", "vCard"
            found += vcard.read(text)
        else:
            format_, title = read_table.layout.format, read_table.layout.title
            found += read_table.problems
            found += read_table.layout.rows(read_table.records)
    if not found:
        raise Unreadable(f"{called} looks like {title}, but there is not one contact in it.")
    return Reading(
        format_,
        title,
        tuple(one for one in found if isinstance(one, Row)),
        tuple(sorted((one for one in found if isinstance(one, Problem)), key=lambda p: p.line)),
    )
