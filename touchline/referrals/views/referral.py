"""One referral: where it stands, what comes next, what happened day by day."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, back, change
from touchline.core.money import shown
from touchline.core.refusal import Refused
from touchline.core.words import capital, day
from touchline.meetings.models import Note
from touchline.playbook.clocks import LONGEST
from touchline.playbook.models import of
from touchline.referrals.clocks import rows as clock_rows
from touchline.referrals.clocks import words as clock_words
from touchline.referrals.forms import GoingBackForm, StepForm, money_of
from touchline.referrals.learning.debriefing import told
from touchline.referrals.models import HEATS, STAYING, Answer, Asked, How, Referral
from touchline.referrals.passing import checking
from touchline.referrals.states import BEFORE, STATES, State
from touchline.referrals.stepping import Step, Steps, awaited, steps
from touchline.referrals.story import story
from touchline.referrals.taking import spoken, standing_of, take
from touchline.referrals.twice import came_to_nothing
from touchline.referrals.views import ready
from touchline.referrals.views.reaching import referral_of
from touchline.sheets.arrivals.loading import feedback

# The end of the key of a step that is of one side’s consent.
CONSENT = tuple(f":{whom.value}" for whom in Asked)


@dataclass(frozen=True, slots=True)
class Consent:
    """One side of the two: who, what is known of their answer, and what may be put down.

    ``yes`` is the key of the step by which they agree, empty where they have answered.
    """

    name: str
    words: str
    steps: tuple[Step, ...]
    yes: str
    is_posted: bool


def consents(found: Referral, offered: Steps, posted: str, today: date) -> list[Consent]:
    """Return both consents, the receiver's first (M10)."""
    partner = found.relationship.person.first
    names = {
        Asked.RECEIVER: partner if found.is_given else "You",
        Asked.PROSPECT: capital(spoken(found)),
    }
    made = []
    for whom, name in names.items():
        own = tuple(step for step in offered.all if step.key.endswith(f":{whom.value}"))
        yes = next((step.key for step in own if step.key.startswith("yes:")), "")
        words = _said(found, whom, today)
        made.append(Consent(name, words, own, yes, posted in {step.key for step in own}))
    return made


def _said(found: Referral, whom: Asked, today: date) -> str:
    answer, how = getattr(found, f"{whom}_answer"), getattr(found, f"{whom}_how")
    by = f", {How(how).label.lower()}" if how else ""
    if answer:
        on = day(getattr(found, f"{whom}_answered_on"), today)
        return f"{Answer(answer).label}{by}, {on}."
    asked = getattr(found, f"{whom}_asked_on")
    if asked:
        return f"Asked {day(asked, today)}{by}. No answer yet."
    return "Not asked yet."


def _refused(form: StepForm, offered: Steps) -> str:
    """Say what is wrong where no field on the page says it, else that one of them does."""
    if form.data.get("step", "") in {step.key for step in offered.all}:
        return "Something below needs another look."
    return str(next(iter(form.errors.values()))[0])


def page_of(
    request: MemberRequest,
    found: Referral,
    *,
    form: StepForm | None = None,
    going_back: GoingBackForm | None = None,
) -> HttpResponse:
    """Render the record; a form that came back with errors is shown with them (422)."""
    member = request.member
    at = standing_of(found)
    offered = steps(at)
    fresh = {"on": member.today(), "seen": found.version, "heat": found.heat}
    # The board leads here with the step that asks for more than a day.
    posted = (form.data if form else request.GET).get("step", "")
    of_consent = posted.endswith(CONSENT)
    is_next = bool(form and offered.next and posted == offered.next.key)
    worth = money_of(found)
    # What was quoted is what it is likely to be worth.
    fresh |= {"value": worth} if offered.next and offered.next.takes_money else {}
    plain = StepForm(initial=fresh, member=member, referral=found)
    rows = list(found.steps.all())
    consenting = found.state in BEFORE and not found.is_history
    standing = any(row.gone_back_on is None and row.verb not in STAYING for row in rows)
    debriefed = told(found)
    note = found.note_id and Note.objects.visible_to(member).filter(pk=found.note_id).first()
    page = {
        "section": "referrals",
        # The board and the list lead here, and a step leads back to them.
        "landing": back(request, found.get_absolute_url()),
        "referral": found,
        "relationship": found.relationship,
        "partner": found.relationship.person,
        "state": State(found.state),
        "next": offered.next,
        "why": offered.why,
        "awaited": awaited(offered.next.key, at) if offered.next else "",
        # In the consents each side has its own.
        "others": [
            step for step in offered.others if not (consenting and step.key.endswith(CONSENT))
        ],
        "next_form": form if is_next else plain,
        "other_form": form if form and not (is_next or of_consent) else plain,
        "consent_form": form if form and of_consent and not is_next else plain,
        "refused": _refused(form, offered) if form else "",
        "posted": posted,
        "consents": consents(found, offered, posted, member.today()) if consenting else [],
        "before": BEFORE,
        "going_back": going_back or GoingBackForm(initial={"seen": found.version}),
        "may_go_back": standing,
        "debriefed": debriefed,
        # Quietly: the need may still be there, and another partner right for it.
        "another": found.is_given and came_to_nothing(found) and not at.silent,
        "heard": feedback(found.pk),
        **ready.shown(found, member),
        "story": story(rows, at, {"receiver": found.receiver_how, "prospect": found.prospect_how}),
        "worth": shown(worth, member.workspace.country) if worth else "",
        "heat": HEATS.get(found.heat or 0, ""),
        "note": note or None,
        "dues": clock_words.shown(
            [clock_rows.of_one(found, rows, debriefed)],
            of(member.workspace).clocks,
            str(member),
            member.today(),
            ahead=timedelta(days=LONGEST),
        ),
    }
    refused = form is not None or going_back is not None
    return render(request, "referrals/referral.html", page, status=422 if refused else 200)


def referral(request: MemberRequest, pk: int) -> HttpResponse:
    """Show one referral."""
    return page_of(request, referral_of(request, pk))


def gaps_of(request: MemberRequest, found: Referral) -> list[str]:
    """Return what the readiness list still misses, a sentence each (M10)."""
    return checking.gaps_of(found, request.member)


@change
def steps_taken(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a step: ``step`` is a key of ``stepping``, ``on`` the day it was."""
    found = referral_of(request, pk)
    home = back(request, found.get_absolute_url())
    if request.method != "POST":
        return SeeOther(home)
    member = request.member
    given = request.POST.copy()
    # One tap in a list says no day: it was today.
    given.setdefault("on", member.today().isoformat())
    form = StepForm(given, member=member, referral=found)
    if form.is_valid():
        data = form.cleaned_data
        said = data["said"].strip()
        # Before both agreed nothing is passed, whatever the reason.
        passing = data["step"] == "introduce" and STATES.allows("introduce", found.state)
        gaps = gaps_of(request, found) if passing else []
        if data["step"] == "decline" and not said:
            form.add_error("said", "Say in a line why it is let go; it helps the next one.")
        elif gaps and not said:
            form.add_error(
                "said", "Something is still missing. Say in a line why you pass it all the same."
            )
        else:
            try:
                take(
                    found, member, data["step"], on=data["on"], seen=data["seen"], how=data["how"],
                    money=data["value"], said=said, heat=data["heat"], gaps=gaps,
                )  # fmt: skip
            except Refused as refused:
                if data["seen"] not in (None, found.version):
                    # Another tab was quicker: the page as it is now says more than the form.
                    raise
                form.add_error("on", str(refused))
            else:
                messages.success(request, f"{found.prospect}: {State(found.state).label.lower()}.")
                return SeeOther(home)
    return page_of(request, found, form=form)


@change
def going_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the last step back, with a reason."""
    found = referral_of(request, pk)
    home = back(request, found.get_absolute_url())
    if request.method != "POST":
        return SeeOther(home)
    form = GoingBackForm(request.POST)
    if not form.is_valid():
        return page_of(request, found, going_back=form)
    found.go_back(request.member, **form.cleaned_data)
    messages.success(request, f"Taken back. It is at “{State(found.state).label.lower()}” again.")
    return SeeOther(home)


@change
def deletion(request: MemberRequest, pk: int) -> HttpResponse:
    """Take away what was entered by mistake: an idea, or history."""
    found = referral_of(request, pk)
    if request.method != "POST":
        return SeeOther(found.get_absolute_url())
    found.delete_by(request.member)
    messages.success(request, "The referral is gone.")
    return SeeOther(found.relationship.get_absolute_url())
