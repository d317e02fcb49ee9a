"""Measures a captured line: from the posting to the answer, in rounds with the floor."""

import gc
import time
from itertools import count
from statistics import median, quantiles
from urllib.parse import urlencode

from django.utils import timezone

from tests.bench.measuring import Stand
from tests.bench.pages import FLOOR
from touchline.accounts.models import Member
from touchline.meetings.models import OneToOne, State

ROUNDS = 200
MANY_LINES = 40
FORM = "application/x-www-form-urlencoded"
TALKED_OF = (
    "She has told four of the farms on the hill about us",
    "/action me by Friday send the outline to her bookkeeper",
    "/action them next week ask the Bebbs whether I may ring",
    "/fact family: the younger one starts school in September",
    "/idea Peter Vance and the Bebbs, about the barn",
)


def figures(stand: Stand, rounds: int = ROUNDS) -> dict[str, float]:
    """Return how long a line takes until it is acknowledged, and until it is shown as read.

    Acknowledged is the 303 that answers the posting: the line is stored. Shown is the page’s
    part fetched after it, with the line as it was understood.
    """
    with stand.open():
        owner = Member.objects.order_by("pk")[0]
        one = _under_way(Member.objects.signed_in(owner.user_id).get(pk=owner.pk))
        floor = next(page.path for page in stand.pages if page.name == FLOOR)
        path = f"{one.get_absolute_url()}lines/"
        asked, taken, shown = list[float](), list[float](), list[float]()
        gc.collect()
        gc.freeze()
        for number in range(-10, rounds):
            texts = TALKED_OF[number % len(TALKED_OF)]
            # As the page's form comes; Django's client would make it one with files.
            form = urlencode(
                {"text": f"{texts} {number}", "back": path, "once": f"bench-{next(_ONCE)}"}
            )
            began = time.perf_counter()
            stand.client.get(floor)
            between = time.perf_counter()
            answer = stand.client.post(path, form, FORM)
            stored = time.perf_counter()
            assert answer.status_code == 303, answer.content[:500]
            if number >= 0:
                asked.append(between - began)
                taken.append(stored - between)
            # A long meeting has forty lines; beyond them nobody waits for the list of them.
            if number < MANY_LINES:
                stand.client.get(answer["Location"])
                shown.append(time.perf_counter() - between)
    lowest = median(asked)
    return {
        "captured line p95 ms": round(_p95(taken) * 1000, 2),
        "captured line p50 over the floor": round(median(taken) / lowest, 2),
        "captured line p95 over the floor": round(_p95(taken) / lowest, 2),
        "captured line shown p95 over the floor": round(_p95(shown) / lowest, 2),
    }


_ONCE = count()


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[18]


def _under_way(member: Member) -> OneToOne:
    """Begin the next one that is planned."""
    mine = OneToOne.objects.visible_to(member).filter(relationship__main_contact=member)
    planned = mine.filter(state=State.PLANNED).select_related("relationship")
    one: OneToOne = planned.order_by("starts_at")[0]
    one.begin(member, now=timezone.now())
    return one
