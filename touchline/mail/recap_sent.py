"""The last recap that went out to a partner."""

from touchline.core.prepared import KEY, Prepared
from touchline.mail.links import SECRET
from touchline.mail.models import About, Message, State
from touchline.relationships.models import Relationship
from touchline.sheets.partner_page.loading import Sent

_LAST = Prepared(
    lambda at: (
        Message.objects.filter(relationship=at.relationship, what=About.RECAP, state=State.SENT)
        .order_by("-sent_at", "-pk")
        .values_list("sent_at", "text")[:1]
    ),
    relationship=KEY,
)


def recap_sent(relationship: Relationship) -> Sent | None:
    """Return the last recap that was sent to the partner of a relationship, as it was sent.

    Without the paragraph that led to a page by a link: no table holds its secret.
    """
    for at, text in _LAST(relationship=relationship.pk):
        paragraphs = text.replace("\r\n", "\n").split("\n\n")
        return Sent(at, "\n\n".join(each for each in paragraphs if SECRET not in each))
    return None
