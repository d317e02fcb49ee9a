"""What of a sheet stands on one page of paper, where all of it would not. Pure.

The rule: the longest parts give first, all to the same length, and are cut after a sentence or a
word. The template tries the whole sheet, then each shorter one, and sets the first that fits.
"""

from collections.abc import Sequence
from dataclasses import dataclass

# Letters of all parts together in each shorter version of a sheet.
BUDGETS = (5200, 4600, 4000, 3200, 2200, 1200, 800)
# No page holds more, in the smallest letters: longer versions are not even tried.
MOST = 6600
# What a line takes at least, however little stands in it, in letters.
_LINE = 48


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading and what stands under it; ``cut`` says that there is more of it elsewhere."""

    name: str
    text: str
    cut: bool = False

    @property
    def size(self) -> int:
        """How much room it takes, in letters."""
        return 2 * _LINE + size(self.text)


def size(text: str) -> int:
    """Return the room that a text takes, in letters of full lines."""
    return sum(max(_LINE, -(-_wide(line) // _LINE) * _LINE) for line in text.splitlines())


def _wide(line: str) -> int:
    # Of scripts from Hangul and Han on, a letter takes the room of two.
    return sum(2 if letter >= "\u1100" else 1 for letter in line)


def levels(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the sheet whole, then ever shorter; without the whole where no page holds it."""
    found = [list(pieces)]
    for budget in BUDGETS:
        shorter = shortened(pieces, budget)
        if shorter != found[-1]:
            found.append(shorter)
    return found[1:] if size("\n".join(piece.text for piece in pieces)) > MOST else found


def shortened(pieces: Sequence[Piece], budget: int) -> list[Piece]:
    """Return the pieces cut so that they take ``budget`` letters of room, as evenly as can be."""
    longest = _cap([size(piece.text) for piece in pieces], budget)
    return [
        piece
        if size(piece.text) <= longest
        else Piece(piece.name, cut(piece.text, longest), cut=True)
        for piece in pieces
    ]


def _cap(sizes: Sequence[int], budget: int) -> int:
    """Return the length to which the longest are cut so that all together keep to the budget."""
    left, among = budget, sorted(sizes)
    for place, each in enumerate(among):
        share = left // (len(among) - place)
        if each > share:
            return max(_LINE * 2, share)
        left -= each
    return max(among, default=0)


def cut(text: str, room: int) -> str:
    """Return the beginning of a text in ``room`` letters: to the end of a sentence, or a word."""
    kept: list[str] = []
    for line in text.splitlines():
        takes = size(line)
        if takes <= room:
            kept.append(line)
            room -= takes
            continue
        if room >= _LINE:
            kept.append(_beginning(line, room))
        break
    said = "\n".join(kept).rstrip()
    return said if said.endswith("…") else f"{said.rstrip(' ,;:.')} …"


def _beginning(line: str, room: int) -> str:
    letters = end = 0
    while end < len(line) and letters < room - 2:
        letters += _wide(line[end])
        end += 1
    head = line[:end]
    sentence = max(head.rfind(mark) for mark in (". ", "! ", "? "))
    if sentence > len(head) * 0.6:
        return f"{head[: sentence + 1]} …"
    word = head.rfind(" ")
    head = head[:word] if word > len(head) // 2 else head
    return f"{head.rstrip(' ,;:.')} …"
