"""The query string of a list: what it is narrowed by, read and written again. Pure."""

from collections.abc import Container, Iterable, Mapping
from urllib.parse import urlencode

from django.http import QueryDict

from touchline.core.keys import key_in

LONGEST = 200


def read(
    query: QueryDict,
    names: Iterable[str],
    *,
    among: Mapping[str, Container[str]],
    keys: Iterable[str] = (),
) -> dict[str, str]:
    """Return what is asked under each name, empty where that cannot be meant.

    ``among`` has what a name may be, ``keys`` are the names of keys of rows. Cut to ``LONGEST``
    letters, without marks that no database stores.
    """
    given = {name: query.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in names}
    for name, allowed in among.items():
        if given[name] not in allowed:
            given[name] = ""
    for name in keys:
        if key_in(given[name]) is None:
            given[name] = ""
    return given


def written(values: Mapping[str, str]) -> str:
    """Return a query string of what is not empty."""
    return "?" + urlencode({name: value for name, value in values.items() if value})
