"""Resting: back today, paused for a while, and ended with a reason."""

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

MARTIN = Programme(
    person="Martin Fairweather",
    begun=-300,
    why="Gordon’s oldest friend, and the first to ring a client after a fire.",
    place="Fairweather Cover, 2 Station Approach",
    alignment="medium",
    alignment_reasons="Renewals make owners look at their figures, so he hears things first.",
    meeting_days=(63, 28),
    call_days=(42, 21),
    travel=5,
    meetings=(
        Meeting(
            -286, "15:00", ahead=11,
            notes=(
                Note("experience", "Loss adjuster first: he has stood in more wet cellars than a plumber."),
                Note("family", "A widower; cooks for his son’s family every Sunday, badly, he says."),
                Note("goals", "To hand the book to somebody who will still ring after a fire."),
            ),
            facts=(
                Fact("family", "Son Peter, two grandchildren, Sunday lunch without fail", slot="children"),
                Fact("interests", "Bell-ringing at St Brannoc’s, tenor", slot="pastime"),
                Fact("experience", "Twenty years a loss adjuster before he became a broker", slot="before"),
            ),
            promises=(
                Promise(THEIRS, "Explain under-insurance in words a florist would read", -270, kept=-272),
            ),
            step="getting_to_know_you",
            reason="A good man, and thorough.",
            expect=("To hear which clients have grown", "The florist’s page"),
        ),
        Meeting(
            -223, "15:00",
            notes=(
                Note("trigger_events", "A second van, a new machine, a lodger in the stock room."),
                Note("ideal_referral", "Firms of five to fifty who renew by habit."),
                Note("how_to_introduce", "Say that he has seen the cellar afterwards."),
            ),
            promises=(
                Promise(MINE, "Ask Tomasz what he pays for the recovery truck", -210, kept=-211),
                Promise(THEIRS, "Review Rao’s Chemist before their renewal", -200, kept=-196),
            ),
            step="tell_me_the_detail",
            reason="Now I listen for second vans.",
            expect=("Tomasz’s premium", "A careful look at the pharmacy"),
        ),
        Meeting(
            -153, "15:00",
            notes=(
                Note("referrals", "Sunita saved four hundred pounds and is covered for the fridges at last."),
                Note("interests", "Rang a full peal in May: three hours and no tea."),
            ),
            promises=(
                Promise(MINE, "Bring Lorna’s shop to him before the Christmas stock", -100,
                        dropped=-95, agreed=True),
            ),
            step="referral_partner",
            reason="Two introductions each way, and he thanked both.",
            expect=("Lorna, when she is ready", "To be told before he rings a client of ours"),
        ),
        Meeting(
            -75, "15:00",
            notes=(
                Note("business", "A new hip, at last. He will be away from his desk until it holds."),
                Note("referrals", "Peter minds the book meanwhile, and is learning to ring people back."),
            ),
            facts=(
                Fact("business", "Son Peter joined the firm this summer", slot="people"),
                Fact("target_companies", "Insured Northmoor until they went to a national; plays bridge with the chairman", slot="history", company="Northmoor Packaging"),
            ),
            promises=(Promise(MINE, "Look in with soup once he is home", -55, kept=-53),),
            choice="pause",
            until=0,
            reason="His hip first. We start again when he can walk to the station.",
            expect=("Soup, and no business", "To mend"),
        ),
    ),
    calls=(
        Phoned(-180, 9, "Lorna’s stock: he would rather photograph it than guess."),
        Phoned(-46, 10, "Home, cross with the crutches, asks after everybody."),
    ),
    items=(Item(MINE, "Does Peter come along from now on?", -46, "Peter minds the book"),),
)  # fmt: skip

BEATRIX = Programme(
    person="Beatrix Lowndes",
    begun=-160,
    why="Half the county marries in her barn, and the other half caters.",
    place="Tansley Barns, Upper Tansley",
    alignment="low",
    alignment_reasons="Busy when we are quiet; few of her couples own a firm.",
    meeting_days=(182, 91),
    travel=30,
    meetings=(
        Meeting(
            -148, "17:00", ahead=8,
            notes=(
                Note("experience", "Sold tractors until her father’s barn was worth more with fairy lights."),
                Note("goals", "One year with every Saturday taken and every Sunday free."),
                Note("networks", "Caterers, florists, three photographers and a man with doves."),
            ),
            facts=(
                Fact("experience", "Tractors, then weddings; the barns were her father’s", slot="before"),
                Fact("family", "Expecting her first child; sister Imogen helps in the season", slot="children"),
                Fact("interests", "Keeps Hebridean sheep, which escape on wedding days", slot="free_time"),
            ),
            promises=(
                Promise(MINE, "Tell her what a marquee does to her VAT", -130, kept=-133),
                Promise(THEIRS, "Introduce Verity Ames, who plans the weddings", -120, kept=-97),
                Promise(THEIRS, "Show me the season’s bookings, to see the cash coming", -110, dropped=-60),
            ),
            step="getting_to_know_you",
            reason="Like her very much; the season decides.",
            no_next="Nothing before the season ends, she says, not even sleep.",
            expect=("The VAT on marquees", "A look at the bookings"),
        ),
        Meeting(
            -58, "17:00", ahead=6, minutes=40,
            notes=(
                Note("", "Came with the sheep report: one in the font, two on the dance floor."),
                Note("ideal_referral", "Will need somebody for payroll once Imogen is on the books."),
            ),
            choice="pause",
            until=75,
            reason="The baby comes first, then the spring bookings.",
            expect=("A card when the baby is here", "Nothing at all until then"),
        ),
    ),
    between=(Note("", "A daughter, Hestia, and both are well. Card sent, signed by all of us.", on=-21),),
)  # fmt: skip

ROY = Programme(
    person="Roy Tindall",
    begun=-270,
    why="New signs mean new owners, I thought.",
    place="Tindall Signs, Oxley Wharf",
    meeting_days=(63, 28),
    travel=20,
    meetings=(
        Meeting(
            -255, "07:45", ahead=7, place="The Copper Pot, Corn Row",
            notes=(
                Note("experience", "Learnt gold leaf from his uncle and vinyl from necessity."),
                Note("goals", "Volume. He said it four times."),
                Note("networks", "Five breakfasts a week, in five towns."),
            ),
            facts=(Fact("interests", "Sea fishing off Whitby, when the wind allows", slot="free_time"),),
            promises=(
                Promise(MINE, "Ask our shops who needs a sign", -240, kept=-241),
                Promise(THEIRS, "Bring his list of this year’s new fascias", -235, dropped=-190),
            ),
            step="getting_to_know_you",
            reason="Give it one more hour.",
            expect=("Five names a month", "The list of fascias"),
        ),
        Meeting(-206, "07:45", ended="cancelled", reason="He had double-booked a breakfast."),
        Meeting(
            -192, "07:45", ahead=10, well=False,
            notes=(
                Note("ideal_referral", "Anyone with a wall."),
                Note("", "Rang two of our clients unasked and used my name. Both told me.", private=True),
            ),
            promises=(Promise(THEIRS, "Say sorry to Lorna and Leo", -185, kept=-176),),
            choice="end",
            reason="He counts names and we look after people. Parted with a handshake.",
        ),
    ),
    calls=(Phoned(-176, 6, "He did ring Lorna and Leo. No hard feelings either way."),),
)  # fmt: skip

STORIES = (MARTIN, BEATRIX, ROY)
