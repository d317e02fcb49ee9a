"""Beginnings: no date yet, a first one planned, a first one held and the second not booked."""

# ruff: noqa: E501 what somebody said stays in one line

from touchline.demo.story import (
    MINE,
    THEIRS,
    Fact,
    Item,
    Meeting,
    Note,
    Phoned,
    Programme,
    Promise,
)

YASMIN = Programme(
    person="Yasmin Adeyemi",
    begun=-24,
    why="Made the whole breakfast put their telephones in a hat, and they thanked her.",
    place="",
    between=(
        Note("networks", "Spoke for a minute and said one thing: probation is for both sides.", on=-24),
    ),
    items=(Item(MINE, "How did she come to leave the county council?", -20),),
)  # fmt: skip

CALLUM = Programme(
    person="Callum Redfearn",
    begun=-19,
    why="Bronwen’s nursery is his: the only builder she would have back.",
    place="The Sawpit, Brindle Heath",
    meeting_days=(63, 28),
    minutes=45,
    travel=25,
    meetings=(Meeting(0, "16:30", ended="planned", ahead=16),),
    calls=(Phoned(-16, 4, "From a roof. Half past four suits him, when the light goes."),),
    items=(
        Item(MINE, "What did he learn from the nursery job?", -9),
        Item(THEIRS, "Whether he should become a limited company", -16),
    ),
)  # fmt: skip

PHILIPPA = Programme(
    person="Philippa Stroud",
    begun=-33,
    why="Sat next to me at the traders’ evening and listened for two courses.",
    place="The Orangery, Corn Row",
    meeting_days=(63, 28),
    call_days=(28, 14),
    travel=5,
    meetings=(
        Meeting(
            -9, "13:00", ahead=13, asked_by=THEIRS,
            notes=(
                Note("goals", "Her father lost his pension to a handshake; she reads every line since."),
                Note("interests", "Plays the viola in a quartet that has argued for nineteen years."),
                Note("experience", "Fifteen years with a large house, until they set her a target for tea."),
                Note("networks", "Solicitors mostly; would gladly meet Tessa."),
            ),
            facts=(
                Fact("interests", "Viola; the quartet gives a concert at St Brannoc’s each December", slot="pastime"),
                Fact("goals", "Forty families, known by name, and then she stops", slot="good_year"),
                Fact("family", "Twin sons at university in Durham; she rattles in the house", slot="children"),
            ),
            promises=(
                Promise(MINE, "Send her two dates for a second meeting", -2),
                Promise(THEIRS, "Send her note on pensions for company directors", 2),
            ),
            step="getting_to_know_you",
            reason="Careful, warm, and nobody’s fool.",
            no_next="Neither of us had a diary to hand; dates to follow.",
            expect=("Two dates, and an introduction to Tessa", "Her note on pensions"),
        ),
    ),
)  # fmt: skip

STORIES = (YASMIN, CALLUM, PHILIPPA)
