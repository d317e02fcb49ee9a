"""A message to a partner: chosen, looked at as it will be, and sent on the member's word."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, only_a_form
from touchline.core.refusal import Refused
from touchline.mail import beforehand as note
from touchline.mail import invitation as inviting
from touchline.mail import outbox
from touchline.mail import recap as recapping
from touchline.mail.draft import Draft, Recipient
from touchline.mail.models import Message, State
from touchline.mail.reaching import addresses, recipient
from touchline.mail.saying import material_of
from touchline.meetings.models import Action, Note, OneToOne, Side
from touchline.meetings.models import State as OneState
from touchline.meetings.views.reaching import one_to_one_of, shared

# What was chosen for the letter one is at, kept in the session until it is sent.
SESSION_KEY = "letter"
LONGEST_LINE = 600


@dataclass
class Choice:
    """What the member chose for one letter."""

    line: str = ""
    without: list[int] = field(default_factory=list)
    # None until it was said: then they are invited to what they have not heard of yet.
    invite: bool | None = None
    to: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter that can be written: which it is, and what may be chosen for it."""

    name: str
    one: OneToOne
    title: str
    lede: str
    write: Callable[[Recipient, Choice], Draft]
    notes: list[Note] = field(default_factory=list)
    promises: list[Action] = field(default_factory=list)
    # The one-to-one that the notes and promises are of, and the next one to invite to.
    source: OneToOne | None = None
    following: OneToOne | None = None

    @property
    def key(self) -> str:
        return f"{self.name}:{self.one.pk}"

    def invites(self, choice: Choice) -> bool:
        """Say whether the next date comes with its invitation."""
        if self.following is None or choice.invite is not None:
            return bool(choice.invite)
        return self.following.sent_sequence != self.following.sequence


@only_a_form
def recap(request: MemberRequest, pk: int) -> HttpResponse:
    """Write the recap of a one-to-one that took place."""
    one, member, now = one_to_one_of(request, pk), request.member, timezone.now()
    if one.state not in (OneState.UNDER_WAY, OneState.HELD, OneState.CLOSED_OUT):
        return _not_now(request, one, "There is no recap of a one-to-one that has not been held.")
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
        )

    letter = Letter(
        name="recap",
        one=one,
        title="The recap for",
        lede="Only what you tick goes out, in your words.",
        write=write,
        notes=list(loaded.notes),
        promises=list(loaded.promises),
        source=one,
        following=one.following(now),
    )
    return _answer(request, letter)


@only_a_form
def beforehand(request: MemberRequest, pk: int) -> HttpResponse:
    """Write the note before a planned one-to-one."""
    one, member, now = one_to_one_of(request, pk), request.member, timezone.now()
    if one.state != OneState.PLANNED:
        return _not_now(request, one, "A note beforehand goes before a planned one-to-one.")
    last = note.last_of(one)
    loaded = material_of(last, member) if last else None

    def write(to: Recipient, choice: Choice) -> Draft:
        return note.beforehand(
            one, member, to, now=now, line=choice.line, without=choice.without, loaded=loaded
        )

    return _answer(
        request,
        Letter(
            name="beforehand",
            one=one,
            title="A note beforehand for",
            lede="The date, last time in a few lines, and the question what they want to cover.",
            write=write,
            notes=list(loaded.notes) if loaded else [],
            promises=list(loaded.promises) if loaded else [],
            source=last,
        ),
    )


@only_a_form
def invitation(request: MemberRequest, pk: int) -> HttpResponse:
    """Write the invitation, its update, or that it is taken back."""
    one, member, now = one_to_one_of(request, pk), request.member, timezone.now()
    off = one.state == OneState.CANCELLED
    if off and (one.sent_sequence is None or one.sent_sequence == one.sequence):
        return _not_now(request, one, "No invitation is out that would have to be taken back.")
    if not off and (one.state != OneState.PLANNED or one.starts_at <= now):
        return _not_now(request, one, "One invites to a planned one-to-one that lies ahead.")
    writing = inviting.cancellation if off else inviting.invitation

    def write(to: Recipient, choice: Choice) -> Draft:
        return writing(one, member, to, now=now, line=choice.line)

    title, lede = "An invitation for", "It goes into their calendar from the mail."
    if off:
        title, lede = "The cancellation for", "It takes the date out of their calendar."
    elif one.sent_sequence is not None:
        title, lede = "The update for", "It changes the date in their calendar."
    return _answer(request, Letter(name="invitation", one=one, title=title, lede=lede, write=write))


def _not_now(request: MemberRequest, one: OneToOne, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return SeeOther(one.get_absolute_url())


def _answer(request: MemberRequest, letter: Letter) -> HttpResponse:
    if request.method == "POST":
        return _posted(request, letter)
    choice = _chosen(request, letter)
    if request.GET.get("letter"):
        try:
            to = recipient(letter.one.relationship.person, choice.to)
        except Refused:
            return SeeOther(request.path)
        return _as_it_looks(letter.write(to, choice))
    return _page(request, letter, choice)


def _chosen(request: MemberRequest, letter: Letter) -> Choice:
    """Return what was chosen for this letter; of another one, nothing."""
    kept = request.session.get(SESSION_KEY) or {}
    return Choice(**kept["choice"]) if kept.get("key") == letter.key else Choice()


def _posted(request: MemberRequest, letter: Letter) -> HttpResponse:
    """Keep what was chosen; send it where that is what the member saw, else show it."""
    post, one = request.POST, letter.one
    ticked = post.getlist("promise")
    choice = Choice(
        line=post.get("line", "").replace("\r\n", "\n").strip()[:LONGEST_LINE],
        without=[each.pk for each in letter.promises if str(each.pk) not in ticked],
        invite="invite" in post if letter.following else None,
        to=post.get("to", "")[:254],
    )
    to = recipient(one.relationship.person, choice.to)
    for each in letter.notes:
        each.share(request.member, shared=str(each.pk) in post.getlist("note"))
    request.session[SESSION_KEY] = {"key": letter.key, "choice": vars(choice)}
    here = SeeOther(f"{request.path}#letter")
    if post.get("do") != "send":
        return here
    draft = letter.write(to, choice)
    if post.get("shown") != draft.fingerprint:
        messages.info(request, "It reads differently now. Look at it, then send it.")
        return here
    outbox.send(
        draft,
        request.member,
        now=timezone.now(),
        relationship=one.relationship,
        one_to_one=one,
    )
    del request.session[SESSION_KEY]
    name = one.relationship.person.first
    messages.success(request, f"On its way to {name}. Should it not go out, Today says so.")
    return SeeOther(one.get_absolute_url())


def _as_it_looks(draft: Draft) -> HttpResponse:
    """Return the HTML of a letter as a page of its own, for the frame of its preview."""
    # Its styles are its own and stand in it, as in any mail; nothing else is let in.
    policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    headers = {"Content-Security-Policy": policy, "X-Frame-Options": "SAMEORIGIN"}
    return HttpResponse(draft.html, headers=headers)


def _page(request: MemberRequest, letter: Letter, choice: Choice) -> HttpResponse:
    one, person = letter.one, letter.one.relationship.person
    context: dict[str, Any] = {
        **shared(one),
        "letter": letter,
        "choice": choice,
        "invite": letter.invites(choice),
        "longest": LONGEST_LINE,
        "mine": [each for each in letter.promises if each.whose == Side.MINE],
        "theirs": [each for each in letter.promises if each.whose == Side.THEIRS],
        "addresses": addresses(person),
        "earlier": _earlier(request, letter),
        "kept_as_files": not settings.EMAIL_HOST,
    }
    try:
        to = recipient(person, choice.to)
    except Refused as refused:
        context["refusal"] = str(refused)
    else:
        context["draft"] = letter.write(to, choice)
    return render(request, "mail/letter.html", context)


def _earlier(request: MemberRequest, letter: Letter) -> list[Message]:
    """Return what went out already of this kind about this one-to-one."""
    mine = Message.objects.visible_to(request.member)
    kinds = ["invitation", "cancellation"] if letter.name == "invitation" else [letter.name]
    return list(mine.filter(one_to_one=letter.one, what__in=kinds).exclude(state=State.DROPPED))
