"""How long each thing after a referral may take, in days: the clocks. Pure.

The lengths are those of practice. What counts from what is for ``referrals.clocks`` to say.
"""

from dataclasses import dataclass, fields
from typing import Any

from touchline.playbook.prompts import Malformed, whole

LONGEST = 365


@dataclass(frozen=True, slots=True)
class Clocks:
    """Days, 0 to ``LONGEST`` each; ``NAMES`` says from what each is counted."""

    introduce: int = 2
    contact: int = 1
    material: int = 7
    checked: int = 10
    thanks: int = 2
    feedback: int = 7
    silence: int = 14
    debrief: int = 7


# What each is, as the pages and the sentences about a bad value name it.
NAMES = {
    "introduce": "To introduce them, after both yeses",
    "contact": "To the first contact, after the introduction",
    "material": "To send what was promised, after the introduction",
    "checked": "To ask both sides how it goes, after the introduction",
    "thanks": "To say thank you, after the introduction, and after an outcome",
    "feedback": "To say how it went, after an outcome",
    "silence": "To say how it goes, after the introduction, where nothing was heard",
    "debrief": "To learn from it, after an outcome",
}


def parse(data: dict[str, Any]) -> Clocks:
    """Read the ``clocks`` of a playbook document, or raise Malformed naming what is wrong.

    What is missing is as shipped: documents from before there were clocks have none.
    """
    given = data.get("clocks", {})
    if not isinstance(given, dict):
        raise Malformed("The clocks must be days by name, as in “thanks”: 2.")
    known = [field.name for field in fields(Clocks)]
    if unknown := given.keys() - set(known):
        raise Malformed(f"There is no clock “{min(unknown)}”. There are: {', '.join(known)}.")
    return Clocks(**{key: whole("The clocks", given, key, 0, LONGEST) for key in given})
