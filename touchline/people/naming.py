"""How a person is called from the parts of their name and their work. Pure."""

from touchline.core.fold import fold

# What stands before a name and is no name by itself, without its dot.
TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lady", "lord",
    "rev", "revd", "fr", "herr", "frau", "mme", "mlle", "sr", "sra", "dott", "ing",
})  # fmt: skip
# Words that only the name of a firm has.
FIRMS = frozenset({
    "&", "and", "ltd", "limited", "llp", "llc", "plc", "inc", "gmbh", "ag", "bv", "sa", "sarl",
    "oy", "ab", "co", "company", "group", "partners", "associates", "solutions", "services",
    "studio", "consulting", "holdings", "trust",
})  # fmt: skip

ORDER_LENGTH = 240


def order(name: str, given: str, family: str) -> str:
    """Return the key that lists sort by: *family given*, folded, at most 240 characters."""
    if not family and not given:
        given, _, family = name.strip().rpartition(" ")
    return fold(" ".join(f"{family} {given}".split()))[:ORDER_LENGTH]


def _plain(word: str) -> str:
    return word.strip(".,").lower()


def first(name: str, given: str) -> str:
    """Return the name to speak of them by: the given name, else the one that the whole has.

    *Ruth Abelson* is Ruth and *Dr Ruth Abelson* too; *Abelson, Ruth* is Ruth. Where no word
    is a given name, the whole speaks for itself: *Dr Abelson*, *R. Abelson*, *van Dyke*,
    *Heron & Daughters*, *The Copper Pot*.
    """
    if given:
        return given
    family, comma, after = name.partition(",")
    words = name.split()
    if comma and after.split() and not any(_plain(word) in FIRMS for word in words):
        return first(f"{after.strip()} {family.strip()}", "")
    if any(_plain(word) in FIRMS for word in words[1:]):
        return name
    called = words
    while called and _plain(called[0]) in TITLES:
        called = called[1:]
    # Behind a title one word is the family name.
    if not called or (len(called) == 1 and called != words):
        return name
    word = called[0]
    is_given = len(word.rstrip(".")) > 1 and not word[0].islower() and _plain(word) != "the"
    return word if is_given else name


def short(name: str, given: str) -> str:
    """Return one word of what ``first`` says, for a label with little room."""
    words = first(name, given).split()
    called = [word for word in words if _plain(word) not in TITLES | {"the"}]
    telling = [word for word in called if len(word.rstrip(".")) > 1 and not word[0].islower()]
    return (telling or called or words or [""])[0]


def initials(name: str, given: str, family: str) -> str:
    """Return up to two letters for the monogram; titles and the like give none."""
    parts = [part for part in (given, family) if part]
    if not parts:
        words = name.split()
        parts = [word for word in words if _plain(word) not in TITLES | FIRMS] or words
    letters = [part[0] for part in parts if part]
    return "".join([letters[0], letters[-1]] if len(letters) > 1 else letters[:1]).upper()


def what(title: str, company: str) -> str:
    """Return title and company in a line."""
    return ", ".join(part for part in (title, company) if part)
