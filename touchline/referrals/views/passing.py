"""Before a name is passed: the readiness list answered, both sides asked, the introduction."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, change, only_a_form
from touchline.core.keys import key_in
from touchline.core.refusal import Refused
from touchline.mail import introducing
from touchline.mail.models import About, Message, State
from touchline.mail.reaching import addresses, forbidden
from touchline.people.models import Company, Person
from touchline.referrals.models import STATES, Asked, Referral
from touchline.referrals.passing import wording
from touchline.referrals.passing.checking import asked_of, gaps_of
from touchline.referrals.passing.drafts import STYLES, Words, quoted
from touchline.referrals.passing.fit import ANSWERED
from touchline.referrals.passing.forms import FORMS, LetterForm, first_error
from touchline.referrals.taking import spoken
from touchline.referrals.views.reaching import referral_of

YES_NO = {"yes": True, "no": False}


@change
def readiness(request: MemberRequest, pk: int) -> HttpResponse:
    """Settle one item of the readiness list: ``item`` is its key, with its answer or fields."""
    found = referral_of(request, pk)
    home = f"{found.get_absolute_url()}#readiness"
    if request.method != "POST":
        return SeeOther(home)
    if not asked_of(found):
        raise Refused("This referral is past its readiness list.")
    seen = key_in(request.POST.get("seen", ""))
    found.change(request.member, seen=seen, **_said(request, found))
    return SeeOther(home)


def _said(request: MemberRequest, found: Referral) -> dict[str, Any]:
    """Return the columns that an answer changes, or raise Refused with what is wrong with it."""
    post, item = request.POST, request.POST.get("item", "")
    if item in FORMS:
        form = FORMS[item](post)
        if not form.is_valid():
            raise Refused(first_error(form))
        today = request.member.today()
        if any(value > today for name, value in form.cleaned_data.items() if name.endswith("_on")):
            raise Refused("That day is still to come. Give the day that it was.")
        return dict(form.cleaned_data)
    answer = YES_NO.get(post.get("answer", ""))
    if answer is None or item not in (*ANSWERED, "expects"):
        raise Refused("Answer yes or no to something on the list.")
    if item == "expects":
        return {"expects_contact": answer}
    return {"fits": {**found.fits, item: answer}}


@dataclass(frozen=True, slots=True)
class Side:
    """One to whom the words go: the field of the form, a name, and where they can be reached.

    ``reason`` says why nothing can be sent to them, empty where it can.
    """

    field: str
    name: str
    addresses: tuple[str, ...]
    reason: str


def _side(field: str, party: Person | Company | None) -> Side:
    assert party is not None  # noqa: S101 - pages without a prospect are turned away before
    reason = forbidden(party)
    found = () if reason else addresses(party)
    if not found and not reason:
        reason = f"{party.name} has no e-mail address here. Copy the words, or add one."
    return Side(field, party.name, found, reason)


@only_a_form
def asking(request: MemberRequest, pk: int, whom: str) -> HttpResponse:
    """Ask one side, in words of one's own, by mail or otherwise."""
    if whom not in Asked.values:
        raise Http404
    found = referral_of(request, pk)
    if reason := _no_asking(found, whom):
        return _back(request, found, reason)
    party = introducing.asked_at(found, whom)
    name = found.relationship.person.first if whom == Asked.RECEIVER else spoken(found)
    drafts = wording.asking(found, whom, request.member)
    form = _form(request, found, drafts)
    if request.method == "POST" and form.is_valid():
        try:
            return _asked(request, found, whom, name, form.cleaned_data)
        except Refused as refused:
            if form.cleaned_data["seen"] not in (None, found.version):
                raise
            form.add_error("text", str(refused))
    context = {
        "title": f"Words to ask {name}",
        "name": name,
        "whom": whom,
        "quotes": whom == Asked.PROSPECT and _quotes(found, form),
        "unnamed": whom == Asked.RECEIVER and not found.may_be_named,
        "asked_on": getattr(found, f"{whom}_asked_on"),
        "sides": [_side("to", party)],
    }
    return _page(request, "referrals/asking.html", found, form, drafts, context)


def _no_asking(found: Referral, whom: str) -> str:
    """Say why one side is not asked from here; empty where they may be."""
    if not found.is_given or found.is_history:
        return "The consents of this one were not yours to ask."
    if getattr(found, f"{whom}_answer"):
        return "They have answered already. Go back a step to correct it."
    if not STATES.allows("ask", found.state):
        return "It is past the asking."
    if whom == Asked.PROSPECT:
        if not (found.person_id or found.company_id):
            return "Say first who the prospect is."
        if found.person and found.person.do_not_contact:
            return f"{found.person.name} is marked do not contact, so they are not asked."
    return ""


def _asked(
    request: MemberRequest, found: Referral, whom: str, name: str, data: dict[str, Any]
) -> HttpResponse:
    member, today = request.member, request.member.today()
    if request.POST.get("do") == "send":
        introducing.ask_by_mail(
            found, member, whom, data["subject"], data["text"], to=data["to"],
            now=timezone.now(), on=today, seen=data["seen"],
        )  # fmt: skip
        messages.success(request, f"On its way to {name}. Should it not go out, Today says so.")
    else:
        found.ask(member, whom, on=today, how=data["how"], seen=data["seen"])
        messages.success(request, f"Put down: you have asked {name}.")
    return SeeOther(found.get_absolute_url())


@only_a_form
def introduction(request: MemberRequest, pk: int) -> HttpResponse:
    """Introduce both to each other, in words of one's own, by mail or otherwise."""
    found = referral_of(request, pk)
    if not STATES.allows("introduce", found.state) or not found.is_given or found.is_history:
        return _back(request, found, _no_introduction(found))
    member = request.member
    who_first = request.GET.get("first", "")
    drafts = wording.introducing(found, member, partner_first=who_first != Asked.PROSPECT)
    gaps = gaps_of(found, member)
    form = _form(request, found, drafts)
    if request.method == "POST" and form.is_valid():
        if gaps and not form.cleaned_data["reason"].strip():
            form.add_error("reason", "Something is still missing. Say in a line why you pass it.")
        else:
            try:
                return _introduced(request, found, gaps, form.cleaned_data)
            except Refused as refused:
                if form.cleaned_data["seen"] not in (None, found.version):
                    raise
                form.add_error("text", str(refused))
    prospect = introducing.asked_at(found, Asked.PROSPECT)
    context = {
        "title": f"Introduce {found.relationship.person.first} and {spoken(found)}",
        "gaps": gaps,
        "quotes": _quotes(found, form),
        "first": Asked.PROSPECT if who_first == Asked.PROSPECT else Asked.RECEIVER,
        "firsts": {Asked.RECEIVER: found.relationship.person.first, Asked.PROSPECT: spoken(found)},
        "sides": [_side("to", found.relationship.person), _side("also", prospect)],
    }
    return _page(request, "referrals/introduction.html", found, form, drafts, context)


def _no_introduction(found: Referral) -> str:
    try:
        STATES.after("introduce", found.state)
    except Refused as refused:
        return str(refused)
    return "This one was not yours to introduce."


def _introduced(
    request: MemberRequest, found: Referral, gaps: list[str], data: dict[str, Any]
) -> HttpResponse:
    member, today = request.member, request.member.today()
    given: dict[str, Any] = {"gaps": gaps, "reason": data["reason"], "seen": data["seen"]}
    if request.POST.get("do") == "send":
        introducing.introduce_by_mail(
            found, member, data["subject"], data["text"], now=timezone.now(), on=today,
            addresses=(data["to"], data["also"]), **given,
        )  # fmt: skip
        messages.success(request, "On its way to both. Should it not go out, Today says so.")
    else:
        found.introduce(member, on=today, **given)
        messages.success(request, "Put down: you have introduced them.")
    return SeeOther(found.get_absolute_url())


def _back(request: MemberRequest, found: Referral, reason: str) -> HttpResponse:
    messages.error(request, reason)
    return SeeOther(found.get_absolute_url())


def _form(request: MemberRequest, found: Referral, drafts: tuple[Words, ...]) -> LetterForm:
    if request.method == "POST":
        return LetterForm(request.POST)
    wanted = request.GET.get("draft", "")
    chosen = next((one for one in drafts if one.style == wanted), drafts[0])
    return LetterForm(
        initial={"subject": chosen.subject, "text": chosen.text, "seen": found.version}
    )


def _quotes(found: Referral, form: LetterForm) -> bool:
    """Say whether the words have the need as it was put down, which the prospect has not seen."""
    return quoted(found.need) in quoted(str(form["text"].value() or ""))


def _page(
    request: MemberRequest,
    template: str,
    found: Referral,
    form: LetterForm,
    drafts: tuple[Words, ...],
    context: dict[str, Any],
) -> HttpResponse:
    sides: list[Side] = context["sides"]
    mine = Message.objects.visible_to(request.member).filter(
        referral=found, what__in=(About.ASKING, About.INTRODUCTION)
    )
    page = {
        "section": "referrals",
        "referral": found,
        "person": found.relationship.person,
        "form": form,
        "drafts": drafts,
        "style": next(
            (one.style for one in drafts if one.style == request.GET.get("draft")),
            drafts[0].style,
        ),
        "styles": STYLES,
        "may_send": all(side.addresses for side in sides),
        "earlier": list(mine.exclude(state=State.DROPPED)),
        "kept_as_files": not settings.EMAIL_HOST,
        **context,
    }
    return render(request, template, page, status=422 if form.errors else 200)
