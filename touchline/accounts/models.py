"""The workspace, its members, and the links that sign them in."""

import hashlib
import secrets
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from touchline.core.refusal import Refused
from touchline.journal.models import record


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user; without a password only links and passkeys sign in."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in; what they do, they do as a member of a workspace."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    # The first membership, put here by the backend that found this user for a session.
    first_member: "Member | None" = None

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def first_name(self) -> str:
        """The name to greet with."""
        return self.name.split(" ")[0] if self.name else self.email.split("@")[0]


class WorkspaceQuerySet(models.QuerySet["Workspace"]):
    """Workspaces: how one begins, and which one takes newcomers."""

    def begin(self, name: str, owner: User, *, country: str, time_zone: str) -> "Member":
        """Make a workspace and its owner's membership, journalled; return the membership."""
        workspace = self.create(name=name, country=country)
        member = Member.objects.create(
            workspace=workspace, user=owner, role=Role.OWNER, time_zone=time_zone
        )
        record(member, "begin", workspace, name=name)
        return member

    def open(self) -> "Workspace | None":
        """Return the workspace whose owner opened sign-up; the oldest, where several are open."""
        return self.filter(open_sign_up=True).order_by("pk").first()


class Workspace(models.Model):
    """A firm, or one person; every row of data belongs to exactly one."""

    name = models.CharField(max_length=120)
    # ISO 3166 alpha-2: the country whose phone numbers need no prefix.
    country = models.CharField(max_length=2, default="GB")
    open_sign_up = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WorkspaceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def workspace_id(self) -> int:
        """Its own key: in the journal a workspace is a record of itself."""
        return self.pk

    def change(self, by: "Member", *, name: str, country: str, open_sign_up: bool) -> None:
        """Change what the workspace says about itself; its owners alone may.

        ``country`` is an ISO 3166 alpha-2 code. Raises Refused for anyone else.
        """
        if not by.is_owner or by.workspace_id != self.pk:
            raise Refused("Only an owner changes the workspace. Ask one of them.")
        changed = _changed(self, name=name, country=country, open_sign_up=open_sign_up)
        if changed:
            self.save(update_fields=list(changed))
            record(by, "change", self, changed=changed)

    def join(self, user: User) -> "Member":
        """Make ``user`` a member by open sign-up, or raise Refused where it is closed."""
        if not self.open_sign_up:
            raise Refused("Sign-up is closed. Ask the owner of the workspace to open it.")
        member = Member.objects.create(workspace=self, user=user, role=Role.MEMBER)
        record(member, "join", member)
        return member


def _changed(row: models.Model, **fields: Any) -> dict[str, list[Any]]:
    """Set fields on a row; return those that differ, each as *before* and *after*."""
    changed = {
        field: [getattr(row, field), value]
        for field, value in fields.items()
        if getattr(row, field) != value
    }
    for field, (_, after) in changed.items():
        setattr(row, field, after)
    return changed


def _plain(value: Any) -> Any:
    """Return a value as the journal stores it."""
    return value.isoformat("minutes") if isinstance(value, time) else value


class Role(models.TextChoices):
    OWNER = "owner", "Owner"
    MEMBER = "member", "Member"
    VIEWER = "viewer", "Viewer"


class Digest(models.TextChoices):
    """How often one is told by mail what is on."""

    OFF = "off", "Never"
    DAILY = "daily", "Daily"
    WEEKLY = "weekly", "Weekly"


class MemberQuerySet(models.QuerySet["Member"]):
    """Members, fetched with all that a request needs."""

    def visible_to(self, member: "Member") -> Self:
        """Return the members of the asking member's workspace."""
        return self.filter(workspace_id=member.workspace_id)

    def signed_in(self, user_id: int) -> Self:
        """Return a user's memberships with workspace, user and playbook in one query."""
        return self.filter(user_id=user_id).select_related("workspace__playbook", "user")


class Member(models.Model):
    """A user in a workspace: owner, member or viewer."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)
    time_zone = models.CharField(max_length=64, default="Europe/London")
    # M8. Four hours a week is one meeting with its travel and a few calls.
    weekly_budget_minutes = models.PositiveIntegerField(
        default=240, validators=[MinValueValidator(15), MaxValueValidator(3600)]
    )
    preparation_minutes = models.PositiveIntegerField(
        default=10, validators=[MaxValueValidator(240)]
    )
    call_minutes = models.PositiveIntegerField(
        default=10, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )

    # When one usually meets: weekdays (0 is Monday) and hours of the day.
    usual_weekdays = models.CharField(max_length=7, default="01234")
    usual_from = models.TimeField(default=time(9))
    usual_until = models.TimeField(default=time(17))
    # 3/12 is the third of December, unless one writes the month first.
    month_first = models.BooleanField(default=False)
    digest = models.CharField(max_length=6, choices=Digest.choices, default=Digest.OFF)
    digest_hour = models.PositiveSmallIntegerField(default=7, validators=[MaxValueValidator(23)])
    digest_weekday = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(6)])
    # The member's own day for which the last digest was made, sent or with nothing to say.
    digest_made_on = models.DateField(null=True, blank=True)

    # What a member changes about themselves.
    SETTINGS: ClassVar[frozenset[str]] = frozenset({
        "time_zone", "weekly_budget_minutes", "preparation_minutes", "call_minutes",
        "usual_weekdays", "usual_from", "usual_until", "month_first",
        "digest", "digest_hour", "digest_weekday",
    })  # fmt: skip

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="member_once"),
            models.CheckConstraint(
                name="member_usual_hours", condition=Q(usual_from__lt=F("usual_until"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def may_change(self) -> bool:
        """Whether this member may change anything; viewers may not."""
        return self.role != Role.VIEWER

    @property
    def is_owner(self) -> bool:
        return self.role == Role.OWNER

    @property
    def zone(self) -> ZoneInfo:
        """The member's time zone."""
        return ZoneInfo(self.time_zone)

    def change(self, *, name: str, now: datetime | None = None, **fields: Any) -> None:
        """Change one's own name and settings (``SETTINGS``), journalled.

        The budget is of one week, preparation of one meeting, a call of one call, all in
        minutes (M8). A digest asked for after its hour of the day comes first at the next one.
        """
        unknown = fields.keys() - self.SETTINGS
        if unknown:
            raise TypeError(f"These are no settings: {', '.join(sorted(unknown))}.")
        named = _changed(self.user, name=name)
        if named:
            self.user.save(update_fields=["name"])
        changed = _changed(self, **fields)
        if changed:
            stored = list(changed)
            at = (now or timezone.now()).astimezone(self.zone)
            if changed.keys() & {"digest", "digest_hour"} and at.hour >= self.digest_hour:
                self.digest_made_on = at.date()
                stored.append("digest_made_on")
            self.save(update_fields=stored)
        if named or changed:
            told = {name: [*map(_plain, pair)] for name, pair in {**named, **changed}.items()}
            record(self, "change", self, changed=told)

    def today(self, now: datetime | None = None) -> date:
        """Return the day it is for the member."""
        return (now or timezone.now()).astimezone(self.zone).date()


class SignInLinkQuerySet(models.QuerySet["SignInLink"]):
    """Links, found only by the token that hashes to them."""

    def issue(self, user: "User | None", *, valid: timedelta) -> str:
        """Make a link for ``user`` (None: to make the first owner); return its token.

        Only a hash is stored, so the database cannot give the token away.
        """
        token = secrets.token_urlsafe(32)
        self.create(
            user=user, token_hash=SignInLink.hashed(token), expires_at=timezone.now() + valid
        )
        return token

    def usable(self, token: str) -> Self:
        """Return the unused, unexpired link of ``token``, if there is one."""
        return self.filter(
            token_hash=SignInLink.hashed(token), used_at=None, expires_at__gt=timezone.now()
        )


class SignInLink(models.Model):
    """A link that signs in once; without a user it makes the owner of a new installation."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = SignInLinkQuerySet.as_manager()

    @staticmethod
    def hashed(token: str) -> str:
        """Return the SHA-256 of a token, in hexadecimal."""
        return hashlib.sha256(token.encode()).hexdigest()

    def use(self) -> None:
        """Spend the link, or raise Refused where somebody else just did."""
        spent = SignInLink.objects.filter(pk=self.pk, used_at=None).update(used_at=timezone.now())
        if not spent:
            raise Refused("This link has been used already. Ask for a new one.")
