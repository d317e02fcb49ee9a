"""What may be done with a referral: dated steps, each kept, the last one to be gone back from."""

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.db import models, transaction

from touchline.core.refusal import Refused
from touchline.core.states import swap
from touchline.core.words import full_day
from touchline.journal.models import record
from touchline.referrals.models import prospects
from touchline.referrals.models.said import Answer, Asked
from touchline.referrals.models.steps import Step
from touchline.referrals.states import DATED, STATES, UNDER_WAY, State

if TYPE_CHECKING:
    from touchline.accounts.models import Member
    from touchline.journal.models import Partner
    from touchline.referrals.models.referrals import Referral


class Verbs(models.Model):
    """The verbs of ``Referral``, which has the columns."""

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        person: Any
        person_id: int | None
        company_id: int | None
        third: Any
        third_is: str
        relationship: Any
        workspace_id: int
        state: str
        state_on: date
        outcome: str
        version: int
        heat: int | None
        asked_on: date | None
        introduced_on: date | None
        feedback_on: date | None
        steps: Any

        @property
        def is_given(self) -> bool: ...

    def ask(
        self, by: "Member", whom: str, *, on: date, how: str = "", seen: int | None = None
    ) -> None:
        """Say that one side was asked. Raises Refused where they were, or must not be."""
        self._may_reach(whom)
        if getattr(self, f"{whom}_asked_on"):
            raise Refused("They have been asked already.")
        values: dict[str, Any] = {
            f"{whom}_asked_on": on, f"{whom}_how": how, "asked_on": self.asked_on or on
        }  # fmt: skip
        self._take(by, "ask", on, seen, whom=whom, **values)

    def answer(
        self,
        by: "Member",
        whom: str,
        answer: str,
        *,
        on: date,
        how: str = "",
        seen: int | None = None,
    ) -> None:
        """Put down what one side said; who was not asked before was asked by this.

        Two yeses make it agreed, one no declined. Who is asked second may have answered first:
        a state begins on the later of the days that make it.
        """
        self._may_reach(whom)
        if answer not in (Answer.YES, Answer.NO):
            raise Refused("Say whether they said yes or no.")
        if getattr(self, f"{whom}_answer"):
            raise Refused("They have answered already. Go back a step to correct it.")
        asked = getattr(self, f"{whom}_asked_on") or on
        if on < asked:
            raise Refused(
                f"They were asked on {full_day(asked)}, so the answer can’t be earlier. Check "
                f"the day."
            )
        values: dict[str, Any] = {
            f"{whom}_asked_on": asked,
            f"{whom}_answer": answer,
            f"{whom}_answered_on": on,
            f"{whom}_how": how or getattr(self, f"{whom}_how"),
            "asked_on": self.asked_on or asked,
        }
        other = Asked.PROSPECT if whom == Asked.RECEIVER else Asked.RECEIVER
        verb, since = "ask", on
        if answer == Answer.NO:
            verb = "decline"
        elif getattr(self, f"{other}_answer") == Answer.YES:
            verb, since = "agree", max(on, getattr(self, f"{other}_answered_on") or on)
        if self.state == State.ASKING:
            since = max(since, self.state_on)
        self._take(by, verb, on, seen, whom=whom, since=since, **values)

    def _may_reach(self, whom: str) -> None:
        if whom not in Asked.values:
            raise Refused("Say who was asked: the receiver or the prospect.")
        if whom == Asked.PROSPECT:
            self.unless_left_alone()
            if not (self.person_id or self.company_id):
                raise Refused("Say first who the prospect is.")

    def unless_left_alone(self) -> None:
        """Raise Refused where the prospect is marked do not contact."""
        prospects.unless_left_alone(self.person, self.third, self.third_is)

    def introduce(
        self,
        by: "Member",
        *,
        on: date,
        gaps: list[str],
        reason: str = "",
        heat: int | None = None,
        seen: int | None = None,
    ) -> None:
        """Pass one that is given: both have agreed (M10).

        ``gaps`` are the sentences of the readiness list that are not met; with any of them
        ``reason`` says why it is passed all the same, and both are kept.
        """
        if not self.is_given:
            raise Refused("This one was passed to you. Say when you received it.")
        prospects.unless_out_of_reach(cast("Referral", self))
        self.unless_left_alone()
        if gaps and not reason.strip():
            raise Refused("Something is still missing. Say in a line why you pass it all the same.")
        self._take(
            by, "introduce", on, seen, gaps=gaps, gaps_reason=reason.strip()[:300],
            heat=heat or self.heat,
        )  # fmt: skip

    def receive(self, by: "Member", *, on: date, seen: int | None = None) -> None:
        """Say that a partner introduced us."""
        if self.is_given:
            raise Refused("This one is yours to pass. Both have to say yes first.")
        self._take(by, "receive", on, seen)

    def contact(self, by: "Member", *, on: date, seen: int | None = None) -> None:
        """Say that whoever received it has spoken to the prospect."""
        self._take(by, "contact", on, seen)

    def meet(self, by: "Member", *, on: date, seen: int | None = None) -> None:
        """Say that they met."""
        self._take(by, "meet", on, seen)

    def quote(
        self,
        by: "Member",
        *,
        on: date,
        value_minor: int | None = None,
        currency: str = "",
        seen: int | None = None,
    ) -> None:
        """Say that a quote was made, and of how much."""
        self._take(by, "quote", on, seen, **_money(value_minor, currency))

    def win(
        self,
        by: "Member",
        *,
        on: date,
        value_minor: int | None = None,
        currency: str = "",
        became: str = "",
        seen: int | None = None,
    ) -> None:
        """Say that it became business, what of, and how much where that is known."""
        said: dict[str, Any] = {"became": became.strip()[:300]} if became.strip() else {}
        self._take(by, "win", on, seen, outcome=State.WON, **said, **_money(value_minor, currency))

    def end_as(
        self, by: "Member", verb: str, *, on: date, became: str = "", seen: int | None = None
    ) -> None:
        """Say what came of it but business: ``lose``, ``postpone``, ``no_answer`` or ``dud``."""
        if verb not in ("lose", "postpone", "no_answer", "dud"):
            raise Refused("That is no way for a referral to end.")
        said: dict[str, Any] = {"became": became.strip()[:300]} if became.strip() else {}
        self._take(by, verb, on, seen, outcome=STATES.after(verb, self.state), **said)

    def decline(self, by: "Member", *, on: date, reason: str, seen: int | None = None) -> None:
        """Let it go before it is passed."""
        self._take(by, "decline", on, seen, reason=reason)

    def thank(self, by: "Member", *, on: date, seen: int | None = None) -> None:
        """Say that the receiver thanked the giver; after an outcome that closes it."""
        self._take(by, "thank", on, seen, thanked_on=on)

    def tell(self, by: "Member", what: str, *, on: date, seen: int | None = None) -> None:
        """Date what changes no state: ``feedback``, ``material`` or ``checked``."""
        if what not in ("feedback", "material", "checked"):
            raise Refused("That is nothing to be dated.")
        values: dict[str, Any] = {f"{what}_on": on}
        self._take(by, "tell", on, seen, what=what, **values)

    def hear(self, by: "Partner", *, on: date) -> None:
        """Note that the partner told how it goes, on their own page.

        That is no step of ours: nobody’s page of it is out of date by it, and what is made of
        it is for one of us to say. They need not be asked for feedback again: what they say
        before the introduction is none yet.
        """
        passed = self.is_given and self.introduced_on is not None
        if passed and (self.feedback_on is None or self.feedback_on < on):
            swap(self, "referral", ["feedback_on"], feedback_on=on)
            record(by, "hear", self, person_id=self.relationship.person_id, on=on.isoformat())

    def _take(
        self,
        by: "Member",
        verb: str,
        on: date,
        seen: int | None,
        *,
        reason: str = "",
        whom: str = "",
        what: str = "",
        since: date | None = None,
        **values: Any,
    ) -> None:
        """Take the table's step, and keep it with what it changed, in one transaction.

        ``since`` is the day from which it stands there, where that is not the step's own.
        """
        after = STATES.after(verb, self.state)
        since = since or on
        self._check(by, seen, since, after)
        if after != self.state:
            # Taken up again after *not yet*, contact, meeting and quote keep their first day.
            first = getattr(self, DATED[State(after)]) if after in UNDER_WAY else None
            values = {DATED[State(after)]: first or since, "state_on": since, **values}
        if self.outcome and after in UNDER_WAY:
            # Taken up again after *not yet*: it has no outcome any more.
            values |= {"outcome": "", "outcome_on": None}
        before = {name: _plain(getattr(self, name)) for name in ("state", "state_on", *values)}
        with transaction.atomic():
            STATES.take(self, verb, still=["version"], version=self.version + 1, **values)
            Step.objects.create(
                workspace_id=self.workspace_id, referral_id=self.pk, verb=verb, what=what or whom,
                from_state=before["state"], to_state=after, on=on, by=by, reason=reason,
                before=before,
            )  # fmt: skip
            self._record(by, verb, on=on.isoformat(), to=after)

    def unless_changed(self, seen: int | None) -> None:
        """Raise Refused where it is not any more as the page of version ``seen`` had it."""
        if seen is not None and seen != self.version:
            raise Refused(
                f"This referral has changed since this page was loaded: it is at "
                f"“{State(self.state).label.lower()}” now. Look again."
            )

    def _check(self, by: "Member", seen: int | None, on: date, after: str) -> None:
        self.unless_changed(seen)
        if on > by.today():
            raise Refused("That day is still to come. Give the day that it was.")
        if after != self.state and on < self.state_on and self.state != State.IDEA:
            raise Refused(
                f"It was at “{State(self.state).label.lower()}” from {full_day(self.state_on)} "
                f"on, so the next step can’t be earlier. Check the day."
            )
        if after == self.state and self.introduced_on and on < self.introduced_on:
            raise Refused(
                f"They were introduced on {full_day(self.introduced_on)}, so that can’t be "
                f"earlier. Check the day."
            )

    def _record(self, by: "Member", verb: str, **details: Any) -> None:
        record(by, verb, self, person_id=self.relationship.person_id, **details)


def _money(value_minor: int | None, currency: str) -> dict[str, Any]:
    if value_minor is None:
        return {}
    if value_minor < 0:
        raise Refused("Money can’t be less than nothing here. Leave it out where it is not known.")
    if not currency:
        raise Refused("Say which currency the money is in.")
    return {"value_minor": value_minor, "currency": currency}


def _plain(value: Any) -> Any:
    """Return a value as the record of a step stores it."""
    return value.isoformat() if isinstance(value, date) else value
