"""Referrals given and received, what they taught, and whom everybody wants to meet."""

# ruff: noqa: E501 what somebody said stays in one line

from touchline.demo.referral_story import (
    GIVEN,
    RECEIVED,
    Aim,
    GoodTurn,
    Ideal,
    Learnt,
    Passed,
    Past,
    Turn,
)

TESSA, GORDON, MARGUERITE = "Tessa Marchbanks", "Gordon Pell", "Marguerite Osei"
NIKHIL, SASKIA, MARTIN = "Nikhil Bhandari", "Saskia Verhoeven", "Martin Fairweather"


def _agreed(partner: int, prospect: int, how: str = "phone") -> tuple[Turn, ...]:
    """Both are asked, the partner first, and both say yes."""
    return (
        Turn(partner - 1, "ask_partner", "mail"),
        Turn(partner, "partner_yes", "mail"),
        Turn(prospect, "prospect_yes", how),
    )


TO_TESSA = (
    Passed(
        TESSA, GIVEN, -290, person="Leopold Finch", where="over the counter of the shop", heat=4,
        expects=True,
        need="A shop lease to be read before he signs for another ten years",
        turns=(
            *_agreed(-288, -286, "person"),
            Turn(-285, "introduce", text="The landlord wants his signature by Friday."),
            Turn(-283, "contact"), Turn(-276, "meet"), Turn(-270, "quote", value=1150),
            Turn(-240, "win", value=1150, text="The lease, with a way out after five years"),
            Turn(-238, "feedback"), Turn(-231, "thank"),
        ),
        learnt=Learnt(-230, "phrase", "It is only the usual lease, they say"),
    ),
    Passed(
        TESSA, GIVEN, -316, person="Desmond Achterberg", where="on the course in York", heat=2,
        expects=True,
        need="Northmoor’s warehouse lease comes up in spring, and nobody has read it since it was signed",
        turns=(
            *_agreed(-314, -309),
            Turn(-305, "introduce", text="Only a name for now: the lease is months away."),
            Turn(-300, "contact"), Turn(-299, "thank"),
            Turn(-295, "postpone", text="He keeps her card for the spring"), Turn(-294, "feedback"),
        ),
    ),
    Passed(
        TESSA, GIVEN, -222, person="Fergus Dunmore", where="in the kitchen at Long Marrow", heat=3,
        expects=True,
        need="Two brothers farm together on a handshake, and one of them has sons",
        turns=(
            *_agreed(-219, -212, "person"),
            Turn(-211, "introduce", text="They asked for her themselves, over the gate."),
            Turn(-206, "contact"), Turn(-198, "checked"), Turn(-172, "meet"),
            Turn(-166, "quote", value=2400),
            Turn(-150, "win", value=2400, text="A deed that both of them can recite"),
            Turn(-146, "feedback"), Turn(-141, "thank"),
        ),
        learnt=Learnt(-140, "right_role", "Brothers and sisters who own it in equal parts"),
    ),
    Passed(
        TESSA, GIVEN, -126, person="Imran Qureshi", heat=4, expects=True,
        note="Qureshi Haulage needs a depot lease read",
        need="A depot lease with a service charge that nobody has explained",
        turns=(
            *_agreed(-125, -124),
            Turn(-123, "introduce", text="Lorries are parked in the road until it is settled."),
            Turn(-122, "contact"), Turn(-114, "meet"), Turn(-108, "quote", value=1900),
            Turn(-88, "win", value=1900, text="Signed, and the charge is capped"),
            Turn(-84, "feedback"), Turn(-82, "thank"),
        ),
        learnt=Learnt(-81, "event", "A landlord sends a lease for a depot or a yard"),
    ),
    Passed(
        TESSA, GIVEN, -54, person="Henrik Solberg", heat=5, expects=True,
        note="Henrik’s landlord wants him out early",
        need="The brewery’s landlord wants him out before the lease is over",
        words="Tessa reads it before you answer it. The first half hour is a talk and no bill.",
        turns=(
            *_agreed(-53, -49, "person"),
            Turn(-47, "introduce", text="I am walking him there: what is missing I can say on the way."),
            Turn(-46, "contact"), Turn(-45, "thank"), Turn(-44, "meet"),
            Turn(-40, "quote", value=3200),
            Turn(-30, "checked"), Turn(-26, "win", value=3200, text="Eleven months’ notice, in writing"),
            Turn(-26, "feedback"),
        ),
    ),
    # Colette has not answered yet, so she has no name with Tessa.
    Passed(
        TESSA, GIVEN, -13, person="Colette Barnabas", where="after the payroll run at Fallowfield",
        need="Somebody to sign for a care home when its owner no longer can",
        turns=(
            Turn(-12, "ask_partner", "mail"), Turn(-11, "partner_yes", "mail"),
            Turn(-5, "ask_prospect", "phone"),
        ),
    ),
    # A partner herself: whom Tessa meets counts for her as well.
    Passed(
        TESSA, GIVEN, -9, person="Philippa Stroud", third="Philippa Stroud", third_is="introduced",
        where="at lunch in The Orangery", heat=3, expects=True,
        need="A solicitor to whom she can send the families whose wills are older than their children",
        turns=_agreed(-6, -1),
    ),
    Passed(
        TESSA, RECEIVED, -32, company="Larkspur Joinery", heat=4,
        need="Selling to his foreman, and would like to hear what it is worth",
        material="Our page on what buyers look at",
        turns=(
            Turn(-31, "receive"), Turn(-30, "contact"), Turn(-26, "material"), Turn(-24, "thank"),
            Turn(-18, "meet"), Turn(-17, "feedback"),
        ),
    ),
)  # fmt: skip

TO_GORDON = (
    Passed(
        GORDON, GIVEN, -181, person="Stefan Ilić", where="between two courses at The Tin Kettle",
        heat=2, expects=False,
        need="Thinks about buying the flat above the kitchen",
        turns=(
            *_agreed(-180, -179, "person"),
            Turn(-178, "introduce", text="He was about to ring his bank, and Gordon is quicker."),
            Turn(-174, "contact"), Turn(-173, "thank"),
            Turn(-170, "dud", text="The flat is not for sale, and never was"), Turn(-168, "feedback"),
        ),
        learnt=Learnt(-160, "no_need", "Have you seen it, and has somebody named a price?"),
    ),
    Passed(
        GORDON, GIVEN, -8, person="Kwame Boateng", where="on his treatment table",
        need="Two years self-employed, and his landlady would sell him the house",
    ),
    Passed(
        GORDON, RECEIVED, -311, company="Amberley Cabs", heat=3,
        need="Every receipt since school, and no accounts that a lender would read",
        turns=(
            Turn(-310, "receive"), Turn(-309, "contact"), Turn(-308, "thank"), Turn(-300, "meet"),
            Turn(-296, "quote", value=480),
            Turn(-280, "win", value=480, text="Two years of accounts, and a mortgage"),
            Turn(-276, "feedback"), Turn(-275, "thank"),
        ),
        learnt=Learnt(-274, "gateway", "Mortgage brokers whose lender asks for two years of accounts"),
    ),
    # Lost a fortnight ago, and Gordon has heard nothing of it from us.
    Passed(
        GORDON, RECEIVED, -49, company="Cobb & Sons Roofing", heat=3,
        need="Three vans, a tax bill by surprise, and a shoebox",
        turns=(
            Turn(-48, "receive"), Turn(-47, "contact"), Turn(-46, "thank"), Turn(-41, "meet"),
            Turn(-36, "quote", value=1800), Turn(-14, "lose", text="Stays with the shoebox"),
        ),
        learnt=Learnt(-13, "price"),
    ),
)  # fmt: skip

TO_MARGUERITE = (
    Passed(
        MARGUERITE, RECEIVED, -279, company="The Wool Loft", heat=4,
        need="A first shop, a first lease, and a first set of books",
        turns=(
            Turn(-278, "receive"), Turn(-277, "contact"), Turn(-276, "thank"), Turn(-270, "meet"),
            Turn(-262, "win", value=900, text="Books from the first day"),
            Turn(-258, "feedback"), Turn(-257, "thank"),
        ),
        learnt=Learnt(-256, "right_industry", "Shops in their first year"),
    ),
    Passed(
        MARGUERITE, RECEIVED, -91, company="Crumb & Daughter",
        note="A micro-bakery takes unit two", heat=4,
        need="A bakery whose sums have to hold before the oven is ordered",
        turns=(
            Turn(-90, "receive"), Turn(-89, "contact"), Turn(-88, "thank"), Turn(-80, "meet"),
            Turn(-72, "quote", value=1400),
            Turn(-45, "win", value=1400, text="Sums first, and the books from then on"),
            Turn(-44, "feedback"), Turn(-43, "thank"),
        ),
        learnt=Learnt(-42, "event", "An oven, a loom or a lathe is about to be ordered", "Ferrant’s Cheese, unit three of the corn exchange"),
    ),
    # Nearly three weeks since they spoke, and not a word from Marguerite.
    Passed(
        MARGUERITE, GIVEN, -25, person="Sunita Rao", where="across the counter, with the prescription",
        heat=3, expects=True,
        need="Two rooms over the pharmacy that could earn their keep",
        turns=(
            *_agreed(-24, -22),
            Turn(-21, "introduce", text="Sunita asked me for a name, and there is only one I would give."),
            Turn(-19, "contact"),
        ),
    ),
    Passed(
        MARGUERITE, GIVEN, -68, person="Rosamund Teale", where="after choir practice",
        need="A smaller house, within a walk of the choir",
        turns=(
            Turn(-67, "ask_partner", "phone"), Turn(-66, "partner_yes", "phone"),
            Turn(-64, "ask_prospect", "person"), Turn(-60, "prospect_no", "person"),
        ),
    ),
)  # fmt: skip

TO_THE_WHARF = (
    Passed(
        NIKHIL, GIVEN, -92, person="Colette Barnabas", where="in her office, while it rebooted",
        heat=4, expects=True,
        need="Tablets for the night shift that forget everything by morning",
        turns=(
            *_agreed(-90, -86),
            Turn(-84, "introduce", text="I promised it him, and the night shift is waiting."),
            Turn(-79, "contact"), Turn(-72, "meet"), Turn(-68, "quote", value=640),
            Turn(-60, "win", value=640, text="Tablets that remember, and a cupboard with a key"),
            Turn(-58, "feedback"), Turn(-57, "thank"),
        ),
        learnt=Learnt(-56, "right_industry", "Care homes with a night shift"),
    ),
    Passed(
        NIKHIL, GIVEN, -3, person="Henrik Solberg", note="Henrik at the brewery lost a day",
        need="A day lost to one laptop, and no second copy of the orders",
    ),
    Passed(
        NIKHIL, RECEIVED, -2, company="Oxley Gym", heat=3,
        need="Members’ fees by standing order, and nobody who knows who has paid",
        turns=(Turn(-1, "receive"),),
    ),
    Passed(
        SASKIA, GIVEN, -66, person="Henrik Solberg", where="beside the bottling line", heat=4,
        expects=True,
        need="New labels to order, and swans that look like ducks",
        turns=(
            *_agreed(-64, -60, "person"),
            Turn(-58, "introduce", text="The printer has a slot on Thursday."),
            Turn(-57, "contact"), Turn(-54, "meet"), Turn(-52, "quote", value=4200),
            Turn(-50, "win", value=4200, text="Eleven labels, and swans that are swans"),
            Turn(-48, "feedback"), Turn(-47, "thank"),
        ),
        learnt=Learnt(-46, "event", "The labels, the menu or the vans are to be ordered anew"),
    ),
    Passed(
        SASKIA, RECEIVED, -37, company="Brug & Boek", heat=4, currency="EUR",
        where="on the telephone from Utrecht",
        need="A Dutch bookseller opens over here and wants books in English as well",
        material="A list of what to register, and when",
        turns=(
            Turn(-36, "receive"), Turn(-35, "contact"), Turn(-34, "thank"), Turn(-32, "material"),
            Turn(-28, "meet"), Turn(-20, "feedback"), Turn(-13, "quote", value=3800),
        ),
    ),
)  # fmt: skip

RESTING = (
    Passed(
        MARTIN, GIVEN, -209, person="Sunita Rao", where="when the fridge broke down", heat=3,
        expects=True,
        need="A pharmacy insured for what it was worth ten years ago",
        turns=(
            *_agreed(-207, -205),
            Turn(-204, "introduce", text="Her renewal is in a week."),
            Turn(-202, "contact"), Turn(-196, "meet"),
            Turn(-186, "win", text="Fridges and all, and for less"),
            Turn(-160, "feedback"), Turn(-153, "thank"),
        ),
        learnt=Learnt(-152, "phrase", "We have been with them for ever"),
    ),
    Passed(
        MARTIN, GIVEN, -216, person="Tomasz Wrona", where="under the bonnet", heat=2, expects=True,
        need="A recovery truck whose premium doubled",
        turns=(
            *_agreed(-214, -212, "person"),
            Turn(-211, "introduce", text="He says that he has nothing to lose."),
            Turn(-209, "contact"), Turn(-205, "meet"), Turn(-200, "quote", value=1350),
            Turn(-190, "lose", text="The breakdown club did it for less"), Turn(-187, "feedback"),
            Turn(-186, "thank"),
        ),
        learnt=Learnt(-185, "had_somebody", "Garages that are insured through a breakdown club"),
    ),
    Passed(
        MARTIN, RECEIVED, -171, company="Ferrybridge Marine",
        need="A boatyard that changes hands, and a stock list on the back of a chart",
        turns=(Turn(-170, "receive"), Turn(-169, "thank"), Turn(-152, "no_answer"), Turn(-150, "feedback")),
    ),
    Passed(
        "Beatrix Lowndes", RECEIVED, -98, person="Verity Ames", heat=2,
        need="Plans forty weddings a year and counts them on her fingers",
        turns=(
            Turn(-97, "receive"), Turn(-95, "contact"), Turn(-94, "thank"),
            Turn(-70, "postpone", text="Once the season is over"), Turn(-68, "feedback"),
        ),
    ),
)  # fmt: skip

PAST = (
    Past(
        MARGUERITE, RECEIVED, -326, person="Bronwen Sayle",
        need="A nursery that opens in September with eleven children and no ledger",
        days=(("introduced", -1510), ("contacted", -1509), ("met", -1498), ("won", -1475), ("thanked", -1470)),
        value=1250, became="A client to this day",
    ),
    Past(
        MARGUERITE, GIVEN, -326, person="Leopold Finch",
        need="Rooms over a shop, to live above the books",
        days=(("introduced", -1130), ("contacted", -1128), ("lost", -1050)),
        became="The stairs were too narrow for the shelves",
    ),
    Past(
        GORDON, GIVEN, -325, person="Tomasz Wrona",
        need="A mortgage on the garage, with two good years and one bad",
        days=(("introduced", -560), ("contacted", -559), ("met", -551), ("won", -430), ("thanked", -425)),
        value=2100, became="The garage is his",
    ),
)  # fmt: skip

IDEALS = (
    Ideal(-336, {
        "sentence": "An owner with up to twenty people who hears from the accountant once a year, and has just had a bill that nobody warned of.",
        "roles": "The owner, or whoever signs the wages",
        "size": "Three to twenty-five people",
        "area": "Hallowmere and half an hour around it",
        "trigger_events": "Their accountant retires or is bought up\nThe first year with wages to pay",
        "trigger_phrases": "Mine only rings in January\nI have no idea what I owe until it is due",
        "signs": "A van with a new name on it",
        "exclusions": "One tax return and nothing else",
        "value_floor": "£600 a year",
        "capacity": "One new one a month, none in January",
        "introduce": "A mail to both of us with the one sentence they said. We write within the day.",
        "qualifying_question": "When did you last hear from your accountant without asking?",
    }),
    Ideal(-320, {
        "sentence": "A shareholder who will be sixty this year and wants to sell in three years, and has told nobody but the bookkeeper.",
        "roles": "Owners\nFinance directors of family firms",
        "size": "Five to fifty people",
        "area": "The county, from Skipton to the coast",
        "trigger_events": "A letter from a buyer\nTwo shareholders who stop speaking",
        "named_targets": "Northmoor Packaging, anybody on the board",
        "gateway_professions": "Bookkeepers\nSurveyors of shops",
        "exclusions": "Divorces\nNeighbours and their hedges",
        "value_floor": "£900",
        "introduce": "By mail to both, with the sentence that they said.",
        "qualifying_question": "Who would have to sign, if it came to that?",
    }, TESSA),
    # Tells nobody anything, which is why Stefan was sent.
    Ideal(-310, {
        "sentence": "People who need a mortgage.",
        "exclusions": "Holiday homes abroad",
    }, GORDON),
    Ideal(-270, {
        "sentence": "A couple whose youngest has just moved out, in one of the tall houses on Corn Row.",
        "roles": "Whoever mows the lawn",
        "area": "Hallowmere, Brindle Heath and Upper Tansley",
        "trigger_events": "The last child leaves home\nA tenant gives notice",
        "trigger_phrases": "We only use the ground floor nowadays",
        "signs": "Shutters that stay closed on the top floor",
        "exclusions": "Holiday lets",
        "introduce": "Bring them to the Buttermarket, or give them her card and tell her the same day.",
    }, MARGUERITE),
    Ideal(-46, {
        "sentence": "An owner of ten to forty desks whose computer man has just handed in his notice.",
        "roles": "The owner, or the office manager who has to put up with it",
        "size": "Ten to forty desks",
        "trigger_events": "The one with the passwords leaves\nThe insurer sends a questionnaire",
        "trigger_phrases": "Turn it off and on again, that is all he ever says",
        "named_targets": "Qureshi Haulage\nThree Swans Brewery",
        "exclusions": "Whoever rings only when it is on fire",
        "capacity": "Two before Christmas",
        "qualifying_question": "When did you last restore a backup, and did it work?",
    }, NIKHIL),
    Ideal(-82, {
        "sentence": "A firm that has just changed hands, and still has the old owner’s name over the door.",
        "roles": "The new owner",
        "signs": "A sign being taken down",
        "named_targets": "Tansley Barns\nThree Swans Brewery",
        "value_floor": "£3,000",
        "introduce": "Never say marketing. Say that she makes a firm look like itself.",
    }, SASKIA),
)  # fmt: skip

BESIDES = (
    GoodTurn(MARGUERITE, GIVEN, -251, "Wrote the first-year checklist that she puts in with the keys"),
    GoodTurn(GORDON, RECEIVED, -202, "Took us to the captain’s dinner, and sat us beside Alistair"),
    GoodTurn(TESSA, GIVEN, -112, "Sponsored her swim and said so in our window"),
    GoodTurn(SASKIA, RECEIVED, -117, "An unkind and very useful look at our letterhead"),
    GoodTurn(NIKHIL, RECEIVED, -28, "Restored our backups in front of us, for nothing"),
    GoodTurn(TESSA, RECEIVED, -10, "The tax half of her Saturday clinic, with our name on the door"),
    Aim(-120, income=8_000, order=1_000, quotes_per_win="1.5"),
)  # fmt: skip

REFERRALS = (
    *TO_TESSA, *TO_GORDON, *TO_MARGUERITE, *TO_THE_WHARF, *RESTING, *PAST, *IDEALS, *BESIDES
)  # fmt: skip
