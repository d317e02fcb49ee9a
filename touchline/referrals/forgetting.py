"""What a referral says of its prospect by name goes when they go for good."""

from touchline.people.models import Company, Person
from touchline.referrals.models import Referral


def forget(who: Person | Company) -> None:
    """Leave out the words of introduction, and the sentences of what was missing.

    The need and the reasons stay: they are the member's own lines.
    """
    column = "person" if isinstance(who, Person) else "company"
    Referral.objects.filter(workspace_id=who.workspace_id, **{column: who}).update(
        words="", words_agreed_on=None, gaps=[]
    )
