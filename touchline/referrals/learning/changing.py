"""How a reason for an outcome changes words that stand somewhere. Pure: see lessons.py."""

from collections.abc import Callable
from dataclasses import dataclass

# A question with it fits into the line that a brief has for it.
LONGEST_NEED = 60


@dataclass(frozen=True, slots=True)
class Happened:
    """What is known of a referral when it is debriefed, and what was typed.

    ``received`` says that it came to us: what is learnt is then about our own ideal referral.
    ``title`` is the prospect's; ``line`` what was typed in a line, ``who_else`` names, a line
    each. No name of the prospect is in here, and ``need`` is
    as the partner may see it: what is proposed is shown to them.
    """

    outcome: str
    received: bool = False
    partner: str = ""
    title: str = ""
    need: str = ""
    line: str = ""
    who_else: str = ""

    @property
    def about(self) -> str:
        """The need, as it is quoted in a question."""
        plain = " ".join(self.need.replace("{", "(").replace("}", ")").split()).rstrip(".")
        if len(plain) > LONGEST_NEED:
            plain = plain[:LONGEST_NEED].rsplit(" ", 1)[0] + "…"
        return f"“{plain}”"


# From what stands there and what happened to what should stand there; empty where only
# somebody who was there can say it, in the line.
Propose = Callable[[str, Happened], str]


def _with(before: str, new: str) -> str:
    """Add lines to a field of several, each once, whatever its capitals."""
    there = before.splitlines()
    held = {" ".join(line.casefold().split()) for line in there}
    for line in new.splitlines():
        said = " ".join(line.split())
        if said and said.casefold() not in held:
            held.add(said.casefold())
            there.append(said)
    return "\n".join(there)


def lines(before: str, what: Happened) -> str:
    """Add what was typed, as lines of their own."""
    return _with(before, what.line) if what.line else ""


def _also(before: str, said: str) -> str:
    """Say it after what a field of one line says already."""
    if not before or said.casefold() in before.casefold():
        return before or said
    return f"{before.rstrip(' .,;')}, {said}"


def one_line(before: str, what: Happened) -> str:
    """Add what was typed to a field of one line."""
    return _also(before, " ".join(what.line.split())) if what.line else ""


def instead(before: str, what: Happened) -> str:
    """Put what was typed in the place of what stands there."""
    return " ".join(what.line.split())


def area(before: str, what: Happened) -> str:
    """Take the typed place out of the area."""
    line = " ".join(what.line.split())
    if not line:
        return ""
    said = line if line.casefold().startswith("not ") else f"not {line}"
    return _also(before, said) if before else said[:1].upper() + said[1:]


def role(before: str, what: Happened) -> str:
    """Add the prospect’s role."""
    return _with(before, what.line or what.title)


def phrase(before: str, what: Happened) -> str:
    """Add what somebody said, without quotes; the need where nobody typed it."""
    said = what.line or what.need
    return _with(before, said.strip().rstrip(".").strip("“”\"'‘’"))


def wrong_person(before: str, what: Happened) -> str:
    """Say who does not decide: as typed, else by the prospect’s title."""
    if what.line:
        return _with(before, what.line)
    return _with(before, f"{what.title}, unless they decide on it") if what.title else ""


def sentence(text: str) -> Propose:
    """Add one sentence, the same whatever happened; ``{me}`` is whoever is introduced."""

    def propose(before: str, what: Happened) -> str:
        me = "me" if what.received else (what.partner or "them")
        said = text.format(me=me)
        return _with(before, f"{said}\n{what.line}")

    return propose


def spoken(before: str, what: Happened) -> str:
    """Add the words that did it; those of this introduction name the prospect, so as typed."""
    return _with(before, f"Say: {' '.join(what.line.split())}") if what.line else ""


def question(text: str) -> Propose:
    """Ask the typed question first, or this one; what is asked already stays."""

    def propose(before: str, what: Happened) -> str:
        said = " ".join((what.line or text).split())
        if said.casefold() in before.casefold():
            return before
        return f"{before} {said}".strip()

    return propose


def prompt(given: str, received: str) -> Propose:
    """Ask the typed question, or this one about the need: of what was given, or received."""

    def propose(before: str, what: Happened) -> str:
        return what.line or (received if what.received else given).format(about=what.about)

    return propose


def has_somebody(before: str, what: Happened) -> str:
    """Leave out whoever is served already."""
    said = what.line or "Whoever has somebody for it already and is content"
    return _with(before, said)


def who_else(before: str, what: Happened) -> str:
    """Add who else is in that position, by name."""
    return _with(before, what.who_else) if what.who_else else ""
