"""What two people share, by what each has said. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from touchline.meetings.common.own_words import own_in_common
from touchline.meetings.common.reading import read
from touchline.meetings.common.thesaurus import shipped

_KINDS = {"interest": 0, "network": 1, "place": 2}


@dataclass(frozen=True, slots=True)
class Told:
    """A fact's words, as they were taken down; ``fact`` is its key."""

    text: str
    fact: int | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """A theme that both speak of.

    ``theme`` is its key (*rugby*; *own-llangennith* for a word of their own), ``name`` as one
    says it, ``mine`` and ``theirs`` the words it was found in, ``why`` a sentence. ``narrower``
    says that one of them spoke of something that belongs to it, so that ``why`` says more
    than ``name``.
    """

    theme: str
    name: str
    mine: Told
    theirs: Told
    why: str
    narrower: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """Where a theme was first spoken of, and by which narrower theme."""

    told: Told
    by: str
    far: int


def in_common(mine: Iterable[Told], theirs: Iterable[Told]) -> tuple[Shared, ...]:
    """Return what is shared: interests, then networks, places, and words of their own.

    Give the newest first: of several that speak of a theme, the nearest to it and then the
    first is shown. A theme is left out where a narrower one that belongs to it is shared.
    """
    all_mine, all_theirs = tuple(mine), tuple(theirs)
    ours, others = _said(all_mine), _said(all_theirs)
    themes = shipped().themes
    both = {
        key
        for key in ours.keys() & others.keys()
        if not themes[key].wide or not ours[key].far or not others[key].far
    }
    covered = {broader for key in both for broader in shipped().lineage(key)[1:]}
    order = {key: place for place, key in enumerate(themes)}
    found = sorted(both - covered, key=lambda key: (_KINDS[themes[key].kind], order[key]))
    shared = [
        Shared(
            key,
            themes[key].name,
            ours[key].told,
            others[key].told,
            _why(key, ours, others),
            bool(ours[key].far or others[key].far),
        )
        for key in found
    ]
    texts = ([one.text for one in all_mine], [one.text for one in all_theirs])
    for own in own_in_common(*texts):
        why = f"Both speak of {own.words}."
        shared.append(Shared(own.key, own.words, all_mine[own.mine], all_theirs[own.theirs], why))
    return tuple(shared)


def _said(told: tuple[Told, ...]) -> dict[str, _Said]:
    found: dict[str, _Said] = {}
    lineage = shipped().lineage
    for one in told:
        for theme in read(one.text).themes:
            for far, key in enumerate(lineage(theme)):
                known = found.get(key)
                if known is None or far < known.far:
                    found[key] = _Said(one, theme, far)
    return found


def _why(key: str, ours: dict[str, _Said], others: dict[str, _Said]) -> str:
    theme = shipped().themes[key]
    names = [shipped().themes[said.by].name for said in (ours[key], others[key]) if said.by != key]
    if not names:
        return f"Both speak of {theme.name}."
    way = " and of ".join(dict.fromkeys(names))
    return f"{theme.name[0].upper()}{theme.name[1:]}, by way of {way}."
