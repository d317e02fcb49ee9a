"""What happens to a part of a page asked for after a sign-out."""

from django.test import Client


def test_a_part_of_a_page_takes_the_whole_page_to_sign_in(client: Client, db: None) -> None:
    answer = client.post(
        "/one-to-ones/1/lines/",
        {"text": "Her pharmacy turns ten"},
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/one-to-ones/1/?a=b"},
    )
    assert answer.status_code == 200
    assert answer["HX-Redirect"] == "/accounts/login/?next=%2Fone-to-ones%2F1%2F%3Fa%3Db"
    assert not answer.content


def test_a_whole_page_goes_to_sign_in_as_ever(client: Client, db: None) -> None:
    answer = client.get("/people/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/people/")


def test_a_form_older_than_the_sign_in_leads_back_to_its_page(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/one-to-ones/1/lines/", {"text": "Her pharmacy turns ten"})
    assert answer.status_code == 403
    assert b"Open it once more" in answer.content
    part = client.post(
        "/one-to-ones/1/lines/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/one-to-ones/1/"},
    )
    assert part["HX-Redirect"] == "/one-to-ones/1/"
