"""What the list of people was asked for, and one page of it by keyset."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from touchline.core.asking import read, written
from touchline.core.fold import fold
from touchline.core.keys import key_in
from touchline.meetings.courses import course_of
from touchline.meetings.situation import situation
from touchline.people import search
from touchline.people.models import Acquaintance, Company, Person
from touchline.relationships.models import Relationship, Stage, State

if TYPE_CHECKING:
    from touchline.accounts.models import Member

PAGE = 50
COUNTED = 10_000  # Beyond it a count says *more than*.
FEW = 1_000  # A filter with fewer people than this is read first and sorted; else walked.

GROUPS = {
    "": "All",
    "partners": "Partners",
    "on-the-way": "On the way",
    "prospective": "Prospective",
    "due": "Due or late",
    "paused": "Paused",
    "none": "No programme",
}
SORTS = {"": "By name", "newest": "Newest first"}
_ON_THE_WAY = (Stage.GETTING_TO_KNOW_YOU, Stage.TELL_ME_THE_DETAIL)


@dataclass(frozen=True, slots=True)
class Asked:
    """The query string, what it cannot mean left out."""

    q: str = ""
    group: str = ""
    tag: str = ""
    company: str = ""
    stage: str = ""
    source: str = ""
    acquaintance: str = ""
    sort: str = ""
    select: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Read a query string; unknown groups, stages and sorts count as not given."""
        given = read(
            query,
            cls.__dataclass_fields__,
            among={
                "group": GROUPS,
                "sort": SORTS,
                "stage": Stage.values,
                "acquaintance": Acquaintance.values,
            },
            keys=("tag",),
        )
        given["select"] = "1" if given["select"] == "1" else ""
        return cls(**given)

    def url(self, **changes: str) -> str:
        """Return the query string with ``changes``; what is empty is left out."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__} | changes
        return written(values)

    @property
    def narrows(self) -> bool:
        """Whether anything but the search itself leaves people out."""
        return any((self.group, self.tag, self.company, self.stage, self.source, self.acquaintance))


@dataclass(frozen=True, slots=True)
class Page:
    """One page: people in order, and the query strings of its neighbours, '' where none."""

    people: list[Person]
    first: str = ""
    previous: str = ""
    following: str = ""
    last: str = ""
    # How many in all, None where more than COUNTED; ``capped`` where a search stopped.
    count: int | None = None
    capped: bool = False


def page(member: "Member", asked: Asked, query: QueryDict) -> Page:
    """Return the page that the query string asks for."""
    if asked.q:
        return _found(member, asked, query)
    people = _chosen(member, asked)
    counted = people.order_by()[: COUNTED + 1].count()
    return _walk(people, asked, query, None if counted > COUNTED else counted)


def _found(member: "Member", asked: Asked, query: QueryDict) -> Page:
    """A page of a search: by rank, which is a short list and so counted off."""
    found = search.find(member, asked.q)
    ids = found.ids
    if asked.narrows:
        kept = set(_chosen(member, asked).filter(pk__in=ids).values_list("pk", flat=True))
        ids = [pk for pk in ids if pk in kept]
    given = query.get("from", "")
    at = int(given) if given.isascii() and given.isdecimal() and len(given) < 6 else 0
    at = min(at, max(0, (len(ids) - 1) // PAGE * PAGE))
    people = {
        one.pk: one
        for one in _slim(Person.objects.visible_to(member)).filter(pk__in=ids[at:][:PAGE])
    }
    more = at + PAGE < len(ids)
    return Page(
        people=[people[pk] for pk in ids[at : at + PAGE] if pk in people],
        first=asked.url() if at else "",
        previous=asked.url(**{"from": str(max(0, at - PAGE))}) if at else "",
        following=asked.url(**{"from": str(at + PAGE)}) if more else "",
        last=asked.url(**{"from": str((len(ids) - 1) // PAGE * PAGE)}) if more else "",
        count=len(ids),
        capped=found.capped,
    )


def everyone(member: "Member", asked: Asked) -> list[int]:
    """Return all whom the query string asks for, on whatever page, in the order of the list."""
    people = _chosen(member, asked)
    if not asked.q:
        order = ("-id",) if asked.sort == "newest" else ("sort_key", "id")
        return list(people.order_by(*order).values_list("pk", flat=True))
    ids = search.find(member, asked.q).ids
    there = set(people.filter(pk__in=ids).values_list("pk", flat=True))
    return [pk for pk in ids if pk in there]


def _slim(people: Any) -> Any:
    """Only what a row shows; notes may be long."""
    return people.select_related("company").only(
        "name", "given", "family", "sort_key", "title", "workspace_id", "company__name"
    )


def _walk(people: Any, asked: Asked, query: QueryDict, count: int | None) -> Page:
    """A page by keyset: it starts after, or ends before, one row; the last page is the first
    of the opposite order, so it costs the same."""
    newest = asked.sort == "newest"
    after, before = _cursor(query.get("after")), _cursor(query.get("before"))
    backwards = before is not None or "last" in query
    order = ("-id",) if newest else ("sort_key", "id")
    people = _slim(people)
    if edge := before or after:
        people = people.filter(_beyond(edge, newest=newest, up=(before is None) is not newest))
    turned = tuple(name[1:] if name[0] == "-" else f"-{name}" for name in order)
    rows = list(people.order_by(*(turned if backwards else order))[: PAGE + 1])
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    if backwards:
        rows.reverse()
    ahead = before is not None if backwards else more
    behind = more if backwards else after is not None
    return Page(
        people=rows,
        first=asked.url() if behind else "",
        previous=asked.url(before=_edge(rows[0])) if behind and rows else "",
        following=asked.url(after=_edge(rows[-1])) if ahead and rows else "",
        last=asked.url(last="1") if ahead else "",
        count=count,
    )


def _edge(person: Person) -> str:
    return f"{person.pk}.{person.sort_key}"


def _cursor(text: str | None) -> tuple[int, str] | None:
    written, dot, sort_key = (text or "").partition(".")
    key = key_in(written)
    if not dot or key is None:
        return None
    return key, sort_key[:240].replace("\x00", "")


def _beyond(edge: tuple[int, str], *, newest: bool, up: bool) -> Q:
    """Rows above or below one row. The first term lets the index find the place."""
    pk, sort_key = edge
    way = "gt" if up else "lt"
    if newest:
        return Q(**{f"pk__{way}": pk})
    return Q(**{f"sort_key__{way}e": sort_key}) & (
        Q(**{f"sort_key__{way}": sort_key}) | Q(**{f"pk__{way}": pk})
    )


def _chosen(member: "Member", asked: Asked) -> Any:
    """The people whom the filters leave."""
    people = Person.objects.visible_to(member)
    programmes = _programmes(member, asked)
    if programmes is not None:
        people = people.filter(pk__in=programmes)
    if asked.group == "none":
        people = people.filter(relationship=None)
    if asked.source:
        people = people.filter(source=asked.source)
    if asked.acquaintance:
        people = people.filter(acquaintance=asked.acquaintance)
    if asked.tag:
        through = Person.tags.through.objects.filter(
            tag_id=int(asked.tag), tag__workspace_id=member.workspace_id
        )
        people = _narrow(
            people,
            through.values_list("person_id", flat=True),
            through.filter(person=OuterRef("pk")),
        )
    if asked.company:
        firms = Company.objects.visible_to(member).filter(folded__startswith=fold(asked.company))
        some = list(firms.values_list("pk", flat=True)[:FEW])
        here = Person.objects.visible_to(member).filter(company__in=some)
        people = _narrow(people, here.values_list("pk", flat=True), here.filter(pk=OuterRef("pk")))
    return people


def _narrow(people: Any, ids: Any, exists: Any) -> Any:
    """Keep those of ``ids``: named one by one where they are few, so that a rare tag does not
    walk everyone; tested row by row where they are many, so that a page stays a page."""
    few = list(ids[: FEW + 1])
    return people.filter(pk__in=few) if len(few) <= FEW else people.filter(Exists(exists))


def _programmes(member: "Member", asked: Asked) -> list[int] | None:
    """The people of the programmes asked for, None where none were: there are never many."""
    if asked.group in ("", "none") and not asked.stage:
        return None
    found = Relationship.objects.visible_to(member)
    if asked.stage:
        found = found.filter(stage=asked.stage)
    if asked.group == "due":
        active = found.active()
        today = member.today()
        return [one.person_id for one in active if situation(course_of(one), today).is_due]
    if asked.group == "paused":
        found = found.filter(state=State.PAUSED)
    elif asked.group not in ("", "none"):
        stages: Iterable[str] = {
            "partners": (Stage.REFERRAL_PARTNER,),
            "on-the-way": _ON_THE_WAY,
            "prospective": (Stage.PROSPECTIVE,),
        }[asked.group]
        found = found.active().filter(stage__in=stages)
    return list(found.values_list("person_id", flat=True))
