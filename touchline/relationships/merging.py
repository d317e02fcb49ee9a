"""Two programmes with one person made one, and parted: docs/domain/merging.md."""

from django.utils import timezone

from touchline.journal.models import record
from touchline.people.importing.joining import with_notes
from touchline.people.merging.hanging import relations
from touchline.people.merging.making_one import Going, Work
from touchline.people.models import Merge
from touchline.playbook.playbook import STAGES
from touchline.relationships.models import Relationship, State, Step

KEY = "relationships.Relationship.person"
MAIN_CONTACT = "main_contact"

# What is said of a programme once: the one that is further has the word, each line as a whole.
SAID = (
    ("stage",),
    ("meeting_days", "meeting_tolerance_days"),
    ("call_days", "call_tolerance_days"),
    ("length_minutes",),
    ("travel_minutes",),
)
# What one may say where the other is silent.
FILLED = (("place",), ("why",), ("alignment", "alignment_reasons"))
JOINED = ("notes", "they_expect", "we_expect")
# The livelier state stands: whoever is met in one programme is met.
LIVELY = (State.ENDED, State.PAUSED, State.ACTIVE)


def further(one: Relationship, other: Relationship) -> tuple[Relationship, Relationship]:
    """Return two programmes, the one that leads first: further in its stages, then livelier."""

    def reach(each: Relationship) -> tuple[int, int]:
        return STAGES.index(each.stage), LIVELY.index(State(each.state))

    return (one, other) if reach(one) >= reach(other) else (other, one)


class Programmes:
    """The rule for the programmes of two people who are made one."""

    def merge(self, work: Work) -> None:
        """Let the only programme come over whole, or let one be what both were.

        The record of the person who answers stays; it takes over what the programme that is
        further says, and everything that hangs on the other one. M1 counts what took place
        in either, before the software too.
        """
        mine, theirs = _of(work.kept_id), _of(work.other_id)
        if theirs is None:
            return
        if mine is None:
            work.merge.came[KEY], work.merge.stood[KEY] = [theirs.pk], []
            Relationship.objects.filter(pk=theirs.pk).update(person=work.kept_id)
            work.settle(Relationship, theirs.pk, theirs.pk)
            return
        work.settle(Relationship, mine.pk, theirs.pk)
        leads, follows = further(mine, theirs)
        work.write(mine, [{name: getattr(leads, name) for name in group} for group in SAID])
        livelier = max((leads, follows), key=lambda each: LIVELY.index(State(each.state)))
        work.write(mine, [{"state": livelier.state, "paused_until": livelier.paused_until}])
        work.write(
            mine,
            [
                {
                    name: getattr(leads if getattr(leads, group[0]) else follows, name)
                    for name in group
                }
                for group in FILLED
            ],
        )
        work.write(
            mine,
            [{one: with_notes(getattr(mine, one), getattr(theirs, one))} for one in JOINED],
        )
        last = [on for on in (mine.held_before_last_on, theirs.held_before_last_on) if on]
        contact = work.choices.get(MAIN_CONTACT)
        contacts = (mine.main_contact_id, theirs.main_contact_id)
        work.write(
            mine,
            [
                {"held_before_last_on": max(last, default=None)},
                {"begun_on": min(mine.begun_on, theirs.begun_on)},
                # M17: one of the two there are, and exactly one.
                {"main_contact_id": contact if contact in contacts else leads.main_contact_id},
            ],
        )
        # Not among what is put back: a count is taken back by what it was added, see part.
        total = min(mine.held_before + theirs.held_before, 999)
        Relationship.objects.filter(pk=mine.pk).update(held_before=total)

    def part(self, work: Work, going: Going) -> None:
        """Take their meetings before the software out of the count again.

        Where the programme came over whole and goes back, what was added to it since stays
        with the one who answered, in a programme of its own that says the same.
        """
        for label, home, back in work.merge.homes:
            if label != Relationship._meta.label:
                continue
            if home != back:
                _without(work.merge, home, back)
            else:
                _stay(work, home, going)


def _of(person_id: int) -> Relationship | None:
    rows = Relationship.objects.select_for_update(no_key=True).filter(person_id=person_id)
    found: Relationship | None = rows.first()
    return found


def _without(merge: Merge, home: int, back: int) -> None:
    mine, theirs = (Relationship.objects.get(pk=key) for key in (home, back))
    still = max(mine.held_before - theirs.held_before, 0)
    Relationship.objects.filter(pk=home).update(held_before=still)
    if still:
        # Somebody counted more since: then there is a last one, and its day stays.
        merge.changes = [
            one for one in merge.changes if one[2].get("held_before_last_on", [""])[0] is not None
        ]


def _stay(work: Work, programme: int, going: Going) -> None:
    stays = [
        (relation, keys)
        for relation in relations(Relationship)
        if (keys := sorted(set(relation.keys(programme)) - going[relation.key]))
    ]
    if not stays:
        return
    own: Relationship = Relationship.objects.get(pk=programme)
    # A copy of it, with what is its own.
    own.pk, own._state.adding = None, True
    own.person_id, own.begun_on = work.kept_id, timezone.localdate(work.merge.at)
    own.held_before, own.held_before_last_on = 0, None
    own.save()
    Step.objects.create(
        workspace_id=own.workspace_id,
        relationship=own,
        to_stage=own.stage,
        on=own.begun_on,
        by=work.by,
    )
    record(work.by, "start", own, person_id=own.person_id, stage=own.stage)
    for relation, keys in stays:
        relation.hang(keys, own.pk)
