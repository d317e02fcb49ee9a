"""Words to begin with: asking the partner, asking the prospect, introducing both. Pure.

Three of each, short, warm and formal, to be changed by hand. To the partner nothing goes but
what ``naming.for_partner`` has.
"""

from dataclasses import dataclass
from datetime import date

from touchline.core.words import capital, clipped, listed, mid_sentence, one_line, short_day
from touchline.people.naming import first
from touchline.referrals.passing.named import ForPartner

STYLES = {"short": "Short", "warm": "Warm", "formal": "Formal"}
TOPIC = 80  # Letters of a need in a subject.


@dataclass(frozen=True, slots=True)
class Words:
    """One draft: its style, the subject of a mail, and the text."""

    style: str
    subject: str
    text: str

    @property
    def name(self) -> str:
        return STYLES[self.style]


@dataclass(frozen=True, slots=True)
class Party:
    """One of two who are introduced: a name, what to call them by, and their company."""

    name: str
    first: str
    company: str = ""

    @property
    def whole(self) -> str:
        """The name with the company: *Ann Lee (Lee & Co)*."""
        firm = one_line(self.company)
        name = one_line(self.name)
        return f"{name} ({firm})" if firm and firm != name else name


@dataclass(frozen=True, slots=True)
class Spoken:
    """How to speak of the partner: the pitch card's sentence, and what to ask first."""

    sentence: str = ""
    ask_first: str = ""


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _sentence(text: str) -> str:
    """End a sentence that somebody typed."""
    text = " ".join(text.split())
    return text if not text or text[-1] in ".!?…”" else f"{text}."


def quoted(need: str) -> str:
    """Return the words of a need as the drafts quote them."""
    return " ".join(need.split()).rstrip(".")


def _need(need: str) -> str:
    return f"“{quoted(need)}”"


def ask_receiver(partner: Party, shown: ForPartner, by: str) -> tuple[Words, ...]:
    """Ask a partner whether they want it: the need, and nobody named."""
    need = _need(shown.need)
    subject = "Somebody you might help"
    return (
        Words(
            "short",
            subject,
            _paragraphs(
                f"Hello {partner.first},",
                f"Somebody I know has this on their mind: {need}. Is that for you? If so, I ask "
                "them before I give you a name. If not, a no is just as good.",
                by,
            ),
        ),
        Words(
            "warm",
            f"{subject}, if you like",
            _paragraphs(
                f"Hello {partner.first},",
                f"You came to mind when somebody I know told me of this: {need}.",
                "I think you would get on, and that you could help. They stay unnamed until "
                "they agree to it, so there is nothing for you to do yet. Shall I ask them?",
                "If it is not for you, or not now, say so. I would rather hear it early.",
                f"Warm regards\n{by}",
            ),
        ),
        Words(
            "formal",
            "A possible referral",
            _paragraphs(
                f"Dear {partner.first},",
                f"I know of somebody with the following need: {need}.",
                "Before I make an introduction I ask both sides apart. Please let me know "
                "whether you would like to be introduced; their name follows once they have "
                "agreed. There is no obligation, and no reason needed should it not suit you.",
                f"Kind regards\n{by}",
            ),
        ),
    )


def _came_up(on: date | None, today: date, quoted: str) -> str:
    """Say when it came up; where is a note to ourselves, who were there."""
    when = f" on {short_day(on, today)}" if on else ""
    return f"this came up{when}: {quoted}"


def ask_prospect(
    prospect: Party,
    partner: Party,
    spoken: Spoken,
    need: str,
    by: str,
    *,
    today: date,
    stated_on: date | None = None,
) -> tuple[Words, ...]:
    """Ask a prospect whether they want to meet the partner, with an easy way out."""
    came_up = _came_up(stated_on, today, _need(need))
    pitch = _sentence(spoken.sentence)
    question = _sentence(spoken.ask_first.splitlines()[0]) if spoken.ask_first.strip() else ""
    asks = f"What {partner.first} would ask you first: {question}" if question else ""
    subject = f"May I introduce you to {partner.whole}?"
    return (
        Words(
            "short",
            subject,
            _paragraphs(
                f"Hello {prospect.first},",
                f"{capital(came_up)}. I know {partner.whole}. {pitch}".strip(),
                "Shall I introduce you? If not, just say no, and I leave it at that.",
                by,
            ),
        ),
        Words(
            "warm",
            subject,
            _paragraphs(
                f"Hello {prospect.first},",
                f"I have been thinking of what we spoke about. When we did, {came_up}.",
                f"{partner.whole} is somebody I know and trust. {pitch}".strip(),
                asks,
                f"May I give {partner.first} your name? You would hear from {partner.first} in a "
                "day or two. Nothing goes to anybody before you say so, and a no is quite all "
                "right.",
                f"Warm regards\n{by}",
            ),
        ),
        Words(
            "formal",
            f"An introduction to {partner.whole}",
            _paragraphs(
                f"Dear {prospect.first},",
                f"I write because {came_up}.",
                f"I should like to introduce you to {partner.whole}. {pitch}".strip(),
                asks,
                "I pass on your name and how to reach you only with your agreement. Should you "
                "prefer not to be introduced, a line is enough, and you need give no reason.",
                f"Kind regards\n{by}",
            ),
        ),
    )


def topic(need: str) -> str:
    """Say a need as the end of a subject: *a lease to be read before it is signed*."""
    said = clipped(one_line(need), TOPIC)
    # *A lease*: mid_sentence leaves a single letter as it is, for it may be *I*.
    return f"a{said[1:].rstrip('.')}" if said.startswith("A ") else mid_sentence(said)


def subject(partner: Party, prospect: Party, need: str) -> str:
    """Return the subject as practised: *Introduction: A (firm) and B (firm), topic*."""
    return f"Introduction: {partner.whole} and {prospect.whole}, {topic(need)}"


def introduction(
    partner: Party,
    prospect: Party,
    spoken: Spoken,
    need: str,
    by: str,
    *,
    words: str = "",
    partner_first: bool = True,
) -> tuple[Words, ...]:
    """Introduce both to each other, and say who writes first.

    ``words`` are those that were agreed; without them the pitch card speaks of the partner.
    """
    about = " ".join(words.split()) if words.strip() else _sentence(spoken.sentence)
    writer, other = (partner, prospect) if partner_first else (prospect, partner)
    both = listed([partner.first, prospect.first])
    line = subject(partner, prospect, need)
    soon = "by tomorrow" if partner_first else "when it suits you"
    bcc = "When you reply, please move me to bcc, so that I am out of your way from then on."
    return (
        Words(
            "short",
            line,
            _paragraphs(
                f"{both},",
                f"As you both agreed: {partner.first}, meet {prospect.whole}. "
                f"{prospect.first}, meet {partner.whole}. {_sentence(about)}".strip(),
                f"It is about this: {_need(need)}. {writer.first}, would you write to "
                f"{other.first} first, {soon}? {bcc}",
                by,
            ),
        ),
        Words(
            "warm",
            line,
            _paragraphs(
                f"Hello {both},",
                "I am glad to bring you two together, as I told each of you.",
                f"{prospect.first}, this is {partner.whole}. {_sentence(about)}".strip(),
                f"{partner.first}, this is {prospect.whole}, who has this on their mind: "
                f"{_need(need)}.",
                f"The next step: {writer.first}, please write to {other.first} {soon} and offer "
                f"a time to talk. {bcc}",
                f"Enjoy the conversation\n{by}",
            ),
        ),
        Words(
            "formal",
            line,
            _paragraphs(
                f"Dear {both},",
                "With the agreement of both of you I should like to introduce you to each other.",
                f"{partner.whole}: {_sentence(about)}" if about else f"{partner.whole}.",
                f"{prospect.whole}: the matter is {_need(need)}.",
                f"May I ask {writer.first} to write to {other.first} first, {soon}. {bcc}",
                f"Kind regards\n{by}",
            ),
        ),
    )


def party(name: str, given: str, company: str) -> Party:
    """Return one side as the drafts name it; a firm alone is called by its own name."""
    return Party(one_line(name) or one_line(company), first(name, given) or company, company)
