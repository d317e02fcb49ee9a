"""Print what is on today, what waits, and what is due."""

import argparse
import json
from typing import Any

from touchline.commands.member import member_for
from touchline.core.words import clock, full_day, one_line, span


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the format."""
    parser.add_argument("--json", action="store_true", help="machine-readable")


def as_data(gathered: Any) -> dict[str, Any]:
    """Return Today as plain data: people by name and number, days and moments in ISO form.

    ``now`` and the lists ``day``, ``waiting``, ``promised_by_me``, ``promised_to_me``, ``due``,
    ``calls``, ``days`` (those that come up), ``referrals`` (what is due on them), ``arrivals``
    (what partners did on their pages); ``load`` in minutes a week against ``budget``.
    """
    page = gathered.today

    def who(someone: Any) -> dict[str, Any]:
        return {"person": someone.person, "relationship": someone.key, "name": someone.name}

    def promise(each: Any) -> dict[str, Any]:
        return {
            "action": each.owed.key,
            "with": who(each.who),
            "text": each.owed.text,
            "due_on": each.owed.due_on.isoformat(),
            "late": each.late,
        }

    def referral(each: Any) -> dict[str, Any]:
        return {
            "referral": each.referral,
            "with": {"relationship": each.relationship, "name": each.partner},
            "prospect": each.prospect,
            "kind": each.kind,
            "mine": each.mine,
            "text": each.text,
            "due_on": each.due_on.isoformat(),
            "late": each.late,
            "step": each.step,
            "messages": [{"to": one.to, "text": one.text} for one in each.messages],
        }

    def waiting(each: Any) -> dict[str, Any]:
        return {
            "kind": each.kind,
            "when": each.when,
            "with": who(each.who),
            "note": each.note,
            "one_to_one": each.meeting.key if each.meeting else None,
        }

    return {
        "now": {
            "with": who(page.now.who),
            "heading": page.now.heading,
            "where": page.now.where,
            "whisper": page.now.whisper,
            "one_to_one": page.now.meeting.key if page.now.meeting else None,
        }
        if page.now
        else None,
        "day": [
            {
                "at": slot.at.isoformat(),
                "words": slot.words,
                "note": slot.note,
                "one_to_one": slot.meeting.key if slot.meeting else None,
            }
            for slot in page.day
        ],
        "waiting": [waiting(each) for each in page.waiting],
        "promised_by_me": [promise(each) for each in page.mine],
        "promised_to_me": [promise(each) for each in page.theirs],
        "due": [
            {
                "with": who(row.who),
                "stage": row.who.stage,
                "words": row.situation.text,
                "due_on": row.situation.meeting.due_on.isoformat(),
                "days_late": row.situation.meeting.days_late,
                "priority": round(row.situation.meeting.priority, 4),
            }
            for row in page.due
        ],
        "calls": [waiting(each) for each in page.calls],
        "days": [
            {
                "on": each.occasion.on.isoformat(),
                "with": who(each.who) if each.who else None,
                "birthday": each.occasion.birthday,
                "text": each.occasion.text,
            }
            for each in page.days
        ],
        "referrals": [referral(each) for each in page.referrals],
        "arrivals": [
            {
                "arrival": one.key,
                "with": {"relationship": one.relationship, "name": one.name},
                "what": one.what,
                "note": one.note,
                "text": one.words,
                "at": one.at.isoformat(),
            }
            for one in page.arrivals
        ],
        "load": {"minutes_a_week": round(gathered.load.after), "budget": gathered.load.budget},
    }


def run(options: argparse.Namespace) -> int:
    """Print the day."""
    from django.utils import timezone

    from touchline.today.gather import gather

    member = member_for(options)
    with timezone.override(member.zone):
        gathered = gather(member)
        if options.json:
            print(json.dumps(as_data(gathered), ensure_ascii=False, indent=2))
        else:
            print("\n".join(_lines(gathered, timezone.localdate())))
    return 0


def _arrived(one: Any) -> str:
    words = one_line(one.words)
    return f"{one.name}: {one.did}" + (f": {words}" if words else "")


def _lines(gathered: Any, today: Any) -> list[str]:
    page = gathered.today
    out = [full_day(today), ""]
    if page.now:
        where = f" {page.now.where}" if page.now.where else ""
        out += [f"{page.now.heading}: {page.now.who.name}.{where}", page.now.whisper, ""]
    groups: list[tuple[str, list[str]]] = [
        ("The day", [f"{clock(s.at):>5}  {s.words}. {s.note}".rstrip(". ") for s in page.day]),
        ("From your partners", [_arrived(one) for one in page.arrivals]),
        ("Waiting for you", [f"{e.when}: {e.who.name}. {e.note}" for e in page.waiting]),
        ("Promised by you", [f"{e.owed.text} (to {e.who.first}, {e.words})" for e in page.mine]),
        ("Promised to you", [f"{e.owed.text} ({e.who.first}, {e.words})" for e in page.theirs]),
        ("Referrals, yours", [f"{e.text} ({e.words})" for e in page.referrals if e.mine]),
        ("Referrals, theirs", [f"{e.text} ({e.words})" for e in page.referrals if not e.mine]),
        ("Due and late", [f"{r.who.name}: {r.situation.text}" for r in page.due]),
        (
            "Days to remember",
            [e.occasion.said(e.who.name if e.who else "you", today) for e in page.days],
        ),
        ("Worth a call", [f"{e.who.name}: {e.when}" for e in page.calls]),
    ]
    for heading, lines in groups:
        if lines:
            out += [heading, *(f"  {line}" for line in lines), ""]
    load = gathered.load
    out.append(f"A usual week takes {span(load.after)} of {span(load.budget)}.")
    return out
