"""A sheet sorted: which words answer what, and what is left as it stood. Pure.

A line that asks (a label, a heading, a question) opens an answer, and what follows belongs to it
until something else is asked. Sentences that nothing asked for are sorted where they say outright
what they tell. What is quoted asks, but never answers: those words were somebody else's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from touchline.meetings.knowing.days import BIRTHDAY
from touchline.playbook.playbook import Topic
from touchline.sheets.sorting.labels import Asks, Labels, labels_of
from touchline.sheets.sorting.lines import Line, lines_of
from touchline.sheets.sorting.prose import goes_on, sentences, told
from touchline.sheets.sorting.seeing import Seen, seen
from touchline.sheets.sorting.tables import laid_out
from touchline.sheets.theirs.wording import Key

MOST_ANSWERS = 80
MOST_LETTERS = 2000  # Of one answer, as of a fact.
_YES = re.compile(r"(?:yes|no|ja|nein)\b", re.I)
_NONE = re.compile(r"[-–—./_?x\s]*|n\s?/\s?a|k\.?\s?a\.?|tbc|tbd|not applicable|pass", re.I)
_LONG = 55  # Characters after which a line goes on in the next.
_NOT_SENT: Key = ("ideal_referral", "not_to_send")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: to which slot of which topic, in their words; ``label`` is what asked for it."""

    topic: str
    slot: str
    text: str
    label: str = ""

    @property
    def of(self) -> Key:
        return self.topic, self.slot


@dataclass(frozen=True, slots=True)
class Sorted:
    """A whole sheet: its answers in order, and the lines of it that are none, as they stood."""

    answers: tuple[Answer, ...]
    unsorted: str


@dataclass(slots=True)
class _Block:
    """What one label asked for, and the lines that answer it, by number."""

    asks: Asks
    label: str
    at: int | None  # The line of a label that stands alone.
    inline: bool
    quoted: bool = False
    said: list[tuple[int, str, bool]] = field(default_factory=list)


def sort(text: str, topics: Sequence[Topic]) -> Sorted:
    """Sort a sheet by the topics of a playbook.

    Guarantees: every word of the text is in an answer, in what asked for it, or unsorted; the
    order is that of the text; no more than ``MOST_ANSWERS``, none of more than ``MOST_LETTERS``.
    """
    return _Sorting(text, tuple(topics)).sorted()


class _Sorting:
    def __init__(self, text: str, topics: tuple[Topic, ...]) -> None:
        self.labels: Labels = labels_of(topics)
        self.there = {(topic.key, slot.key) for topic in topics for slot in topic.slots}
        self.there |= {(topic.key, "") for topic in topics}
        self.lines, self.below = lines_of(laid_out(text, self.labels))
        self.left: dict[int, str | None] = dict(enumerate(line.text for line in self.lines))
        self.found: list[tuple[int, Answer]] = []
        self.block: _Block | None = None
        self.head: _Block | None = None
        self.loose: list[int] = []

    def sorted(self) -> Sorted:
        found = [seen(self.lines, at, self.labels) for at in range(len(self.lines))]
        last = max((at for at, one in enumerate(found) if one.asks), default=-1)
        closed = False
        for at, one in enumerate(found):
            line = self.lines[at]
            if line.closes:
                self._close()
                self.head, closed = None, at > last
            elif not closed:
                self._take(at, one, more=at < last)
        self._close()
        self._prose()
        self.found.sort(key=lambda each: each[0])
        kept = [answer for _, answer in self.found[:MOST_ANSWERS]]
        rest = [f"{one.label}\n{one.text}".strip() for _, one in self.found[MOST_ANSWERS:]]
        return Sorted(tuple(kept), "\n".join([*self._unsorted(), *rest]))

    def _unsorted(self) -> Iterator[str]:
        before = -1
        for at, text in self.left.items():
            if text:
                # What was apart stays apart.
                if before >= 0 and any(
                    self.lines[between].after for between in range(before + 1, at + 1)
                ):
                    yield ""
                yield text
                before = at
        if self.below:
            yield from ["", *self.below] if before >= 0 else self.below

    # What becomes of it

    def _take(self, at: int, one: Seen, *, more: bool) -> None:
        line = self.lines[at]
        if one.asks is not None:
            self._close()
            if one.alone:
                self.head = None
            self.block = _Block(one.asks, one.label, at, not one.alone, line.quoted)
            if one.alone and not one.asks.slot:
                self.head = self.block
            if one.value:
                self.block.said.append((at, one.value, False))
        elif line.quoted:
            self._close()
            self.head = None
        elif self.block is not None and self._goes_on(self.block, line, one, more):
            self.block.said.append((at, *self._said(line)))
        elif one.named and self.head is not None:
            self._close()
            self.block = _Block(self.head.asks, "", None, inline=True)
            self.block.said.append((at, line.said, line.bullet))
        else:
            self._close()
            if one.alone:
                self.head = None
            if not (one.named or one.alone):
                self.loose.append(at)

    def _said(self, line: Line) -> tuple[str, bool]:
        return (line.body if line.role == "a" else line.said), line.bullet

    def _goes_on(self, block: _Block, line: Line, one: Seen, more: bool) -> bool:
        if one.alone and block.said:
            return False
        if block.inline:
            if line.after or one.named:
                return False
            first, (_, before, _) = self.lines[block.said[0][0]], block.said[-1]
            if first.bullet and line.bullet:
                return False
            return (
                line.indented or line.bullet or line.body[:1].islower()
                or before.endswith((",", ";", "&")) or len(before) >= _LONG
            )  # fmt: skip
        if one.named and (line.after if block.said else block.asks.slot):
            return False
        return not line.after or not block.said or line.bullet or more

    def _close(self) -> None:
        block, self.block = self.block, None
        if block is None:
            return
        text = _joined(block.said, self.lines)
        if not block.said or _NONE.fullmatch(text):
            return
        if len(text) > MOST_LETTERS:
            return
        label = block.label
        says_little = not block.asks.whole or _says_little(text, block.asks)
        if block.inline and says_little and not label.rstrip(" :").endswith("?"):
            text, label = f"{label} {text}".strip(), ""
        if self.head not in (None, block) and self.head.said == [] and self.head.at is not None:
            # Its heading stood over it: the first answer takes it along.
            label = f"{self.head.label}\n{label}".strip()
            self.left[self.head.at] = None
            self.head.at = None
        roles = " ".join(
            self.lines[at].said[: len(self.lines[at].said) - len(self.lines[at].body)]
            for at, _, _ in block.said if self.lines[at].role == "a"
        )  # fmt: skip
        label = f"{label} {roles}".strip()
        if block.at is not None:
            self.left[block.at] = None
        for at, _, _ in block.said:
            self.left[at] = None
        at = block.said[0][0]
        for of, said in self._parts(block, text):
            self.found.append((at, Answer(*of, said, label)))
            label = ""

    def _parts(self, block: _Block, text: str) -> Iterator[tuple[Key, str]]:
        """Yield what a block says: of a topic in general, each slot that a sentence is about."""
        topic = block.asks.topic
        if block.asks.slot:
            yield (topic, block.asks.slot), text
            return
        general = []
        for line in text.split("\n"):
            for sentence in sentences(line):
                of = [one for one in told(sentence) if one[0] == topic and one in self.there]
                if len(of) == 1:
                    yield of[0], sentence
                else:
                    general.append(sentence)
        if general:
            yield (topic, ""), "\n".join(general)

    # Sentences that nothing asked for

    def _prose(self) -> None:
        for paragraph in self._paragraphs():
            pieces = list(sentences(" ".join(self.lines[at].said for at in paragraph)))
            rest: list[str] = []
            last: int | None = None
            for piece in pieces:
                of = self._about(piece) if len(piece) <= MOST_LETTERS else None
                if of is not None:
                    last = len(self.found)
                    self.found.append((paragraph[0], Answer(*of, piece)))
                elif last is not None and goes_on(piece):
                    at, before = self.found[last]
                    joined = f"{before.text} {piece}"
                    if len(joined) <= MOST_LETTERS:
                        self.found[last] = (at, Answer(*before.of, joined))
                    else:
                        rest.append(piece)
                else:
                    rest.append(piece)
                    last = None
            if len(rest) < len(pieces):
                for at in paragraph:
                    self.left[at] = None
                self.left[paragraph[0]] = "\n".join(rest) or None

    def _about(self, sentence: str) -> Key | None:
        of = [one for one in told(sentence) if one in self.there]
        if not of:
            return None
        if of[0] == _NOT_SENT or len(of) == 1 or len({topic for topic, _ in of}) > 1:
            return of[0]
        return of[0][0], ""

    def _paragraphs(self) -> Iterator[list[int]]:
        """Yield the loose lines that make one text, by number."""
        held: list[int] = []
        for at in self.loose:
            line = self.lines[at]
            if held and not (
                at == held[-1] + 1
                and not line.after
                and not line.bullet
                and (len(self.lines[held[-1]].said) >= _LONG or line.body[:1].islower())
            ):
                yield held
                held = []
            held.append(at)
        if held:
            yield held


def _says_little(text: str, asks: Asks) -> bool:
    """Say whether an answer says nothing without what it answers: *14*, or *yes, with Ann*."""
    return asks.slot != BIRTHDAY and (not any(map(str.isalpha, text)) or bool(_YES.match(text)))


def _joined(said: Sequence[tuple[int, str, bool]], lines: Sequence[Line]) -> str:
    """Put the lines of an answer together; what was broken only by the width goes on."""
    text, width = "", 0
    for at, piece, bullet in said:
        line = lines[at]
        wraps = width >= _LONG or line.indented or text.endswith((",", ";", "&"))
        goes = wraps and not bullet and not line.after
        text = f"{text} {piece}" if text and goes else f"{text}\n{piece}" if text else piece
        width = len(line.text)
    return text.strip()
