"""Contact points made comparable, and made to act on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.people import contact

KINDS = st.sampled_from(["email", "phone", "address", "web", "social"])


@pytest.mark.parametrize(
    ("kind", "value", "normal"),
    [
        ("email", " Grace@Example.ORG ", "grace@example.org"),
        ("phone", "0161 496 0000", "+441614960000"),
        ("phone", "+44 (0)161 496 0000", "+441614960000"),
        ("phone", "0161 496 0000 ext. 12", "+441614960000;12"),
        ("phone", "0041 44 668 18 00", "+41446681800"),
        ("phone", "12", "12"),
        ("phone", "ring me", "ring me"),
        ("web", "https://www.Example.org/About/", "example.org/about"),
        ("social", "http://linkedin.com/in/anna", "linkedin.com/in/anna"),
        ("address", "12  High Street\nYork", "12 high street york"),
    ],
)
def test_normal(kind: str, value: str, normal: str) -> None:
    assert contact.normal(kind, value, "GB") == normal


def test_the_country_decides_what_a_bare_number_is() -> None:
    assert contact.normal("phone", "044 668 18 00", "CH") == "+41446681800"


@pytest.mark.parametrize(
    ("value", "forms"),
    [
        ("0161 496 0000", {"01614960000", "1614960000", "441614960000"}),
        ("+44 161 496 0000", {"01614960000", "1614960000", "441614960000"}),
        ("+41 44 668 18 00", {"0446681800", "446681800", "41446681800"}),
        ("12", {"12"}),
    ],
)
def test_digits(value: str, forms: set[str]) -> None:
    assert set(contact.digits(value, contact.normal("phone", value, "GB"))) == forms


@pytest.mark.parametrize(
    ("kind", "value", "url"),
    [
        ("phone", "0161 496 0000", "tel:+441614960000"),
        ("phone", "ring me", ""),
        ("email", "a b@example.org", "mailto:a%20b@example.org"),
        ("email", "nobody", ""),
        ("web", "example.org", "https://example.org"),
        ("web", "http://example.org", "http://example.org"),
        ("web", "javascript:alert(1)", ""),
        ("social", "@grace", ""),
    ],
)
def test_link(kind: str, value: str, url: str) -> None:
    assert contact.link(kind, value, contact.normal(kind, value, "GB")) == url


@given(KINDS, st.text(max_size=80))
def test_any_text_has_a_normal_that_fits_and_a_link_that_is_safe(kind: str, value: str) -> None:
    normal = contact.normal(kind, value, "GB")
    assert len(normal) <= contact.NORMAL_LENGTH
    assert contact.digits(value, normal) is not None
    url = contact.link(kind, value, normal)
    assert url == "" or url.lower().startswith(("tel:", "mailto:", "https://", "http://"))
