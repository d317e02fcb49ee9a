"""What is due on a referral as it is shown, with words for it to copy or to send. Pure.

Each message goes to one person, is to be changed by hand, and says nothing that they do not
know: what is due comes after both have agreed to be introduced.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote

from touchline.core.words import mid_sentence
from touchline.playbook.clocks import Clocks
from touchline.referrals.clocks.clocks import AHEAD, Clock, Followed, due
from touchline.referrals.states import State


@dataclass(frozen=True, slots=True)
class Message:
    """A message: whom it is to, by the name one calls them, its subject and its text."""

    to: str
    subject: str
    text: str

    @property
    def mailto(self) -> str:
        """The message as an address that a mail programme opens, whom to left to be filled in."""
        body = self.text.replace("\n", "\r\n")
        return f"mailto:?subject={quote(self.subject)}&body={quote(body)}"


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due, as Today, the brief and the record show it.

    Of all that is due a few lines are shown: what is said of one, and the messages for it, are
    made when they are asked for, ``by`` whom they are signed, as of ``today``.
    """

    clock: Clock
    by: str
    today: date

    @property
    def referral(self) -> int:
        return self.clock.of.key

    @property
    def version(self) -> int:
        """The version that was seen."""
        return self.clock.of.version

    @property
    def relationship(self) -> int:
        return self.clock.of.relationship

    @property
    def partner(self) -> str:
        return self.clock.of.partner

    @property
    def prospect(self) -> str:
        return self.clock.of.prospect

    @property
    def kind(self) -> str:
        return self.clock.kind

    @property
    def mine(self) -> bool:
        return self.clock.mine

    @property
    def due_on(self) -> date:
        return self.clock.due_on

    @property
    def late(self) -> bool:
        return self.clock.is_late(self.today)

    @property
    def text(self) -> str:
        return self.clock.text

    @property
    def words(self) -> str:
        """When: *tomorrow*, *9 days over*."""
        return self.clock.when(self.today)

    @property
    def step(self) -> str:
        """What one tap takes; empty where a page of its own does it."""
        return self.clock.step

    @property
    def verb(self) -> str:
        return self.clock.verb

    @property
    def messages(self) -> tuple[Message, ...]:
        """What may be written to get it done."""
        return words(self.clock, self.by)


def shown(
    rows: Iterable[Followed], days: Clocks, by: str, today: date, ahead: timedelta = AHEAD
) -> tuple[Due, ...]:
    """Return what is late, or due within ``ahead``: mine first, the longest due first."""
    return tuple(Due(each, by, today) for each in due(rows, days, today, ahead))


def words(clock: Clock, by: str) -> tuple[Message, ...]:
    """Return what may be written to get it done, signed ``by``; nothing where a page does it."""
    of = clock.of
    partner, prospect = of.first, of.called
    match clock.kind, clock.mine:
        case "introduce", False:
            said = f"{prospect} and I have both said yes. Will you introduce us this week?"
            return (_to(partner, of.spoken, said, by),)
        case "contact", True:
            said = f"{of.partner} introduced us. When would ten minutes on the telephone suit you?"
            return (_to(prospect, "Our introduction", said, by),)
        case "contact", False:
            said = f"{prospect} expects to hear from you. Have you two spoken yet?"
            return (_to(partner, of.spoken, said, by),)
        case "material", True:
            said = f"Here is what I promised you: {mid_sentence(of.material)}."
            return (_to(prospect, "As promised", said, by),)
        case "material", False:
            said = f"{prospect} was promised something: {mid_sentence(of.material)}. Is it sent?"
            return (_to(partner, of.spoken, said, by),)
        case "checked", _:
            return _checked(of, by)
        case "thanks", True:
            return (_to(partner, "Thank you", _thanks(of), by),)
        case "thanks", False:
            said = (
                f"I am glad that it worked out with {prospect}. What made it work? Then I know "
                "whom to look out for next."
            )
            return (_to(partner, of.spoken, said, by),)
        case "feedback", True:
            return (_to(partner, of.spoken, _feedback(of), by),)
        case "feedback", False:
            how = "How did it go" if of.outcome else "How is it going"
            said = (
                f"{how} with {prospect}? A line is enough, also if nothing comes of it: it helps "
                "me to send you better ones."
            )
            return (_to(partner, of.spoken, said, by),)
    return ()


def _to(name: str, subject: str, said: str, by: str) -> Message:
    return Message(name, subject, f"Hello {name},\n\n{said}\n\n{by}")


def _checked(of: Followed, by: str) -> tuple[Message, ...]:
    to_partner = _to(
        of.first, of.spoken, f"How is it going with {of.called}? Is there anything I can do?", by
    )
    if of.silent:
        return (to_partner,)
    said = f"Did you and {of.first} find each other, and was it what you were looking for?"
    return to_partner, _to(of.called, of.partner, said, by)


def _thanks(of: Followed) -> str:
    if of.state == State.WON:
        return f"{of.called} has said yes to us, and that is thanks to you. Thank you."
    thanks = f"Thank you for introducing me to {of.called}."
    if of.outcome and of.state != State.NOT_YET:
        return f"{thanks} Nothing came of it this time, and I am grateful all the same."
    return f"{thanks} You will hear from me how it goes."


def _feedback(of: Followed) -> str:
    """Say how it stands, and no more than is on record."""
    who = of.called
    return {
        State.INTRODUCED: f"A word on {who}: we have not spoken yet. I tell you once we have.",
        State.CONTACTED: f"A word on {who}: we have spoken. I will tell you how it goes on.",
        State.MET: f"A word on {who}: we have met. I will tell you how it goes on.",
        State.QUOTED: f"A word on {who}: we have met, and my offer is with them.",
        State.WON: f"It worked out with {who}. When we meet I will tell you what made it work.",
        State.LOST: f"It came to nothing with {who} this time. When we meet I will tell you why, "
        "so that the next one fits better.",
        State.NOT_YET: f"It is too early for {who}. I stay in touch with them and will tell you "
        "when it moves.",
        State.NO_ANSWER: f"I have tried to reach {who} and had no answer. Do you know another way?",
        State.DUD: f"With {who} it was not what either of us thought. When we meet, let us look "
        "at what I should have told you beforehand.",
    }.get(State(of.state), f"A word on {who}.")
