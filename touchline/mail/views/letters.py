"""Letters about one one-to-one: its recap, the note before it, its invitation."""

from django.http import HttpResponse
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import only_a_form
from touchline.mail import beforehand as note
from touchline.mail import invitation as inviting
from touchline.mail import recap as recapping
from touchline.mail.along import ready
from touchline.mail.draft import Draft, Recipient
from touchline.mail.models import About
from touchline.mail.saying import material_of
from touchline.mail.views.writing import Choice, Letter, answer, not_now
from touchline.meetings.models import State as OneState
from touchline.meetings.views.reaching import one_to_one_of


@only_a_form
def recap(request: MemberRequest, pk: int) -> HttpResponse:
    """Write the recap of a one-to-one that took place."""
    one, member, now = one_to_one_of(request, pk), request.member, timezone.now()
    if one.state not in (OneState.UNDER_WAY, OneState.HELD, OneState.CLOSED_OUT):
        sentence = "There is no recap of a one-to-one that has not been held."
        return not_now(request, one.get_absolute_url(), sentence)
    loaded = material_of(one, member)

    def write(to: Recipient, choice: Choice) -> Draft:
        return recapping.recap(
            one,
            member,
            to,
            now=now,
            line=choice.line,
            without=choice.without,
            loaded=loaded,
            invite=letter.invites(choice),
            along=letter.along(request, choice),
        )

    letter = Letter(
        name="recap",
        relationship=one.relationship,
        one=one,
        title="The recap for",
        lede="Only what you tick goes out, in your words.",
        write=write,
        notes=list(loaded.notes),
        promises=list(loaded.promises),
        source=one,
        following=one.following(now),
        ready=ready(member, one.relationship, now=now),
    )
    return answer(request, letter)


@only_a_form
def beforehand(request: MemberRequest, pk: int) -> HttpResponse:
    """Write the note before a planned one-to-one."""
    one, member, now = one_to_one_of(request, pk), request.member, timezone.now()
    if one.state != OneState.PLANNED:
        sentence = "A note beforehand goes before a planned one-to-one."
        return not_now(request, one.get_absolute_url(), sentence)
    last = note.last_of(one)
    loaded = material_of(last, member) if last else None

    def write(to: Recipient, choice: Choice) -> Draft:
        return note.beforehand(
            one,
            member,
            to,
            now=now,
            line=choice.line,
            without=choice.without,
            loaded=loaded,
            along=letter.along(request, choice),
        )

    letter = Letter(
        name="beforehand",
        relationship=one.relationship,
        one=one,
        title="A note beforehand for",
        lede="The date, last time in a few lines, and the question what they want to cover.",
        write=write,
        notes=list(loaded.notes) if loaded else [],
        promises=list(loaded.promises) if loaded else [],
        source=last,
        ready=ready(member, one.relationship, now=now),
        encloses_at_first=note.is_the_first(one, last),
    )
    return answer(request, letter)


@only_a_form
def invitation(request: MemberRequest, pk: int) -> HttpResponse:
    """Write the invitation, its update, or that it is taken back."""
    one, member, now = one_to_one_of(request, pk), request.member, timezone.now()
    off, home = one.state == OneState.CANCELLED, one.get_absolute_url()
    if off and (one.sent_sequence is None or one.sent_sequence == one.sequence):
        return not_now(request, home, "No invitation is out that would have to be taken back.")
    if not off and (one.state != OneState.PLANNED or one.starts_at <= now):
        return not_now(request, home, "One invites to a planned one-to-one that lies ahead.")

    def write(to: Recipient, choice: Choice) -> Draft:
        if off:
            return inviting.cancellation(one, member, to, now=now, line=choice.line)
        goes = letter.along(request, choice)
        return inviting.invitation(one, member, to, now=now, line=choice.line, along=goes)

    title, lede = "An invitation for", "It goes into their calendar from the mail."
    if off:
        title, lede = "The cancellation for", "It takes the date out of their calendar."
    elif one.sent_sequence is not None:
        title, lede = "The update for", "It changes the date in their calendar."
    letter = Letter(
        name="invitation",
        kinds=(About.INVITATION, About.CANCELLATION),
        relationship=one.relationship,
        one=one,
        title=title,
        lede=lede,
        write=write,
        ready=None if off else ready(member, one.relationship, now=now),
    )
    return answer(request, letter)
