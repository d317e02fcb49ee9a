"""What becomes of a question, and questions of one person's own; then the pages for both."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.meetings import cast
from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.meetings.asking import own
from touchline.meetings.asking.answering import answer, ask_again
from touchline.meetings.models import AgendaItem, Asked, Fact, OneToOne, Outcome, OwnPrompt, State
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]


@pytest.fixture
def anwen(alice: Member) -> Relationship:
    before = alice.today() - timedelta(days=210)
    return cast.anwen(alice, held_before=2, held_before_last_on=before)


@pytest.fixture
def one(anwen: Relationship, alice: Member) -> OneToOne:
    return cast.ahead(anwen, alice)


def tell(relationship: Relationship, by: Member, **given: Any) -> Asked:
    values = {"prompt": "family-2", "about": "", "outcome": Outcome.ANSWERED, "on": by.today()}
    return answer(relationship, by, **{**values, **given})


def test_an_answer_in_words_is_a_fact_in_the_slot(
    anwen: Relationship, alice: Member, one: OneToOne
) -> None:
    tell(anwen, alice, text=" Two girls ", one_to_one=one)
    fact = Fact.objects.visible_to(alice).get()
    assert (fact.topic, fact.slot, fact.text) == ("family", "children", "Two girls")
    assert fact.one_to_one == one
    assert Entry.objects.filter(verb="asked.answered", person_id=anwen.person_id).count() == 1
    assert "Two girls" not in str(list(Entry.objects.values_list("details", flat=True)))


def test_an_answer_about_a_company_is_a_fact_about_it(anwen: Relationship, alice: Member) -> None:
    company = makers.a_company(alice, "Lloyd")
    tell(
        anwen,
        alice,
        prompt="target_companies-9",
        about=f"company:{company.pk}",
        text="Worked there",
    )
    assert Fact.objects.visible_to(alice).get().company == company
    tell(anwen, alice, prompt="target_companies-9", about="company:x", text="Elsewhere")
    assert Fact.objects.visible_to(alice).filter(company=None).count() == 1


def test_an_answer_takes_the_place_of_what_had_gone_stale(
    anwen: Relationship, alice: Member
) -> None:
    old = makers.a_fact(anwen, alice, "family", "Two girls", slot="children")
    about = f"fact:{old.pk}:{old.confirmed_on}"
    tell(anwen, alice, prompt="family-10", about=about, text="Three girls")
    old.refresh_from_db()
    assert old.replaced_by.text == "Three girls"
    assert old.replaced_by.slot == "children"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"prompt": "no-such"}, "not there any more"),
        ({"outcome": "perhaps"}, "Say what became"),
        ({"outcome": Outcome.NOT_NOW, "text": "Two girls"}, "You wrote an answer"),
        ({"text": "x" * 2001}, "at most 2,000 letters"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    anwen: Relationship, alice: Member, given: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        tell(anwen, alice, **given)
    assert not Asked.objects.exists()


def test_asked_again_forgets_here_and_my_own_never_everywhere(
    anwen: Relationship, alice: Member, bob: Member
) -> None:
    other = makers.a_relationship(alice, "Ruth Abel")
    tell(anwen, alice)
    tell(anwen, alice, outcome=Outcome.NOT_HERE)
    tell(other, alice, outcome=Outcome.NEVER)
    kept = [
        tell(anwen, bob, outcome=Outcome.NEVER),
        tell(other, alice),
        tell(anwen, alice, prompt="family-3"),
    ]
    ask_again(anwen, alice, "family-2")
    assert list(Asked.objects.order_by("pk")) == kept


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": " "}, "Write the question"),
        ({"text": "x" * 301}, "at most 300"),
        ({"text": "Is {what} so?"}, "nothing fills {what}"),
        ({"text": "Is } so?"}, "brace"),
        ({"memory": "sometimes"}, "does not say when"),
        ({"memory": "on:full_moon"}, "no event"),
        ({"topic": "weather"}, "which topic"),
        ({"slot": "weather"}, "nothing of that name"),
    ],
)
def test_a_question_of_ones_own_is_checked(
    anwen: Relationship, alice: Member, given: dict[str, str], sentence: str
) -> None:
    values = {"topic": "family", "slot": "children", "text": "And the girls?", "memory": "6m"}
    with pytest.raises(Refused, match=sentence):
        own.add(anwen, alice, **{**values, **given})
    assert not OwnPrompt.objects.exists()


# Pages


def test_prepare_shows_what_to_ask_and_picks_it(
    anwen: Relationship, alice: Member, one: OneToOne, browser: Browser
) -> None:
    client, path = browser(alice), reverse("meetings:prepare", args=[one.pk])
    page = client.get(path)
    prompt = page.context["chosen"][0]
    assert prompt.text in page.content.decode().replace("&#x27;", "'")
    assert len(page.context["chosen"]) == 5
    client.post(
        reverse("meetings:agenda", args=[anwen.pk]),
        {"side": "mine", "text": prompt.text, "prompt": prompt.key,
         "prompt_about": prompt.about, "back": path, "once": "a"},
    )  # fmt: skip
    item = AgendaItem.objects.get()
    assert (item.prompt, item.prompt_about) == (prompt.key, prompt.about)
    page = client.get(path)
    assert prompt.key not in [each.key for each in page.context["chosen"]]
    assert item.text in page.content.decode().replace("&#x27;", "'")


def test_prepare_costs_few_queries(
    alice: Member,
    one: OneToOne,
    browser: Browser,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client, path = browser(alice), reverse("meetings:prepare", args=[one.pk])
    client.get(path)
    with django_assert_max_num_queries(12):
        client.get(path)


def test_of_one_that_took_place_there_is_nothing_to_prepare(
    anwen: Relationship, alice: Member, browser: Browser
) -> None:
    held = makers.a_one_to_one(
        anwen, alice, alice.today() - timedelta(days=3), state=State.CLOSED_OUT
    )
    page = browser(alice).get(reverse("meetings:prepare", args=[held.pk])).content.decode()
    assert "nothing to prepare" in page
    assert "Pick" not in page


@pytest.mark.parametrize("outcome", Outcome.values)
def test_one_tap_each(
    anwen: Relationship, alice: Member, one: OneToOne, browser: Browser, outcome: str
) -> None:
    back = reverse("meetings:prepare", args=[one.pk])
    given = {"prompt": "family-2", "about": "", "outcome": outcome, "one_to_one": one.pk,
             "back": back, "once": "a"}  # fmt: skip
    address = reverse("meetings:prompt_answers", args=[anwen.pk])
    answered = browser(alice).post(address, given)
    assert (answered.status_code, answered["Location"]) == (303, back)
    asked = Asked.objects.get()
    assert (asked.outcome, asked.one_to_one, asked.by) == (outcome, one, alice)


def test_a_meeting_with_somebody_else_is_not_found(
    anwen: Relationship, alice: Member, browser: Browser
) -> None:
    other = cast.ahead(makers.a_relationship(alice, "Ruth Abel"), alice)
    given = {"prompt": "family-2", "outcome": "answered", "one_to_one": other.pk}
    address = reverse("meetings:prompt_answers", args=[anwen.pk])
    assert browser(alice).post(address, given).status_code == 404
    assert not Asked.objects.exists()


def test_the_page_of_questions_adds_rewords_takes_away_and_brings_back(
    anwen: Relationship, alice: Member, browser: Browser
) -> None:
    client, page = browser(alice), reverse("meetings:prompts", args=[anwen.pk])
    bad = client.post(page, {"text": "", "topic": "family", "memory": "once"})
    assert bad.status_code == 422
    assert "Write the question first." in bad.content.decode()
    bad = client.post(page, {"text": "Is {what} so?", "topic": "family", "memory": "once"})
    assert bad.status_code == 422
    assert "nothing fills {what}" in bad.content.decode()
    assert "Is {what} so?</textarea>" in bad.content.decode()
    assert not OwnPrompt.objects.exists()
    client.post(page, {"text": "And the geese?", "topic": "family/animals", "memory": "12m"})
    made = OwnPrompt.objects.get()
    assert (made.topic, made.slot, made.memory) == ("family", "animals", "12m")
    assert "And the geese?" in client.get(page).content.decode()

    wording = f"{reverse('meetings:prompt_wording', args=[anwen.pk])}?prompt={made.key}"
    assert "And the geese?" in client.get(wording).content.decode()
    client.post(wording, {"prompt": made.key, "text": "And the ducks?", "topic": "family",
                          "memory": "once"})  # fmt: skip
    made.refresh_from_db()
    assert (made.text, made.slot) == ("And the ducks?", "")
    client.post(reverse("meetings:prompt_removal", args=[anwen.pk]), {"prompt": made.key})
    assert not OwnPrompt.objects.exists()

    tell(anwen, alice, outcome=Outcome.NOT_HERE)
    assert "Bring back" in client.get(page).content.decode()
    client.post(reverse("meetings:prompt_return", args=[anwen.pk]), {"prompt": "family-2"})
    assert not Asked.objects.exists()
    assert "Bring back" not in client.get(page).content.decode()


def test_a_viewer_reads_the_questions_and_changes_nothing(
    anwen: Relationship, alice: Member, bob: Member, one: OneToOne, browser: Browser
) -> None:
    client = browser(bob)
    for path in (reverse("meetings:prompts", args=[anwen.pk]),
                 reverse("meetings:prepare", args=[one.pk])):  # fmt: skip
        page = client.get(path)
        assert page.status_code == 200
        assert "Never for" not in page.content.decode()
    answered = client.post(
        reverse("meetings:prompt_answers", args=[anwen.pk]),
        {"prompt": "family-2", "outcome": "answered"},
    )
    assert answered.status_code == 403
