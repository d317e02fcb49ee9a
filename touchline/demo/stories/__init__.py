"""What happened with each of the twelve, in the order of the stages."""

from touchline.demo.stories import beginning, getting_on, partners, resting
from touchline.demo.story import Programme

STORIES: tuple[Programme, ...] = (
    *partners.STORIES,
    *getting_on.STORIES,
    *beginning.STORIES,
    *resting.STORIES,
)
