"""Links that open a page without an account: one purpose, one relationship, for a time."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse

from touchline.core.prepared import MOMENT, TEXT, Prepared
from touchline.core.scoping import Scoped, ScopedQuerySet
from touchline.core.states import swap
from touchline.journal.models import record
from touchline.relationships.models import Relationship, State
from touchline.sheets import tokens

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# Two looks within this time are one visit.
A_VISIT = timedelta(minutes=30)


class Purpose(models.TextChoices):
    SHEET = "sheet", "Your sheet"
    YOURS = "yours", "Asks for theirs"
    PAGE = "page", "Their page"


# How long each lives: one's own address until it is revoked.
VALID = {
    Purpose.SHEET: None,
    Purpose.YOURS: timedelta(days=60),
    Purpose.PAGE: timedelta(days=365),
}


class LinkQuerySet(ScopedQuerySet["Link"]):
    def visible_to(self, member: "Member") -> Self:
        """Return one's own sheet's addresses, and the links of relationships one sees."""
        there = Q(relationship__person__deleted_at=None, relationship__person__merged_into=None)
        own = Q(relationship=None, member=member.pk)
        return super().visible_to(member).filter(own | Q(relationship__isnull=False) & there)

    def live(self, now: datetime) -> Self:
        """Return those that open their page now."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=now), revoked_at=None)

    def find(self, secret: str, purpose: str, now: datetime) -> "Link | None":
        """Return the live link of a secret, for this purpose and no other, in one query.

        Wrong, expired, revoked and of another purpose are the same: None. So is a link of
        somebody who is deleted, of a relationship that has ended, or of the sheet of a member
        who may not sign in any more. It knows when somebody looked last: ``looked_at``, and
        ``looked_before`` the visit that goes on.
        """
        found = _FOUND(secret=tokens.hashed(secret), purpose=purpose, now=now, since=now - A_VISIT)
        link: Link | None = next(iter(found), None)
        if link is not None:
            link.opened_by = secret
        return link

    @transaction.atomic
    def issue(
        self,
        by: "Member",
        purpose: str,
        relationship: Relationship | None = None,
        *,
        now: datetime,
        valid: timedelta | None = None,
    ) -> "Link":
        """Make a link, and revoke the one it replaces.

        ``valid`` is how long it opens its page; left out, what is usual for its purpose.
        """
        # Of two who make one at once, the second waits here, and then replaces the first one's.
        held: models.QuerySet[Any] = (
            Relationship.objects.filter(pk=relationship.pk)
            if relationship
            else type(by).objects.filter(pk=by.pk)
        )
        held.select_for_update().order_by("pk").values_list("pk").first()
        former = self.filter(workspace_id=by.workspace_id, purpose=purpose, revoked_at=None)
        whose = Q(relationship=relationship) if relationship else Q(member=by, relationship=None)
        for each in former.filter(whose).select_related("relationship"):
            each.revoke(by, now=now)
        nonce, lives = tokens.nonce(), valid or VALID[Purpose(purpose)]
        made: Link = self.create(
            workspace_id=by.workspace_id,
            purpose=purpose,
            relationship=relationship,
            member=by,
            nonce=nonce,
            token_hash=tokens.hashed(tokens.token(nonce)),
            made_at=now,
            expires_at=now + lives if lives else None,
        )
        record(by, "issue", made, person_id=made.person_id, purpose=purpose)
        return made


class Link(Scoped):
    """A link: what its page is for, of which relationship, made by whom, until when.

    One's own sheet's address has no relationship: it is ``member``'s. Of each purpose a
    relationship has one that is not revoked.
    """

    purpose = models.CharField(max_length=5, choices=Purpose.choices)
    relationship = models.ForeignKey(
        Relationship, null=True, blank=True, on_delete=models.CASCADE, related_name="links"
    )
    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="links")
    nonce = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = LinkQuerySet.as_manager()
    # The secret by which it was found, on one that was.
    opened_by: str = ""

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="link_of_a_relationship",
                condition=Q(purpose="sheet", relationship=None)
                | (~Q(purpose="sheet") & Q(relationship__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["relationship", "purpose"],
                condition=Q(revoked_at=None, relationship__isnull=False),
                name="link_one_of_a_purpose",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(revoked_at=None, relationship=None),
                name="link_one_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.relationship or self.member}"

    @property
    def token(self) -> str:
        """Its secret; empty where the installation's key has changed since it was made.

        Of one that was found by its secret, that one: its pages work with any key.
        """
        if self.opened_by:
            return self.opened_by
        made = tokens.token(self.nonce)
        return made if tokens.hashed(made) == self.token_hash else ""

    @property
    def path(self) -> str:
        """The path that it opens; empty where its secret can't be made any more."""
        secret = self.token
        return reverse(f"sheets:shared_{self.purpose}", args=[secret]) if secret else ""

    @property
    def host(self) -> "Member":
        """In whose name its page speaks: the main contact's, or one's own."""
        return self.relationship.main_contact if self.relationship else self.member

    @property
    def between(self) -> Relationship:
        """The relationship that it is of. TypeError for the address of one's own sheet."""
        if self.relationship is None:
            raise TypeError("The address of one's own sheet is of no relationship.")
        return self.relationship

    @property
    def person_id(self) -> int | None:
        return self.relationship.person_id if self.relationship else None

    @property
    def looked_at(self) -> datetime | None:
        """When somebody looked last, of a link that was found by its secret."""
        return self.__dict__.get("last_look")

    @property
    def looked_before(self) -> datetime | None:
        """When they looked last before the visit that goes on."""
        return self.__dict__.get("look_before")

    def is_live(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)

    def revoke(self, by: "Member", *, now: datetime) -> None:
        """Close it for good: its page is not there any more, also for who has it open."""
        swap(self, "link", ["revoked_at"], revoked_at=now)
        record(by, "revoke", self, person_id=self.person_id)


class Visit(models.Model):
    """Somebody looked: from when to when, and how many pages. Not who: a link can be passed on."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="visits")
    began_at = models.DateTimeField()
    last_at = models.DateTimeField()
    pages = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-last_at", "-id"]
        indexes = [models.Index(fields=["link", "-last_at"], name="visit_of")]

    def __str__(self) -> str:
        return f"{self.last_at:%Y-%m-%d %H:%M}"

    @classmethod
    def log(cls, link: Link, now: datetime) -> None:
        """Count a look into the visit that goes on, or begin one: the only trace of a GET.

        One query for a link that was found by its secret.
        """
        since = now - A_VISIT
        if link.looked_at is not None and link.looked_at > since:
            going_on = cls.objects.filter(link=link, last_at__gt=since)
            if going_on.update(last_at=now, pages=F("pages") + 1):
                return
        cls.objects.create(link=link, began_at=now, last_at=now)


def _found(at: Any) -> Any:
    """Return the live link of a secret, with all that a page says of whose it is."""
    there = Q(
        relationship__isnull=False,
        relationship__person__deleted_at=None,
        relationship__person__merged_into=None,
    ) & ~Q(relationship__state=State.ENDED)
    own = Q(relationship=None, member__user__is_active=True)
    visits = Visit.objects.filter(link=OuterRef("pk")).order_by("-last_at").values("last_at")
    return (
        Link.objects.live(at.now)
        .filter(own | there, token_hash=at.secret, purpose=at.purpose)
        .annotate(
            last_look=Subquery(visits[:1]),
            look_before=Subquery(visits.filter(last_at__lte=at.since)[:1]),
        )
        .select_related(
            "workspace__playbook", "member__user", "relationship__person__company",
            "relationship__main_contact__user",
        )
        .order_by("pk")[:1]
    )  # fmt: skip


_FOUND = Prepared(_found, secret=TEXT, purpose=TEXT, now=MOMENT, since=MOMENT)
