"""What a heading says, in several languages: the words of it, and the label that they give."""

import re

from touchline.core.fold import fold

_WORD = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")
_LABELS = {
    "fax": "fax telefax telecopie",
    "mobile": "mobile mobil handy mobiltelefon mobilnummer mobilfunk cell cellphone cellular "
    "portable movil celular cellulare mobiel gsm komorka",
    "home": "home private privat personal perso personnel personale domicile casa prive "
    "particular prywatny thuis",
    "work": "work business office dienstlich geschaftlich geschaft buro firma beruflich "
    "professionnel pro bureau travail trabajo oficina lavoro ufficio werk zakelijk arbeit "
    "company direct",
    "pager": "pager",
}
_BY_WORD = {word: label for label, words in _LABELS.items() for word in words.split()}


def words_of(heading: str) -> list[str]:
    """The folded words of a heading, and the parts of those; 'HomePhone' has three."""
    return _WORD.findall(fold(f"{heading} {_CAMEL.sub(' ', heading)}"))


def label_of(heading: str) -> str:
    """'work', 'home fax', 'mobile' and the like, where the heading says so; else ''."""
    found = {_BY_WORD[word] for word in words_of(heading) if word in _BY_WORD}
    return " ".join(label for label in ("home", "work", "mobile", "pager", "fax") if label in found)
