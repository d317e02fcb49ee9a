"""How a letter to a partner is chosen for, looked at as it will be, and sent on one's word."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther
from touchline.core.refusal import Refused
from touchline.mail import outbox
from touchline.mail.along import ALONE, Along, Ready
from touchline.mail.draft import Draft, Recipient
from touchline.mail.models import About, Message, State
from touchline.mail.reaching import addresses, recipient
from touchline.meetings.models import Action, Note, OneToOne, Side
from touchline.meetings.views.reaching import short_name
from touchline.people.models import Person
from touchline.relationships.models import Relationship

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
    # None until it was said: then it goes along before a first one-to-one.
    sheet: bool | None = None
    to: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter that can be written: which it is, and what may be chosen for it."""

    name: str
    relationship: Relationship
    title: str
    lede: str
    write: Callable[[Recipient, Choice], Draft]
    # What it is about, where that is a one-to-one, and the kinds of message it can become.
    one: OneToOne | None = None
    kinds: tuple[str, ...] = ()
    notes: list[Note] = field(default_factory=list)
    promises: list[Action] = field(default_factory=list)
    # The one-to-one that the notes and promises are of, and the next one to invite to.
    source: OneToOne | None = None
    following: OneToOne | None = None
    # What could go along, and whether the sheet does unless they say otherwise.
    ready: Ready | None = None
    encloses_at_first: bool = False
    # Where its sections are led back to.
    back: str = ""

    @property
    def key(self) -> str:
        return f"{self.name}:{self.one.pk if self.one else self.relationship.pk}"

    @property
    def person(self) -> Person:
        person: Person = self.relationship.person
        return person

    @property
    def home(self) -> str:
        """Where one comes from, and goes back to."""
        return self.back or (self.one or self.relationship).get_absolute_url()

    def invites(self, choice: Choice) -> bool:
        """Say whether the next date comes with its invitation."""
        if self.following is None or choice.invite is not None:
            return bool(choice.invite)
        return self.following.sent_sequence != self.following.sequence

    @property
    def may_enclose(self) -> bool:
        """Whether the sender's sheet may go along: where there is one."""
        return bool(self.ready and self.ready.sheet)

    def encloses(self, choice: Choice) -> bool:
        """Say whether the sender's sheet goes along."""
        chosen = self.encloses_at_first if choice.sheet is None else choice.sheet
        return self.may_enclose and chosen

    def along(self, request: MemberRequest, choice: Choice) -> Along:
        """Return what goes along with it: their page where there is one, and the sheet."""
        if self.ready is None:
            return ALONE
        return self.ready.along(sheet=self.encloses(choice), base=base_of(request))


def base_of(request: MemberRequest) -> str:
    """Return where this installation is reached, as the addresses in a letter begin."""
    return request.build_absolute_uri("/").rstrip("/")


def not_now(request: MemberRequest, home: str, sentence: str) -> HttpResponse:
    """Say why there is no such letter, on the page one comes from."""
    messages.error(request, sentence)
    return SeeOther(home)


def answer(request: MemberRequest, letter: Letter) -> HttpResponse:
    """Show a letter, keep what was chosen for it, or send it."""
    if request.method == "POST":
        return _posted(request, letter)
    choice = _chosen(request, letter)
    if request.GET.get("letter"):
        try:
            to = recipient(letter.person, choice.to)
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
    post = request.POST
    ticked = post.getlist("promise")
    choice = Choice(
        line=post.get("line", "").replace("\r\n", "\n").strip()[:LONGEST_LINE],
        without=[each.pk for each in letter.promises if str(each.pk) not in ticked],
        invite="invite" in post if letter.following else None,
        sheet="sheet" in post if letter.may_enclose else None,
        to=post.get("to", "")[:254],
    )
    to = recipient(letter.person, choice.to)
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
        relationship=letter.relationship,
        one_to_one=letter.one,
    )
    del request.session[SESSION_KEY]
    name = letter.person.first
    messages.success(request, f"On its way to {name}. Should it not go out, Today says so.")
    return SeeOther(letter.home)


def _as_it_looks(draft: Draft) -> HttpResponse:
    """Return the HTML of a letter as a page of its own, for the frame of its preview."""
    # Its styles are its own and stand in it, as in any mail; nothing else is let in.
    policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    headers = {
        "Content-Security-Policy": policy,
        "X-Frame-Options": "SAMEORIGIN",
        # It may hold an address that is a key.
        "Cache-Control": "private, no-store",
        "Referrer-Policy": "no-referrer",
    }
    return HttpResponse(draft.shown_html, headers=headers)


def _page(request: MemberRequest, letter: Letter, choice: Choice) -> HttpResponse:
    person = letter.person
    found = addresses(person)
    context: dict[str, Any] = {
        "section": "today" if letter.one else "people",
        "letter": letter,
        "one": letter.one,
        "relationship": letter.relationship,
        "person": person,
        "short_name": short_name(person),
        "choice": choice,
        "invite": letter.invites(choice),
        "encloses": letter.encloses(choice),
        "longest": LONGEST_LINE,
        "mine": [each for each in letter.promises if each.whose == Side.MINE],
        "theirs": [each for each in letter.promises if each.whose == Side.THEIRS],
        "addresses": found,
        "earlier": _earlier(request, letter),
        "kept_as_files": not settings.EMAIL_HOST,
    }
    try:
        to = recipient(person, choice.to, found)
    except Refused as refused:
        context["refusal"] = str(refused)
    else:
        context["draft"] = letter.write(to, choice)
    return render(request, "mail/letter.html", context)


def _earlier(request: MemberRequest, letter: Letter) -> list[Message]:
    """Return what went out already of this kind about this one-to-one, or to this partner."""
    mine = Message.objects.visible_to(request.member).exclude(state=State.DROPPED)
    mine = mine.filter(what__in=letter.kinds or (About(letter.name),))
    if letter.one:
        return list(mine.filter(one_to_one=letter.one))
    return list(mine.filter(relationship=letter.relationship))
