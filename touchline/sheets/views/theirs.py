"""Their sheet: what they said about themselves, to be taken over answer by answer."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, change
from touchline.core.keys import key_in
from touchline.core.refusal import Refused
from touchline.core.words import capital, count
from touchline.people.models import Photo
from touchline.playbook.models import of
from touchline.relationships.models import Relationship
from touchline.relationships.views.reaching import relationship_of
from touchline.sheets.models import AnswerState, Source, TheirAnswer, TheirSheet
from touchline.sheets.sorting.forms import PutInForm
from touchline.sheets.sorting.taking_away import kept_of
from touchline.sheets.theirs import listing, saving, settling
from touchline.sheets.theirs.choosing import AnswerForm
from touchline.sheets.theirs.weighing import Way
from touchline.sheets.views.pictures import sent

PICTURE = {"take": True, "leave": False, "later": None}


def their_sheets(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the sheets of one partner, what they are asked, and where to put in one that came."""
    page = page_of_sheets(request, relationship_of(request, pk), PutInForm())
    return render(request, "sheets/their_sheets.html", page)


def page_of_sheets(
    request: MemberRequest, relationship: Relationship, putting_in: PutInForm
) -> dict[str, Any]:
    """Return what the page of a partner's sheets shows."""
    member = request.member
    return {
        "section": "people",
        "relationship": relationship,
        "person": relationship.person,
        "asking": listing.asking_now(relationship),
        "sheets": listing.sheets_of(relationship),
        "form": saving.form_for(relationship, of(member.workspace), member.today()),
        "putting_in": putting_in,
    }


def their_sheet_of(request: MemberRequest, pk: int) -> TheirSheet:
    """Return a sheet of a partner's that the member may see, or raise 404."""
    sheets = TheirSheet.objects.visible_to(request.member).select_related(
        "relationship__person__company", "by__user"
    )
    found: TheirSheet = get_object_or_404(sheets, pk=pk)
    return found


@change
def their_sheet(request: MemberRequest, pk: int) -> HttpResponse:
    """Show one sheet of theirs beside what is known; a POST does as chosen with its answers."""
    sheet, member = their_sheet_of(request, pk), request.member
    posted = request.POST if request.method == "POST" else None
    if posted is not None and posted.get("after_all"):
        return _after_all(request, sheet)
    playbook = of(member.workspace)
    # What is typed and not handed over is nobody's to see here.
    answers = list(sheet.answers.exclude(state=AnswerState.TYPED).select_related("fact"))
    waiting = [one for one in answers if one.state == AnswerState.PROPOSED]
    found = settling.proposed(sheet, waiting) if waiting else ()
    # Others than those that are decided on stand as they are.
    forms = [
        AnswerForm(playbook, one, posted if f"a{one.answer.pk}-way" in (posted or ()) else None)
        for one in found
    ]
    picture = sheet.photo is not None and sheet.photo_given
    if posted is not None:
        bound = [form for form in forms if form.is_bound]
        _told_of_changes(posted, {form.found.answer.pk for form in bound})
        # Each says what is wrong with it, not the first alone.
        if sum(not form.is_valid() for form in bound) == 0:
            chosen = [form.chosen() for form in bound]
            picture_chosen = PICTURE.get(posted.get("picture", ""))
            settling.settle(member, sheet, chosen, picture=picture_chosen, now=timezone.now())
            messages.success(request, _done(sheet, chosen))
            return SeeOther(request.path)
    page = {
        "section": "people",
        "sheet": sheet,
        "relationship": sheet.relationship,
        "person": sheet.relationship.person,
        "forms": [form for form in forms if not form.found.answer.is_taken_back],
        "gone": [form for form in forms if form.found.answer.is_taken_back],
        "picture": picture,
        "has_photo": picture and Photo.objects.filter(person=sheet.relationship.person_id).exists(),
        "kept": kept_of(sheet) if member.may_change and sheet.source == Source.PUT_IN else (),
        "done": [
            (playbook.topic_name(one.topic), one)
            for one in answers
            if one.state != AnswerState.PROPOSED
        ],
    }
    status = 200 if posted is None else 422
    return render(request, "sheets/their_sheet.html", page, status=status)


def _told_of_changes(posted: Any, there: set[int]) -> None:
    """Refuse what was chosen for an answer that waits no more: somebody was quicker."""
    chosen = {
        name.removeprefix("a").removesuffix("-way")
        for name in posted
        if name.startswith("a") and name.endswith("-way")
    }
    if chosen - {str(key) for key in there}:
        raise Refused("An answer was decided on or taken back since you opened this. Look again.")


def _done(sheet: TheirSheet, chosen: Sequence[settling.Choice]) -> str:
    ways = Counter(one.way for one in chosen)
    kept, gone = ways[Way.TAKE] + ways[Way.INSTEAD] + ways[Way.SAME], ways[Way.WITHDRAW]
    said = []
    if kept:
        first = sheet.relationship.person.first
        said.append(f"{capital(count(kept, 'answer'))} kept, as said by {first}.")
    if gone:
        said.append(f"{capital(count(gone, 'fact'))} taken away.")
    return " ".join(said) or ("Nothing was taken over." if chosen else "Done.")


def _after_all(request: MemberRequest, sheet: TheirSheet) -> HttpResponse:
    """Take over an answer that was left out, or take away what they no longer say, as asked."""
    key = key_in(request.POST["after_all"])
    answer = get_object_or_404(TheirAnswer, pk=key, sheet=sheet, state=AnswerState.DECLINED)
    found = settling.proposed(sheet, [answer])[0]
    way = found.weighed.way if found.weighed.way in (Way.SAME, Way.WITHDRAW) else Way.TAKE
    choice = settling.Choice(
        answer.pk, found.seen, way, answer.topic, answer.slot,
        fact=found.weighed.fact if way == Way.SAME else None, dated_on=found.dated_on,
    )  # fmt: skip
    settling.settle(request.member, sheet, [choice], now=timezone.now())
    messages.success(request, _done(sheet, [choice]))
    return SeeOther(request.path)


def their_photo(request: MemberRequest, pk: int) -> HttpResponse:
    """Send the picture that they handed in; 404 until they have."""
    sheet = their_sheet_of(request, pk)
    given = sheet.photo if sheet.photo_given else None
    return sent(given, **{"Cache-Control": "private, no-store"})
