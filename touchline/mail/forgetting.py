"""What was written to a prospect, or of one, goes when they go for good."""

from django.db.models import Q

from touchline.mail.models import About, Message
from touchline.mail.reaching import addresses
from touchline.people.models import Company, Person


def forget(who: Person | Company) -> None:
    """Delete the questions and introductions of the referrals in which they are the prospect.

    One that was sent before somebody else became the prospect is known by its address. What
    the steps of the referral say, and when, stays.
    """
    ours = Q(referral__person=who) if isinstance(who, Person) else Q(referral__company=who)
    theirs = addresses(who)
    Message.objects.filter(
        ours | Q(relationship=None, to_address__in=theirs) | Q(also_address__in=theirs),
        workspace_id=who.workspace_id,
        what__in=(About.ASKING, About.INTRODUCTION),
    ).delete()
