"""How likely two records are one person, and why: docs/domain/doubles.md. Pure."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from touchline.people.doubles import names
from touchline.people.doubles.names import DIFFER, Standing
from touchline.people.doubles.records import Place, Shape, is_shared

LIKELY = 0.5  # A pair below is not a pair.

# Each weight is what the field adds to the logarithm of the odds. Two records of which nothing
# is known but that something made them meet start at BASE.
BASE = -3.5
GIVEN = {
    Standing.SAME: 1.8, Standing.PART: 1.5, Standing.SHORT: 1.4, Standing.LETTER: 1.2,
    Standing.NEAR: 0.5, Standing.INITIAL: 0.1, Standing.MISSING: -0.4, Standing.DIFFER: -2.5,
}  # fmt: skip
FAMILY = {
    Standing.SAME: 2.2, Standing.PART: 1.6, Standing.SHORT: 1.6, Standing.LETTER: 1.6,
    Standing.NEAR: 1.0, Standing.INITIAL: 0.0, Standing.MISSING: -0.2, Standing.DIFFER: -1.8,
}  # fmt: skip
TURNED = -0.2
EMAIL, SHARED_EMAIL, OTHER_EMAIL = 4.0, 1.0, -0.2
PHONE, OTHER_PHONE = 3.0, -0.2
BIRTHDAY, DAY_OF_YEAR, NEAR_BIRTHDAY, OTHER_BIRTHDAY = 4.5, 2.8, 1.5, -3.0
ADDRESS, NEAR_ADDRESS, POSTCODE, OTHER_ADDRESS = 2.5, 1.6, 0.7, -0.4
PROFILE, OTHER_PROFILE, WEBSITE = 6.0, -3.0, 0.8
COMPANY, NEAR_COMPANY, OTHER_COMPANY = 1.5, 1.2, -0.8
TITLE = 0.4


@dataclass(frozen=True, slots=True)
class Pair:
    """Two keys, the lower first; ``certainty`` from 0.5 to 1; ``reasons`` in words."""

    one: int
    other: int
    certainty: float
    reasons: tuple[str, ...]


def compare(one: Shape, other: Shape) -> Pair | None:
    """Return two records as a pair with its reasons, None where they are hardly one person.

    Symmetric. Given names that differ need the same full birthday or the same profile; family
    names that differ need one of these or the same e-mail address that is no office's.
    """
    given = names.given_names(one.given, other.given)
    turned = _may_be_turned(one, other)
    # Most who meet share a family name and no more; nothing else is asked of them.
    if given is DIFFER and not turned and not _own(one, other, mail=False):
        return None
    family = names.family_names(one.family, other.family)
    if turned:
        given, family, turned = _turned(one, other, given, family)
    if DIFFER in (given, family) and not _own(one, other, mail=given is not DIFFER):
        return None
    found = [_names(one, other, given, family, turned), *_fields(one, other)]
    weight = BASE + sum(weight for weight, _ in found)
    certainty = 1 / (1 + math.exp(-weight))
    if certainty < LIKELY:
        return None
    found.sort(key=lambda each: -each[0])
    reasons = tuple(reason for _, reason in found if reason)
    low, high = sorted((one.key, other.key))
    return Pair(low, high, round(certainty, 4), reasons)


def _fields(one: Shape, other: Shape) -> list[tuple[float, str]]:
    """Weigh everything but the name that both say something about."""
    found: list[tuple[float, str]] = []
    if one.emails and other.emails:
        found.append(_emails(one.emails & other.emails))
    if one.phones and other.phones:
        same = one.phones & other.phones
        found.append((PHONE, "same phone number") if same else (OTHER_PHONE, ""))
    if one.birthday and other.birthday:
        found.append(_birthdays(one.birthday, other.birthday))
    if one.places and other.places:
        found.append(_places(one.places, other.places))
    if one.profiles and other.profiles:
        found.append(_profiles(one.profiles, other.profiles))
    if one.sites and other.sites and one.sites & other.sites:
        found.append((WEBSITE, "same website"))
    if one.company and other.company:
        found.append(_companies(one.company, other.company))
    if one.title and one.title == other.title:
        found.append((TITLE, "same title"))
    return found


def _own(one: Shape, other: Shape, *, mail: bool) -> bool:
    """Say whether two records share what belongs to one person alone."""
    if one.birthday and one.birthday == other.birthday and one.birthday[0] != "-":
        return True
    if one.profiles and other.profiles and one.profiles & other.profiles:
        return True
    if not (mail and one.emails and other.emails):
        return False
    return not all(map(is_shared, one.emails & other.emails))


def _may_be_turned(one: Shape, other: Shape) -> bool:
    """Say whether it is worth reading one of two names the other way round: a cheap look."""
    if one.given == other.family != "" or one.family == other.given != "":
        return True
    return one.given[:1] == other.family[:1] and one.family[:1] == other.given[:1]


def _turned(
    one: Shape, other: Shape, given: Standing, family: Standing
) -> tuple[Standing, Standing, bool]:
    """Read one of two names the other way round where that fits better."""
    cross = (
        names.family_names(one.given, other.family),
        names.family_names(one.family, other.given),
    )
    first, last = max(cross), min(cross)
    if GIVEN[first] + FAMILY[last] + TURNED > GIVEN[given] + FAMILY[family]:
        return first, last, True
    return given, family, False


def _names(
    one: Shape, other: Shape, given: Standing, family: Standing, turned: bool
) -> tuple[float, str]:
    weight = GIVEN[given] + FAMILY[family] + (TURNED if turned else 0)
    return weight, _said(one, other, given, family, turned)


def _said(one: Shape, other: Shape, given: Standing, family: Standing, turned: bool) -> str:
    if given is family is Standing.SAME:
        return "same name, given and family name changed about" if turned else "same name"
    if {given, family} == {Standing.SAME, Standing.LETTER}:
        return "names differ by a letter"
    said = ""
    if Standing.MISSING in (given, family):
        if (one.given, one.family) == (other.given, other.family):
            said = "same name"
        elif Standing.SAME in (given, family):
            said = "one gives only half of the name"
    elif given is Standing.SHORT:
        short, whole = sorted((one.given, other.given), key=lambda each: (len(each), each))
        said = f"{short.title()} can be short for {whole.title()}"
    elif given is Standing.INITIAL or family is Standing.INITIAL:
        said = "one gives only an initial"
    elif Standing.DIFFER in (given, family):
        same = Standing.SAME in (given, family)
        said = f"same {'family' if given is Standing.DIFFER else 'given'} name" if same else ""
    elif Standing.PART in (given, family):
        said = "one name holds the other"
    else:
        said = "names nearly the same"
    return said


def _emails(same: frozenset[str]) -> tuple[float, str]:
    if not same:
        return OTHER_EMAIL, ""
    if all(is_shared(email) for email in same):
        return SHARED_EMAIL, "same office e-mail"
    return EMAIL, "same e-mail"


def _birthdays(one: str, other: str) -> tuple[float, str]:
    if one == other:
        return (DAY_OF_YEAR if one[0] == "-" else BIRTHDAY), "same birthday"
    if "-" in (one[0], other[0]):
        if one[-5:] == other[-5:]:
            return DAY_OF_YEAR, "same birthday"
        return OTHER_BIRTHDAY, ""
    turned = one[:5] + one[8:] + "-" + one[5:7] == other
    if turned or OSA.distance(one, other, score_cutoff=1) == 1:
        return NEAR_BIRTHDAY, "birthdays nearly the same"
    return OTHER_BIRTHDAY, ""


def _places(ones: tuple[Place, ...], others: tuple[Place, ...]) -> tuple[float, str]:
    return max((_place(one, other) for one in ones for other in others), key=lambda each: each[0])


def _place(one: Place, other: Place) -> tuple[float, str]:
    if one.text == other.text:
        return ADDRESS, "same address"
    same_code = bool(one.postcode) and one.postcode == other.postcode
    same_number = one.number == other.number
    if same_code and same_number and one.number:
        return ADDRESS, "same address"
    alike = fuzz.token_sort_ratio(one.text, other.text)
    if alike >= (75 if same_number else 85):
        return NEAR_ADDRESS, "addresses nearly the same"
    return (POSTCODE, "same postcode") if same_code else (OTHER_ADDRESS, "")


def _profiles(ones: frozenset[str], others: frozenset[str]) -> tuple[float, str]:
    if ones & others:
        return PROFILE, "same profile"
    for one in ones:
        host = one.partition("/")[0]
        for other in others:
            if other.partition("/")[0] == host:
                slip = OSA.distance(one, other, score_cutoff=1) == 1
                return (0.0 if slip else OTHER_PROFILE), ""
    return 0.0, ""


def _companies(one: str, other: str) -> tuple[float, str]:
    if one == other:
        return COMPANY, "same company"
    mine, theirs = set(one.split()), set(other.split())
    if mine <= theirs or theirs <= mine or fuzz.ratio(one, other) >= 88:
        return NEAR_COMPANY, "companies nearly the same"
    return OTHER_COMPANY, ""


def certain_first(pairs: Iterable[Pair]) -> list[Pair]:
    """Return pairs in the order in which they are shown: most certain first, then by key."""
    return sorted(pairs, key=lambda pair: (-pair.certainty, pair.one, pair.other))
