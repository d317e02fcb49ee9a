"""How often one has met, and which topics were covered in which kind of meeting."""

from collections import defaultdict
from collections.abc import Iterable

from touchline.core.prepared import KEY, Prepared
from touchline.meetings.models import Fact, Note, OneToOne
from touchline.playbook.playbook import KINDS
from touchline.relationships.models import Relationship


def took_place(relationship: Relationship) -> int:
    """Count the one-to-ones that took place, those before the software included (M1)."""
    return relationship.held_before + relationship.one_to_ones.took_place().count()


# Notes and facts in one query; a union keeps each pair once.
_NOTED = Prepared(
    lambda at: (
        Note.objects.filter(relationship=at.relationship)
        .exclude(topic="")
        .order_by()
        .values_list("one_to_one__kind", "topic")
        .union(
            Fact.objects.current()
            .filter(person=at.person)
            .order_by()
            .values_list("one_to_one__kind", "topic")
        )
    ),
    relationship=KEY,
    person=KEY,
)


def covered(
    relationship: Relationship, ticked: Iterable[tuple[str, list[str]]] | None = None
) -> dict[str, frozenset[str]]:
    """Return the topics covered, by kind of meeting.

    A topic is covered by a tick, or by a note or fact taken on it. What was noted outside
    any meeting counts for every kind that has the topic. ``ticked`` spares a query where the
    caller has the meetings' kinds and ticked topics already.
    """
    if ticked is None:
        meetings = OneToOne.objects.filter(relationship=relationship).exclude(covered_topics=[])
        ticked = meetings.values_list("kind", "covered_topics")
    noted = _NOTED(relationship=relationship.pk, person=relationship.person_id)
    return gathered(ticked, noted)


def gathered(
    ticked: Iterable[tuple[str, Iterable[str]]], noted: Iterable[tuple[str | None, str]]
) -> dict[str, frozenset[str]]:
    """Put ticks and notes together: the topics covered, by kind of meeting. Pure.

    ``ticked`` pairs a meeting's kind with its ticked topics, ``noted`` the kind of the
    meeting a note or fact was taken in (None: outside any) with its topic.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for kind, topics in ticked:
        found[kind].update(topics)
    for met_for, topic in noted:
        for key in [met_for] if met_for else KINDS:
            found[key].add(topic)
    return {kind: frozenset(topics) for kind, topics in found.items()}
