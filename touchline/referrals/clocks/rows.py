"""Loads what the clocks look at: a member's referrals that something may be due on, a partner's."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, Subquery, When

from touchline.core.prepared import DAY, KEY, MEMBER, Prepared
from touchline.referrals.clocks.clocks import Followed
from touchline.referrals.learning.debriefing import Told
from touchline.referrals.models import Proposal, ProposalState, Referral, Step
from touchline.referrals.states import CLOSED, DEBRIEFED, OUTCOMES, UNDER_WAY, Direction, State

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# Today looks at those that moved last: what has rested for a year is for the list of referrals.
MOST, RESTED = 60, timedelta(days=365)
# Of one partner.
MOST_OF_ONE = 100

COLUMNS = (
    "pk", "version", "relationship_id", "direction", "state", "state_on", "need", "agreed_on",
    "introduced_on", "contacted_on", "outcome", "outcome_on", "thanked_on", "feedback_on",
    "material", "material_on", "checked_on", "is_history", "one_to_one_id", "value_minor",
    "currency", "prospect_answer", "relationship__person__name", "relationship__person__given",
    "person__name", "person__given", "person__do_not_contact", "company__name",
    "debrief__outcome",
)  # fmt: skip
_UNDECIDED = Exists(
    Proposal.objects.filter(
        debrief__referral=OuterRef("pk"),
        debrief__outcome=OuterRef("outcome"),
        state=ProposalState.PROPOSED,
    )
)
_WAITS = Q(outcome__in=DEBRIEFED, is_history=False) & (
    Q(debrief=None) | ~Q(debrief__outcome=F("outcome")) | Q(_UNDECIDED)
)
# The first step since one was entered as history; the others need none.
_TAKEN_UP = Case(
    When(
        is_history=True,
        then=Subquery(
            Step.objects.filter(referral=OuterRef("pk"), gone_back_on=None)
            .exclude(verb="begin")
            .order_by("pk")
            .values("on")[:1]
        ),
    ),
    default=None,
    output_field=DateField(),
)
# What nothing can be due on is left where it is: said, thanked for, learnt from.
_MAY_BE_DUE = (
    Q(state__in=[State.AGREED, *UNDER_WAY])
    | (
        Q(state__in=OUTCOMES, introduced_on__isnull=False)
        & (
            Q(feedback_on=None)
            | Q(feedback_on__lt=F("outcome_on"))
            | Q(state=State.WON)
            | Q(thanked_on=None, direction=Direction.RECEIVED)
        )
    )
    | _WAITS
)


def _followed(rows: Any) -> Any:
    return rows.order_by("-state_on", "-pk").values_list(*COLUMNS, _UNDECIDED, _TAKEN_UP)


_OF_MEMBER = Prepared(
    lambda at: _followed(
        Referral.objects.visible_to(at.member)
        .filter(relationship__main_contact=at.member.pk, state_on__gte=at.since)
        .filter(_MAY_BE_DUE)
    )[:MOST],
    member=MEMBER,
    since=DAY,
)
# The relationship is fetched through the member; its rows need no join to be theirs to see.
_OF_PARTNER = Prepared(
    lambda at: _followed(
        Referral.objects.filter(relationship=at.relationship).filter(
            ~Q(state__in=CLOSED) | Q(outcome_on__gte=at.since) | _WAITS
        )
    )[:MOST_OF_ONE],
    relationship=KEY,
    since=DAY,
)


def of_member(member: "Member", today: date) -> list[Followed]:
    """Return the referrals of a member's partners that something may be due on, in one query.

    Those that moved last first, ``MOST`` at most, none that has rested for a year.
    """
    return [Followed._make(row) for row in _OF_MEMBER(member=member, since=today - RESTED)]


def of_partner(relationship: int, since: date) -> list[Followed]:
    """Return a partner's referrals, in one query: those open, ended since, or not learnt from."""
    return [Followed._make(row) for row in _OF_PARTNER(relationship=relationship, since=since)]


def of_one(referral: Referral, steps: Iterable[Step], debriefed: Told) -> Followed:
    """Return a referral as its clocks see it, from what its page has loaded: no query."""
    person, taken = referral.person, steps if referral.is_history else ()
    own = [getattr(referral, name) for name in COLUMNS[:22]]
    return Followed._make(
        (
            *own,
            referral.relationship.person.name,
            referral.relationship.person.given,
            person.name if person else None,
            person.given if person else None,
            person.do_not_contact if person else None,
            referral.company.name if referral.company else None,
            debriefed.debrief.outcome if debriefed.debrief else None,
            bool(debriefed.open),
            next((one.on for one in taken if one.verb != "begin" and not one.gone_back_on), None),
        )
    )
