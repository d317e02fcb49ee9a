"""Draws a partner's page from the database: what there is, as the shapes that may be shown.

In five queries at most, so that with the link, the visit and the recap a page makes eight.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.db.models import Case, Exists, FilteredRelation, OuterRef, Q, Subquery, Value
from django.db.models import When as If

from touchline.core.prepared import KEY, MOMENT, Prepared
from touchline.meetings.models import ActionState, OneToOne, Side, State
from touchline.playbook.models import of as playbook_of
from touchline.referrals.passing.naming import tells, unnamed, with_names
from touchline.referrals.passing.telling import Told as Names
from touchline.relationships.models import Relationship
from touchline.sheets.models import (
    CompanySheet,
    Link,
    Purpose,
    Sheet,
    SheetChange,
    TheirSheet,
    What,
)
from touchline.sheets.partner_page import shapes
from touchline.sheets.partner_page.introductions import introductions
from touchline.sheets.partner_page.lines import KEPT, Row, lines, of
from touchline.sheets.showing import SheetShown, for_viewer, web

# Somebody who is late still has to find the place.
STILL_SHOWN = timedelta(hours=1)

OF_A_MEETING = (
    "pk", "state", "starts_at", "length_minutes", "place", "video_url", "sequence",
)  # fmt: skip
OF_A_LINK = ("nonce", "token_hash", "expires_at")
OF_A_COMPANY = ("about", "offer", "area", "website")
HEAD = (
    "handed_in_at",
    "company_logo",
    "company_changed",
    *(f"company_{name}" for name in OF_A_COMPANY),
    *(f"coming__{name}" for name in OF_A_MEETING),
    *(f"asking__{name}" for name in OF_A_LINK),
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A recap as it went out."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """The addresses of the pictures of a sheet."""

    photo: str = ""
    logo: str = ""


def load(
    link: Link,
    now: datetime,
    *,
    recap: Sent | None = None,
    pictures: Pictures | None = None,
) -> shapes.PartnerPage:
    """Return the page of a link; ``recap`` is the last one that was sent to them."""
    relationship = link.between
    host, today = link.host, link.host.today(now)
    (row,) = _HEAD(relationship=relationship.pk, since=now - STILL_SHOWN)
    head = dict(zip(HEAD, row, strict=True))
    rows = lines(relationship.pk, now, today)
    referrals = with_names(relationship)
    names = unnamed(relationship, referrals)
    said = _said(of(rows, "said", What.FEEDBACK))
    going = of(rows, "said", What.GOING)
    ours, theirs = (_promises(rows, side, names, today) for side in (Side.MINE, Side.THEIRS))
    sheet = _sheet(link, head, pictures or Pictures())
    return shapes.PartnerPage(
        host=str(host),
        host_first=host.user.first_name,
        firm=link.workspace.name,
        partner=relationship.person.name,
        partner_first=relationship.person.first,
        today=today,
        meeting=_meeting(head, rows, names, now, link),
        we_want=_telling_nobody([row.text for row in of(rows, "agenda", Side.MINE)], names),
        they_want=tuple(
            row.text
            for row in of(rows, "agenda", Side.THEIRS)
            # What they typed themselves always stands: to leave it out would say whose name it is.
            if row.word == "typed" or not tells(row.text, names)
        ),
        ours=ours,
        theirs=theirs,
        introductions=introductions(referrals, names, said, host=host.user.first_name, today=today),
        going=_line(going[-1]) if going else None,
        sheet=sheet,
        sheet_is_news=bool(sheet and (link.looked_before is None or sheet.news)),
        their_sheet=_their_sheet(head, rows, link, now),
        recap=_recap(recap, rows, names, host.zone),
    )


def next_one(relationship_id: int, now: datetime) -> OneToOne | None:
    """Return the one-to-one that the page shows as the next."""
    found: OneToOne | None = (
        OneToOne.objects.filter(
            relationship=relationship_id,
            state__in=[State.PLANNED, State.UNDER_WAY],
            starts_at__gt=now - STILL_SHOWN,
        )
        .select_related("relationship__person__company", "relationship__main_contact__user")
        .order_by("starts_at", "pk")
        .first()
    )
    return found


def without_names(one: OneToOne, names: tuple[Names, ...]) -> OneToOne:
    """Return a one-to-one without a place that tells of somebody who must stay unnamed."""
    if tells(one.place, names) or tells(one.video_url, names):
        one.place = one.video_url = ""
    return one


def _head(at: Any) -> Any:
    """Return the next one-to-one, their form's link and the company's sheet."""
    company = CompanySheet.objects.filter(workspace=OuterRef("workspace"))
    changes = SheetChange.objects.filter(company__workspace=OuterRef("workspace"))
    handed_in = TheirSheet.objects.filter(
        relationship=OuterRef("pk"), source="link", handed_in_at__isnull=False
    )
    return (
        Relationship.objects.filter(pk=at.relationship)
        .annotate(
            coming=FilteredRelation(
                "one_to_ones",
                condition=Q(
                    one_to_ones__state__in=[State.PLANNED, State.UNDER_WAY],
                    one_to_ones__starts_at__gt=at.since,
                ),
            ),
            asking=FilteredRelation(
                "links", condition=Q(links__purpose=Purpose.YOURS, links__revoked_at=None)
            ),
            **{f"company_{name}": Subquery(company.values(name)[:1]) for name in OF_A_COMPANY},
            company_changed=Subquery(changes.order_by("-at").values("at")[:1]),
            company_logo=Exists(company.filter(logo__isnull=False)),
            handed_in_at=Subquery(handed_in.order_by("-handed_in_at").values("handed_in_at")[:1]),
        )
        .order_by("coming__starts_at", "coming__pk")
        .values_list(*HEAD)[:1]
    )


_HEAD = Prepared(_head, relationship=KEY, since=MOMENT)


def _sheet_of(at: Any) -> Any:
    has_photo = Case(If(photo__isnull=False, then=Value(True)), default=Value(False))
    return Sheet.objects.filter(member=at.member).defer("photo").annotate(has_photo=has_photo)


_SHEET = Prepared(_sheet_of, member=KEY)


def _telling_nobody(texts: list[str], names: tuple[Names, ...]) -> tuple[str, ...]:
    return tuple(text for text in texts if not tells(text, names))


def _meeting(
    head: Mapping[str, Any],
    rows: list[Row],
    names: tuple[Names, ...],
    now: datetime,
    link: Link,
) -> shapes.Meeting | None:
    if head["coming__pk"] is None:
        return None
    one = without_names(OneToOne(**{name: head[f"coming__{name}"] for name in OF_A_MEETING}), names)
    said = [row for row in of(rows, "said", What.ANSWER) if row.ref == one.pk]
    last, joining = said[-1] if said else None, web(one.video_url)
    holds = last is not None and last.sequence == one.sequence
    city = link.host.time_zone.rpartition("/")[2].replace("_", " ")
    return shapes.Meeting(
        pk=one.pk,
        sequence=one.sequence,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        zone="" if city == "UTC" else f"{city} time",
        place=one.place,
        video_url=joining.href if joining else "",
        may_answer=one.state == State.PLANNED and one.starts_at > now,
        answered=_answered(last) if last and holds else None,
        moved=last is not None and not holds,
        named=last is not None and not holds and one.starts_at in last.times,
    )


def _answered(row: Row) -> shapes.Answered:
    return shapes.Answered(row.word, cast(datetime, row.at), row.text, row.times)


def _line(row: Row) -> shapes.Line:
    return shapes.Line(row.text, cast(datetime, row.at))


def _said(rows: list[Row]) -> dict[int, tuple[shapes.Line, ...]]:
    found: dict[int, tuple[shapes.Line, ...]] = {}
    for row in rows:
        found[row.ref] = (*found.get(row.ref, ()), _line(row))[-3:]
    return found


def _promises(
    rows: list[Row], side: str, names: tuple[Names, ...], today: date
) -> tuple[shapes.Promise, ...]:
    """Return the promises of a side: the open by day, then those kept lately."""
    ticked = {row.ref for row in of(rows, "said", What.ACTION)}
    found = []
    for row in of(rows, "action", side):
        if tells(row.text, names) or row.on is None:
            continue
        is_open = row.word == ActionState.OPEN
        found.append(
            shapes.Promise(
                pk=row.pk,
                text=row.text,
                due_on=row.on,
                is_kept=row.word in KEPT,
                is_late=is_open and row.on < today,
                may_reopen=not is_open and side == Side.THEIRS and row.pk in ticked,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.is_kept, each.due_on, each.pk)))


def _sheet(link: Link, head: Mapping[str, Any], pictures: Pictures) -> SheetShown | None:
    """Return our sheet as a partner sees it; what changed since they last looked is new."""
    sheet: Any = next(iter(_SHEET(member=link.host.pk)), None)
    if sheet:
        sheet.photo = b"1" if sheet.has_photo else None
    firm = CompanySheet(
        **{name: head[f"company_{name}"] for name in OF_A_COMPANY},
        # The pictures are other requests: here it is asked whether there are any.
        logo=b"1" if head["company_logo"] else None,
    )
    shown = for_viewer(
        sheet,
        firm if firm.about is not None else None,
        name=str(link.host),
        company_name=link.workspace.name,
        partner=True,
        since=link.looked_before,
        company_changed=head["company_changed"],
        photo=pictures.photo,
        logo=pictures.logo,
    )
    return shown if shown.says_something else None


def _their_sheet(
    head: Mapping[str, Any], rows: list[Row], link: Link, now: datetime
) -> shapes.Theirs:
    form = Link(
        purpose=Purpose.YOURS,
        **{name: head[f"asking__{name}"] for name in OF_A_LINK},
    )
    handed_in, playbook = head["handed_in_at"], playbook_of(link.workspace)
    # Of each thing that they told more than once, the newest; nothing where they took it back.
    newest = {(row.kind, row.word): row.text for row in of(rows, "told")}
    topics: dict[str, list[str]] = {}
    for (topic, _), text in newest.items():
        if text:
            topics.setdefault(topic, []).append(text)
    return shapes.Theirs(
        path=form.path if form.nonce and form.is_live(now) else "",
        handed_in_on=handed_in.astimezone(link.host.zone).date() if handed_in else None,
        told=tuple(
            shapes.Told(playbook.topic_name(topic), tuple(texts)) for topic, texts in topics.items()
        ),
    )


def _recap(
    sent: Sent | None, rows: list[Row], names: tuple[Names, ...], zone: Any
) -> shapes.Recap | None:
    """Return the recap as it was sent, without a line that may not be read by now.

    One that holds a note which has become private since is not shown at all.
    """
    if sent is None:
        return None
    private = (" ".join(row.text.split()) for row in of(rows, "private"))
    together = " ".join(sent.text.split())
    if any(text and text in together for text in private):
        return None
    kept = [line for line in sent.text.splitlines() if not tells(line, names)]
    return shapes.Recap(sent.at.astimezone(zone).date(), "\n".join(kept).strip())
