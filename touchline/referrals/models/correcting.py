"""What was put down of a referral, put right: the last step gone back from, fields changed."""

from typing import TYPE_CHECKING, Any, cast

from django.db import models, transaction

from touchline.core.refusal import Refused
from touchline.core.states import swap
from touchline.journal.models import record
from touchline.referrals.models import partners, prospects
from touchline.referrals.models.said import Asked
from touchline.referrals.models.steps import STAYING, Step
from touchline.referrals.models.verbs import Verbs
from touchline.referrals.states import State

if TYPE_CHECKING:
    from touchline.accounts.models import Member
    from touchline.referrals.models.referrals import Referral

CHANGEABLE = {
    "person", "company", "need", "stated_on", "stated_where", "heat", "expects_contact", "words",
    "words_agreed_on", "fits", "material", "value_minor", "currency", "became", "third",
    "third_is", "member", "relationship",
}  # fmt: skip
ASKED_ON = tuple(f"{whom.value}_asked_on" for whom in Asked)


class Corrections(Verbs):
    """The verbs of ``Referral``, with those that put right what others did."""

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        pk: Any
        is_history: bool

    def go_back(self, by: "Member", *, reason: str, seen: int | None = None) -> None:
        """Take the last step back, with what it changed; the step stays on record."""
        if not reason.strip():
            raise Refused("Say in a line why it goes back; it is kept with the referral.")
        self._check(by, seen, self.state_on, self.state)
        standing = self.steps.filter(gone_back_on=None).exclude(verb__in=STAYING)
        last = standing.order_by("-id").first()
        if last is None:
            raise Refused("There is no step to go back from.")
        held = {
            name: cast("models.Field[Any, Any]", self._meta.get_field(name)).to_python(value)
            for name, value in last.before.items()
        }
        asked = [held.get(name, getattr(self, name)) for name in ASKED_ON]
        if held.get("state") == State.ASKING and not any(asked):
            # The one who was asked before this step is not the prospect any more.
            held |= prospects.back_to(cast("Referral", self), None)
        with transaction.atomic():
            self._swap(**held)
            Step.objects.filter(pk=last.pk).update(
                gone_back_on=by.today(), gone_back_by=by, gone_back_reason=reason.strip()[:300]
            )
            self._record(by, "go_back", verb_before=last.verb, to=self.state)

    def change(self, by: "Member", *, seen: int | None = None, **fields: Any) -> None:
        """Correct what is said of it: prospect, need, source, heat, words, value, what it became.

        Days and states are the verbs' to change. Raises Refused for them, and where the
        prospect is the partner. Somebody else as prospect is asked anew, see ``prospects``, and
        with another partner both are, see ``partners``.
        """
        if unknown := fields.keys() - CHANGEABLE:
            raise Refused(f"That can’t be changed here: {', '.join(sorted(unknown))}.")
        changed = {name: value for name, value in fields.items() if getattr(self, name) != value}
        if not changed:
            return
        self._check(by, seen, self.state_on, self.state)
        row = cast("Referral", self)
        person, third, partner = (
            changed.get(name, getattr(self, name)) for name in ("person", "third", "relationship")
        )
        if changed.keys() & {"person", "company", "relationship"}:
            company = changed.get("company", row.company)
            prospects.unless_partner(person, company, partner, given=self.is_given)
        if third and third.pk == partner.pk and changed.keys() & {"third", "relationship"}:
            raise Refused("A third partner is somebody else than the partner.")
        if not self.is_history:
            prospects.unless_left_alone(
                changed.get("person"), changed.get("third"), changed.get("third_is", self.third_is)
            )
        dropped = {**prospects.another(row, changed), **partners.another(row, changed)}
        from_state, before = self.state, self.relationship
        with transaction.atomic():
            self._swap(**{**dropped, **changed})
            if "state" in dropped:
                moved = before.pk != self.relationship.pk
                prospects.strike(row, by, partner=moved)
                Step.objects.create(
                    workspace_id=self.workspace_id, referral_id=self.pk, verb="change",
                    what="partner" if moved else "", from_state=from_state, to_state=self.state,
                    on=by.today(), by=by,
                )  # fmt: skip
            for person_id in dict.fromkeys([before.person_id, self.relationship.person_id]):
                record(by, "change", self, person_id=person_id, fields=sorted(changed))

    def _swap(self, **values: Any) -> None:
        swap(self, "referral", ["version"], version=self.version + 1, **values)
