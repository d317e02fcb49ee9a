"""Transition tables: what they allow, what they say, and who wins of two at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.core.refusal import Refused
from touchline.core.states import PAST, Transitions
from touchline.meetings.models import ACTION_STATES, AGENDA_STATES
from touchline.meetings.models import STATES as ONE_TO_ONE_STATES
from touchline.people.importing.bringing import STATES as IMPORT_STATES
from touchline.relationships.models import STATES, STEPS

TABLES = [ONE_TO_ONE_STATES, ACTION_STATES, AGENDA_STATES, STATES, STEPS, IMPORT_STATES]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.noun)
@given(st.data())
def test_every_verb_in_every_state_is_a_step_or_a_sentence(
    table: Transitions, data: st.DataObject
) -> None:
    verb = data.draw(st.sampled_from(sorted(table.table)))
    state = data.draw(st.sampled_from(sorted(table.states)))
    if table.allows(verb, state):
        assert table.after(verb, state) in table.states
        return
    with pytest.raises(Refused) as refused:
        table.after(verb, state)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "_" not in sentence
    assert table.says or f"be {PAST.get(verb, '?')} now" in sentence
