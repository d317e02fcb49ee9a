"""Who is meant by the name of a prospect: one of our people, several, or somebody new."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from touchline.core.fold import fold
from touchline.people import search
from touchline.people.editing import make
from touchline.people.models import Person

if TYPE_CHECKING:
    from touchline.accounts.models import Member

OFFERED = 6


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who was meant: one of our people, or a name that is new (``person`` is None)."""

    name: str
    person: Person | None

    def made(self, by: "Member", company: str, source: str) -> Person:
        """Return the person, made with a company and a source where they are new."""
        if self.person:
            return self.person
        return make(by, {"name": self.name, "source": source[:120]}, company=company)


def there(member: "Member") -> Any:
    """Return the people who may be a prospect, with their companies."""
    return Person.objects.visible_to(member).select_related("company")


def called(member: "Member", text: str) -> Somebody | list[Person]:
    """Return who is called so, or the ``OFFERED`` likeliest where that is not certain.

    One whose whole name it is alone is meant; nobody with these words in the name makes it
    somebody new.
    """
    ids = search.find(member, text, 50).ids
    people = list(there(member).filter(pk__in=ids).order_by("sort_key", "pk"))
    # Somebody is found by their company as well; here a name was asked for.
    words = fold(text).split()
    named = [one for one in people if all(word in fold(one.name) for word in words)]
    alike = [one for one in named if fold(one.name) == fold(text)]
    if len(alike) == 1:
        return Somebody(alike[0].name, alike[0])
    if not named:
        return Somebody(text, None)
    return [*alike, *(one for one in named if one not in alike)][:OFFERED]
