"""How a person is called from the parts of their name and their work. Pure."""


def first(name: str, given: str) -> str:
    """Return the name to speak of them by: the given name, else the first word of the whole."""
    return given or name.split(" ")[0]


def initials(name: str, given: str, family: str) -> str:
    """Return up to two letters for the monogram."""
    parts = [part for part in (given, family) if part] or name.split()
    letters = [part[0] for part in parts if part]
    return "".join([letters[0], letters[-1]] if len(letters) > 1 else letters[:1]).upper()


def what(title: str, company: str) -> str:
    """Return title and company in a line."""
    return ", ".join(part for part in (title, company) if part)
