"""Three referral partners: one every month with calls, one late by weeks, one due today."""

# ruff: noqa: E501 what somebody said stays in one line

from touchline.demo.story import (
    MINE,
    THEIRS,
    Fact,
    Item,
    Meeting,
    Note,
    Phoned,
    Pitch,
    Programme,
    Promise,
    Rhythm,
)

TESSA = Programme(
    person="Tessa Marchbanks",
    begun=-362,
    why="Three of my clients already swear by her, and she answers the phone.",
    place="The Copper Pot, Corn Row",
    alignment="high",
    alignment_reasons="Same owners, one step earlier: she sees the deal, we see the numbers.",
    meeting_days=(63, 28),
    call_days=(28, 14),
    travel=5,
    meetings=(
        Meeting(
            -350, "09:15", ahead=9,
            notes=(
                Note("goals", "Left a city firm because she never met the people whose shops she was signing away."),
                Note("networks", "Half of her work comes from two accountants, and one of them retires this winter."),
                Note("interests", "Swims in the mere all year and denies that it is cold."),
            ),
            facts=(
                Fact("interests", "Wild swimming, Sundays at seven, with four other lunatics", slot="free_time"),
                Fact("family", "Two girls, Ottilie (9) and Wren (6); her husband Jack teaches physics", slot="children"),
                Fact("experience", "Nine years of company law in Leeds, then her own door here", slot="before"),
                Fact("goals", "To have a second solicitor by her fortieth birthday", slot="years_ahead"),
            ),
            promises=(
                Promise(MINE, "Send her the list of our owner-managed clients by trade", -343, kept=-345),
                Promise(THEIRS, "Let me have her one-page guide to shareholder agreements", -336, kept=-338),
            ),
            step="getting_to_know_you",
            reason="We finished each other’s sentences about clients who sign first and ask later.",
            expect=("A proper look at which clients overlap", "To come with three names"),
        ),
        Meeting(
            -322, "09:15", place="Marchbanks Lowe, 4 Sheep Street",
            notes=(
                Note("ideal_referral", "Wants owners two or three years before a sale, not two or three weeks."),
                Note("trigger_events", "A shareholder over sixty, a falling-out between siblings, or a letter from a buyer."),
                Note("how_to_introduce", "Say: she is the one who reads it before you shake hands on it."),
            ),
            facts=(
                Fact("target_companies", "Northmoor Packaging, anyone on the board", slot="firms", company="Northmoor Packaging"),
                Fact("ideal_referral", "Not for divorces or neighbours’ hedges, however nicely they ask", slot="not_to_send"),
            ),
            promises=(
                Promise(MINE, "Ask Desmond Achterberg who looks after Northmoor’s company law", -308, kept=-305),
                Promise(THEIRS, "Introduce Elspeth Crane, whose accountant has stopped ringing back", -300, kept=-302),
            ),
            step="tell_me_the_detail",
            reason="I could describe her ideal client to a stranger now.",
            expect=("Word from Desmond, whichever way it goes", "An honest view of our fees"),
        ),
        Meeting(
            -294, "09:15",
            notes=(
                Note("referrals", "Desmond took her call; no need now, but a lease comes up in spring."),
                Note("business", "Dominic has joined from Leeds for wills and trusts, three days a week."),
                Note("achievements", "Her shop-lease talk filled the library’s upper room twice."),
            ),
            covered=((MINE, "What became of the conversation with Desmond?"),),
            promises=(
                Promise(MINE, "Invite her to our spring seminar for shop owners", -270, kept=-268),
                Promise(THEIRS, "Put our name on the referral sheet in her welcome pack", -280, kept=-283),
            ),
            step="referral_partner",
            reason="Three good meetings, two introductions that went somewhere, and no selling.",
            expect=("One introduction a quarter she would be glad of", "The same, and frank feedback"),
        ),
        Meeting(
            -231, "09:15",
            notes=(
                Note("referrals", "Leo Finch’s lease went through; he sent her a first edition by way of thanks."),
                Note("family", "Ottilie broke a wrist on the trampoline and is delighted with the plaster."),
            ),
            promises=(
                Promise(THEIRS, "Write two lines for our newsletter about break clauses", -215, kept=-209),
                Promise(MINE, "Check whether Fergus Dunmore has a partnership deed at all", -217, kept=-218),
            ),
            reason="Steady, and useful both ways.",
            expect=("Nothing pressing", "Her newsletter lines before the print date"),
        ),
        Meeting(
            -168, "09:15",
            notes=(
                Note("business", "Turning work away for the first time; the second solicitor cannot come soon enough."),
                Note("referrals", "The Dunmore brothers came in together, which nobody had managed before.", idea=True),
            ),
            facts=(
                Fact("goals", "The second solicitor starts in the new year; now she wants Fridays off",
                     instead_of="To have a second solicitor by her fortieth birthday"),
            ),
            promises=(
                Promise(THEIRS, "Share her engagement letter, so that ours matches", -160, kept=-161),
                Promise(MINE, "Work out what a Friday costs her, salary and all", -150, kept=-152),
            ),
            choice="meet_more",
            reason="We keep saving things up; two months is too long for live work.",
            expect=("The sum for her Fridays", "To hear about farms before the vet does"),
        ),
        Meeting(
            -126, "09:15", asked_by=THEIRS,
            notes=(
                Note("referrals", "Qureshi Haulage needs a depot lease read; she can see him on Thursday week."),
                Note("interests", "Training to swim the length of the mere for Mere Valley Hospice."),
            ),
            promises=(
                Promise(MINE, "Sponsor the swim and say so in the window", -110, kept=-112),
                Promise(THEIRS, "See Imran Qureshi about the depot and tell me how he seemed", -112, kept=-114),
            ),
            reason="The rhythm suits us both.",
            expect=("Our name on her sponsor list", "News of Imran"),
        ),
        Meeting(
            -84, "09:15",
            notes=(
                Note("achievements", "Swam it in two hours four, and raised three thousand one hundred pounds."),
                Note("referrals", "Imran signed; he told her that we had warned him about the service charge."),
                Note("", "Seemed tired. Ask how she is before asking about work.", private=True),
            ),
            promises=(
                Promise(THEIRS, "Introduce me to Rashida Coleman at the surveyors", -60, kept=-55),
                Promise(MINE, "Put together a cash-flow sheet for her second hire", -70, kept=-71),
            ),
            choice="meet_more",
            reason="Two live matters together; a month is the natural beat now.",
            expect=("The cash-flow sheet", "An evening with Rashida"),
        ),
        Meeting(
            -54, "09:15", moved_from=-57,
            notes=(
                Note("business", "Offer made to a solicitor from Skipton; she answers by the end of the month."),
                Note("referrals", "Henrik’s landlord wants him out early. He needs her before he needs me."),
            ),
            promises=(
                Promise(MINE, "Walk Henrik over to Sheep Street myself", -45, kept=-47),
                Promise(THEIRS, "Tell me the usual length of a brewery’s notice period", -50, kept=-50),
            ),
            reason="Still the best hour of the month.",
            expect=("Henrik in person, not a telephone number", "Plain words on notice periods"),
        ),
        Meeting(
            -26, "09:15",
            notes=(
                Note("referrals", "Henrik has eleven months, in writing. He has stopped pacing."),
                Note("family", "Wren wants to be a solicitor, or else a heron."),
                Note("business", "The solicitor from Skipton said yes and starts after Easter."),
            ),
            facts=(
                Fact("achievements", "Appointed to the regional business-law panel", said_by="others", slot="praise"),
                Fact("business", "Opening a Saturday clinic for start-ups, once a month", slot="offer"),
            ),
            promises=(
                Promise(THEIRS, "Send the wording for our joint page on selling a business", -6),
                Promise(MINE, "Draft the numbers half of that page", 1),
                Promise(MINE, "Find out whether Colette Barnabas has a lasting power for the home", -12, kept=-14),
            ),
            reason="Monthly stays. Calls every week while the brewery is in play.",
            expect=("The numbers half in draft", "Her half of the page"),
        ),
        Meeting(4, "09:15", ended="planned", asked_by=THEIRS),
    ),
    rhythms=(Rhythm(-83, (28, 14), (7, 4)),),
    pitch=Pitch(
        on=-30,
        approved=-26,
        sentence="She is the one who reads it before you shake hands on it, and tells you in plain words what you are about to sign.",
        story="A father and two sons had sold their joinery on a handshake. Tessa found the clause that would have kept them liable for the buyer’s debts for six years. They sold a month later, for more, and still drink with the buyer.",
        listen_for="A shareholder over sixty who changes the subject\nA letter from a buyer, kept in a drawer\nBrothers or sisters who only talk through the bookkeeper",
        ask_first="If a good offer came on Monday, who would have to agree by Friday?",
        not_to_send="Divorces and neighbours’ hedges, however nicely they ask\nAnybody who has signed already",
        introduce="By mail to both, with a sentence on why. Say that the first half hour is a talk, not a bill.",
    ),
    calls=(
        Phoned(-255, 8, "Leo Finch is on his way to her; warned her about the dog."),
        Phoned(-198, 12, "Newsletter lines late, and worth it."),
        Phoned(-142, 10, "Fridays cost less than she feared."),
        Phoned(-77, 10, "Recruiting. Wants two names of people who have hired well.", -70),
        Phoned(-70, 6, "Gave her Bronwen and Imran; both happy to talk.", -63),
        Phoned(-63, 9, "Interviews on Tuesday, nervous as a candidate.", -56),
        Phoned(-47, 7, "Henrik delivered, in person, with a crate."),
        Phoned(-40, 11, "Landlord’s letter is bluff, she thinks.", -33),
        Phoned(-33, 5, "Nothing new; laughed about the plaster cast.", -26),
        Phoned(-17, 10, "Saturday clinic needs someone for the tax half. Me, apparently.", -10),
        Phoned(-10, 8, "Clinic date is set; three have booked already.", -1),
    ),
    items=(
        Item(MINE, "Who else of hers has a landlord like Henrik’s?", -24, "Henrik has eleven months"),
        Item(THEIRS, "Whether I would share the Saturday clinic with her", -10),
        Item(MINE, "How she is, first of all", -8),
    ),
)  # fmt: skip

GORDON = Programme(
    person="Gordon Pell",
    begun=-340,
    why="Six years of lunches before I wrote any of it down.",
    place="The Tin Kettle, Bell Lane",
    stage="referral_partner",
    held_before=6,
    held_before_last=-375,
    alignment="medium",
    alignment_reasons="Good clients, but nearly all of them employed.",
    meeting_days=(91, 42),
    call_days=(56, 21),
    minutes=75,
    travel=10,
    meetings=(
        Meeting(
            -325, "16:00", ahead=14,
            notes=(
                Note("business", "Priscilla now runs the first-time buyers; he keeps the self-employed."),
                Note("referrals", "Bell Lane Motors got their mortgage; Tomasz still talks about it."),
                Note("family", "A grandson at last. Photographs were produced."),
            ),
            facts=(
                Fact("family", "Grandson Alfie, born in the spring; daughter Kirsty lives in Ripon", slot="children"),
                Fact("interests", "Golf off fourteen, and restoring a 1962 Norton", slot="free_time"),
                Fact("business", "Lenders want two years of accounts, sooner than he can get them"),
            ),
            promises=(
                Promise(MINE, "Turn round year-end figures within a week for his applicants", -300, kept=-304),
                Promise(THEIRS, "Tell self-employed applicants to ring us before the tax return", -310, kept=-310),
            ),
            reason="It works; no need to touch it.",
            expect=("Figures in a week", "Fewer applicants at the last minute"),
        ),
        Meeting(
            -241, "16:00",
            notes=(
                Note("referrals", "Two of his came to us; one had kept every receipt since school."),
                Note("achievements", "Came second in the county seniors, by one putt."),
            ),
            facts=(Fact("achievements", "Runner-up, county seniors’ golf", said_by="others", slot="win"),),
            promises=(
                Promise(THEIRS, "Introduce me to Alistair Venn at the Mutual", -220, kept=-206),
                Promise(MINE, "Explain dividends to his trainee over a sandwich", -225, kept=-226),
            ),
            reason="Quarterly is right for how often we have news.",
            expect=("The sandwich", "Alistair, when golf allows"),
        ),
        Meeting(
            -157, "16:00",
            notes=(
                Note("business", "Rates are the only thing anyone asks him; wants something else to say."),
                Note("referrals", "Alistair asked for a speaker on cash flow. That is us.", idea=True),
            ),
            promises=(
                Promise(MINE, "Send him our page on how lenders read accounts", -140, kept=-131),
                Promise(THEIRS, "Ask three builders whether they would come to a cash-flow morning", -120,
                        dropped=-90, agreed=True),
                Promise(THEIRS, "Pass on the name of the estate’s new developer", -30),
            ),
            reason="Fond of him, and the work follows.",
            no_next="His diary for the autumn was at the office; he was going to ring.",
            expect=("Something to say besides rates", "The developer’s name"),
        ),
    ),
    calls=(
        Phoned(-280, 15, "Kirsty’s house sale, and would I look at the tax on it."),
        Phoned(-185, 10, "Trainee passed, and dividends came up."),
        Phoned(-92, 6, "Builders too busy for mornings; we let it go.", -36),
    ),
    items=(Item(MINE, "The talk for Alistair: together, or me alone?", -130, "Alistair asked for a speaker"),),
)  # fmt: skip

MARGUERITE = Programme(
    person="Marguerite Osei",
    begun=-330,
    why="She knows who is moving in before the removal van does.",
    place="Osei & Daughters, 19 The Buttermarket",
    stage="tell_me_the_detail",
    held_before=2,
    held_before_last=-345,
    alignment="medium",
    alignment_reasons="New shops need books from the first day, and she hands them the keys.",
    meeting_days=(91, 42),
    call_days=(42, 21),
    minutes=50,
    meetings=(
        Meeting(
            -273, "14:00", ahead=20,
            notes=(
                Note("business", "Afua has taken over lettings, and with it the Sunday telephone."),
                Note("referrals", "The wool shop came to us the week they signed."),
                Note("interests", "Sings alto in the Choral; Rosamund stands beside her."),
            ),
            facts=(
                Fact("interests", "Choral society on Wednesdays, alto", slot="pastime"),
                Fact("family", "Daughters Afua and Efua; only Afua wanted the firm", slot="children"),
            ),
            promises=(
                Promise(MINE, "Make a first-year checklist she can put in with the keys", -250, kept=-251),
                Promise(THEIRS, "Tell us of each new commercial tenant in the week they sign", -245, kept=-247),
            ),
            step="referral_partner",
            reason="She has been one for years; now it is written down.",
            expect=("The checklist, in plain words", "A name a month"),
        ),
        Meeting(
            -182, "14:00", moved_from=-189,
            notes=(
                Note("referrals", "Of four new tenants three rang; the fourth has a brother-in-law."),
                Note("business", "The old corn exchange may become six units. Not public yet."),
            ),
            facts=(Fact("business", "Corn exchange: six units, decided by the council in summer", slot="on_their_mind"),),
            promises=(
                Promise(MINE, "Keep the corn exchange to myself until the notice goes up", -120, kept=-121),
                Promise(THEIRS, "Give Afua our card to hand out at viewings", -170, kept=-165),
            ),
            reason="Give and take about even.",
            expect=("Discretion", "The developer’s name once it is out"),
        ),
        Meeting(
            -91, "14:00", exact=True,
            notes=(
                Note("family", "Efua is engaged, to a Dutchman, with two dates and two dresses."),
                Note("referrals", "A micro-bakery takes unit two if the sums hold. She sent him our way."),
                Note("achievements", "Thirty years since she opened, and the Messenger ran the photograph."),
            ),
            facts=(
                Fact("family", "Efua marries in Utrecht next summer"),
                Fact("achievements", "Thirty years on the Buttermarket", said_by="others", slot="milestone", day=-361, yearly=True),
            ),
            promises=(
                Promise(MINE, "Do the baker’s sums for unit two", -70, kept=-66),
                Promise(THEIRS, "Introduce us to the corn exchange’s developer", 0),
            ),
            reason="Worth the walk across the square every quarter.",
            no_next="She plans a quarter ahead once the wedding dates are fixed.",
            expect=("The baker’s sums, honest ones", "A word with the developer"),
        ),
    ),
    calls=(
        Phoned(-230, 5, "Wool shop delighted with the checklist."),
        Phoned(-140, 10, "Council notice delayed to the autumn."),
        Phoned(-45, 7, "Baker has signed. He names a loaf after her."),
    ),
    items=(
        Item(THEIRS, "How the first units are doing, without names", -45),
        Item(MINE, "A card for the wedding", -44, "Efua is engaged"),
    ),
)  # fmt: skip

STORIES = (TESSA, GORDON, MARGUERITE)
