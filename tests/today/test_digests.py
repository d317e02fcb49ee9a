"""The digest: when it is due, what it says, one a day at most."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.accounts.models import Digest, Member
from touchline.core.jobs import Worker
from touchline.demo import makers
from touchline.mail.models import About, Message, State
from touchline.meetings.models import State as OneState
from touchline.today import digests
from touchline.today.digests import due_on

BASE = "https://touch.example.org"
# A Monday.
DAY = date(2026, 11, 23)
# The last Sundays of March and October 2026, when London's clocks change, and a plain day.
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def at(on: date, hour: int, zone: str = "Europe/London", minute: int = 0) -> datetime:
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("how_often", "hour", "weekday", "made_on", "now", "due"),
    [
        ("off", 7, 0, None, at(DAY, 9), None),
        ("daily", 7, 0, None, at(DAY, 6, minute=59), None),
        ("daily", 7, 0, None, at(DAY, 7), DAY),
        ("daily", 7, 0, None, at(DAY, 23), DAY),
        ("daily", 7, 0, DAY, at(DAY, 9), None),
        ("daily", 7, 0, DAY - timedelta(days=1), at(DAY, 9), DAY),
        ("daily", 0, 0, DAY, at(DAY + timedelta(days=1), 0), DAY + timedelta(days=1)),
        # The member flew west and it is yesterday again.
        ("daily", 7, 0, DAY + timedelta(days=1), at(DAY, 9), None),
        ("weekly", 7, 0, None, at(DAY, 7), DAY),
        ("weekly", 7, 1, None, at(DAY, 7), None),
        ("weekly", 7, 0, DAY - timedelta(days=7), at(DAY, 7), DAY),
        ("weekly", 7, 0, DAY, at(DAY + timedelta(days=1), 7), None),
        # Clocks go from 1:00 to 2:00: what was due at 1 comes at 2.
        ("daily", 1, 0, None, at(SPRING, 2), SPRING),
        ("daily", 7, 0, None, at(DAY, 7, "Pacific/Kiritimati"), DAY),
        ("daily", 7, 0, None, at(DAY, 6, "Pacific/Niue"), None),
    ],
)
def test_when_it_is_due(
    how_often: str, hour: int, weekday: int, made_on: date | None, now: datetime, due: date | None
) -> None:
    assert due_on(how_often, hour, weekday, made_on, now) == due


ZONES = ("Europe/London", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati", "UTC")


@given(
    zone=st.sampled_from(ZONES),
    how_often=st.sampled_from(["daily", "weekly"]),
    hour=st.integers(0, 23),
    weekday=st.integers(0, 6),
    start=st.sampled_from([SPRING, AUTUMN, date(2026, 3, 7), date(2026, 10, 31), DAY]),
    ticks=st.lists(st.integers(0, 12 * 24 * 60), min_size=1, max_size=60),
)
def test_never_two_in_a_day_and_none_before_its_hour(
    zone: str, how_often: str, hour: int, weekday: int, start: date, ticks: list[int]
) -> None:
    """Whenever the clock ticks, over the days on which clocks change too."""
    begins = datetime(start.year, start.month, start.day, tzinfo=UTC) - timedelta(days=2)
    made: list[date] = []
    for minute in sorted(ticks):
        now = (begins + timedelta(minutes=minute)).astimezone(ZoneInfo(zone))
        on = due_on(how_often, hour, weekday, made[-1] if made else None, now)
        if on is not None:
            assert now.hour >= hour
            assert on == now.date()
            made.append(on)
    assert len(made) == len(set(made))
    assert made == sorted(made)
    if how_often == "weekly":
        assert {on.weekday() for on in made} <= {weekday}


@given(
    zone=st.sampled_from(ZONES),
    hour=st.integers(0, 23),
    start=st.sampled_from([SPRING, AUTUMN, date(2026, 3, 7), date(2026, 10, 31), DAY]),
)
def test_with_a_clock_that_ticks_every_day_has_one(zone: str, hour: int, start: date) -> None:
    begins = at(start - timedelta(days=1), 0, zone).astimezone(UTC)
    made: list[date] = []
    for minute in range(0, 80 * 60, 20):
        now = (begins + timedelta(minutes=minute)).astimezone(ZoneInfo(zone))
        if now.date() > start + timedelta(days=1):
            break
        on = due_on("daily", hour, 0, made[-1] if made else None, now)
        made += [on] if on else []
    assert made == [start - timedelta(days=1), start, start + timedelta(days=1)]


@pytest.fixture
def reader(alice: Member) -> Member:
    alice.digest, alice.digest_hour = Digest.DAILY, 7
    alice.save()
    return alice


def fill(member: Member, on: date) -> None:
    """Give the member one of everything that a digest tells."""
    begun = on - timedelta(days=120)
    anwen = makers.a_relationship(member, "Anwen Pritchard", on=begun)
    makers.a_one_to_one(anwen, member, on - timedelta(days=3), state=OneState.HELD)
    makers.a_one_to_one(anwen, member, on, hour=11, place="The Boathouse")
    makers.a_one_to_one(anwen, member, on + timedelta(days=2), hour=9)
    makers.an_action(anwen, member, "mine", "Send the lease", on)
    makers.an_action(anwen, member, "theirs", "Ring Tom", on - timedelta(days=2))
    makers.a_relationship(member, "Peter Vance", on=on - timedelta(days=400))


def test_it_is_made_once_and_sent(reader: Member) -> None:
    fill(reader, DAY)
    for minute in (0, 1, 30):
        digests.make(at(DAY, 7, minute=minute), BASE)
    message = Message.objects.get()
    assert (message.what, message.to_address) == (About.DIGEST, "alice@example.org")
    assert message.subject == "Touchline, Monday 23 November 2026"
    for said in (
        "On today\n\n- 11:00: Anwen Pritchard. Second one-to-one. The Boathouse",
        "To close out\n\n- 3 days ago: Anwen Pritchard.",
        "Promised by you\n\n- Today: Anwen Pritchard. Send the lease",
        "Promised to you\n\n- 2 days over: Anwen Pritchard. Ring Tom",
        "Due\n\n- Peter Vance.",
        f"{BASE}/settings/#digest",
    ):
        assert said in message.text, said
    assert "Wednesday" not in message.text
    assert digests.make(at(DAY + timedelta(days=1), 7), BASE) == 1
    Worker().run(until_empty=True)
    assert set(Message.objects.values_list("state", flat=True)) == {State.SENT}


def test_weekly_it_tells_of_the_week(reader: Member) -> None:
    Member.objects.update(digest=Digest.WEEKLY, digest_weekday=0)
    fill(reader, DAY)
    assert digests.make(at(DAY - timedelta(days=1), 9), BASE) == 0
    assert digests.make(at(DAY, 9), BASE) == 1
    text = Message.objects.get().text
    assert "- Today, 11:00: Anwen Pritchard" in text
    assert "- Wednesday, 9:00: Anwen Pritchard" in text


def test_nothing_to_say_is_not_said(reader: Member) -> None:
    assert digests.make(at(DAY, 7), BASE) == 1
    assert not Message.objects.exists()
    reader.refresh_from_db()
    assert reader.digest_made_on == DAY


def test_one_whose_digest_cannot_be_made_keeps_nobody_waiting(
    reader: Member, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(digests, "_said", set())
    fill(reader, DAY)
    other = makers.a_member(
        reader.workspace, "carol@example.org", "Carol", digest=Digest.DAILY, digest_hour=7
    )
    fill(other, DAY)
    gather = digests.gather

    def failing(member: Member, now: datetime) -> object:
        if member.pk == reader.pk:
            raise LookupError
        return gather(member, now)

    with monkeypatch.context() as patched:
        patched.setattr(digests, "gather", failing)
        assert digests.make(at(DAY, 7), BASE) == 1
        assert digests.make(at(DAY, 7, minute=1), BASE) == 0
        said = f"The digest of member {reader.pk} could not be made."
        assert [each.getMessage() for each in caplog.records] == [said], "once a day"
        digests.make(at(DAY + timedelta(days=1), 7), BASE)
        assert [each.getMessage() for each in caplog.records] == [said, said]
    assert list(Message.objects.values_list("by", flat=True)) == [other.pk] * 2
    reader.refresh_from_db()
    assert reader.digest_made_on is None, "it is made at the next tick"
    assert digests.make(at(DAY, 7, minute=1), BASE) == 1


def test_whoever_left_gets_none(reader: Member) -> None:
    fill(reader, DAY)
    reader.user.is_active = False
    reader.user.save()
    assert digests.make(at(DAY, 7), BASE) == 0


@pytest.mark.parametrize(("hour", "made_on"), [(8, DAY), (6, None)])
def test_turned_on_after_its_hour_the_first_comes_the_next_day(
    alice: Member, hour: int, made_on: date | None
) -> None:
    alice.change(name="Alice Hill", digest="daily", digest_hour=7, now=at(DAY, hour))
    assert alice.digest_made_on == made_on
