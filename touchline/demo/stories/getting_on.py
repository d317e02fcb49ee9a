"""Telling each other the detail: the third meeting today, and one after a missed one."""

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

NIKHIL = Programme(
    person="Nikhil Bhandari",
    begun=-118,
    why="Every client of ours who changes computers asks whom we trust.",
    place="Lanternlight IT, Oxley Wharf",
    alignment="high",
    alignment_reasons="He is in the building when a firm grows, and grumbles like we do.",
    meeting_days=(42, 21),
    call_days=(28, 14),
    travel=20,
    meetings=(
        Meeting(
            -96, "11:30", ahead=14, place="The Copper Pot, Corn Row",
            notes=(
                Note("experience", "Ran the hospital’s network at twenty-six and slept under the desk twice."),
                Note("goals", "Wants twenty clients who stay, and no more than twenty."),
                Note("interests", "Coaches the under-elevens, the ones who lose and enjoy it."),
            ),
            facts=(
                Fact("interests", "Coaches Hallowmere Rovers under-elevens; Saturday mornings are gone", slot="team"),
                Fact("experience", "Eleven years in hospital IT before Lanternlight", slot="before"),
                Fact("family", "Married to Priti, a midwife; son Kavi plays in goal", slot="partner"),
                Fact("networks", "Friday breakfast, and the school governors", slot="groups"),
                Fact("family", "Kavi’s trial for the county under-twelves", slot="children", day=4),
            ),
            promises=(
                Promise(MINE, "Introduce him to Colette at Fallowfield House", -80, kept=-84),
                Promise(THEIRS, "Send the checklist he gives firms who move office", -85, kept=-87),
            ),
            step="getting_to_know_you",
            reason="Straight, funny, and he wrote things down.",
            expect=("Colette, properly introduced", "The office-move checklist"),
        ),
        Meeting(
            -47, "11:30",
            notes=(
                Note("ideal_referral", "Ten to forty desks, one owner, and a server in a cupboard with the mops."),
                Note("trigger_events", "Somebody leaves with the passwords, or the insurer sends a questionnaire."),
                Note("target_companies", "Qureshi Haulage and the Three Swans; he has watched both for years."),
                Note("how_to_introduce", "Ask them when they last tried to restore a backup. Then wait."),
            ),
            facts=(
                Fact("ideal_referral", "Nobody who rings only when it is on fire", slot="not_to_send"),
                Fact("target_companies", "Three Swans was his first customer, and still rings him", slot="history", company="Three Swans Brewery"),
                Fact("trigger_events", "A cyber-insurance renewal is the best door there is", slot="signs"),
                Fact("business", "Aoife does websites now, so Saskia and he no longer compete", slot="offer"),
            ),
            promises=(
                Promise(MINE, "Ask Imran Qureshi when his cyber insurance renews", 0),
                Promise(MINE, "Sketch what a monthly fee would do to his cash flow", -20, kept=-16),
                Promise(THEIRS, "Introduce me to Saskia’s printer, who wants to sell up", -9),
                Promise(THEIRS, "Go through our own backups, for nothing", -25, kept=-28),
            ),
            covered=((THEIRS, "Whether accountants mind being asked about passwords"),),
            step="tell_me_the_detail",
            reason="He restored our backup in front of us, and it took four minutes.",
            expect=("An answer from Imran, even a no", "The printer, before a rival hears"),
        ),
        Meeting(0, "11:30", ended="planned"),
    ),
    calls=(
        Phoned(-72, 10, "Colette has asked him to look at the night-shift tablets."),
        Phoned(-19, 12, "The fee sketch made him laugh, then sign two clients to it.", 9),
    ),
    between=(
        Note("", "Kavi saved a penalty on Saturday; Nikhil told the whole breakfast.", on=-5),
        Note("", "Henrik at the brewery lost a day to a dead laptop. Good moment to bring Nikhil in.",
             idea=True, on=-3),
    ),
    items=(
        Item(MINE, "Henrik’s dead laptop: shall I bring the two of you together?", -3, "Henrik at the brewery"),
        Item(THEIRS, "What a new client of his should have in order before we meet them", -6),
        Item(MINE, "Is it time to call each other referral partners?", -2),
    ),
)  # fmt: skip

SASKIA = Programme(
    person="Saskia Verhoeven",
    begun=-140,
    why="Nikhil says she asks better questions than any consultant.",
    place="Studio Heron, Oxley Wharf",
    alignment="medium",
    alignment_reasons="New names and new shop fronts come with new companies.",
    meeting_days=(63, 28),
    call_days=(42, 14),
    travel=20,
    meetings=(
        Meeting(
            -125, "10:30", ahead=10,
            notes=(
                Note("experience", "Drew maps for a newspaper in Rotterdam before she drew logos."),
                Note("interests", "Rows on the river at an hour she calls civilised."),
                Note("goals", "One book of her own, about bridges, before she is fifty."),
            ),
            facts=(
                Fact("interests", "Rowing, bow seat, Tuesday and Thursday mornings", slot="free_time"),
                Fact("goals", "A book on small bridges, half drawn", slot="own_plans"),
                Fact("networks", "The wharf’s open studios, twice a year", slot="groups"),
            ),
            promises=(
                Promise(THEIRS, "Look at our letterhead with an unkind eye", -115, kept=-117),
                Promise(MINE, "Lend her my grandfather’s book of packhorse bridges", -110, kept=-104),
            ),
            step="getting_to_know_you",
            reason="I came away wanting to draw something.",
            expect=("The bridge book", "The unkind eye"),
        ),
        Meeting(
            -83, "10:30", moved_from=-90,
            notes=(
                Note("ideal_referral", "Firms about to change hands: the new owner wants a face of their own."),
                Note("trigger_events", "A sign being taken down. She looks up in every street."),
                Note("how_to_introduce", "Not *marketing*. Say that she makes a firm look like itself."),
            ),
            facts=(
                Fact("target_companies", "Tansley Barns and Three Swans Brewery", slot="firms"),
                Fact("ideal_referral", "Under three thousand pounds it is kinder to send them to Aoife", slot="value_range"),
            ),
            promises=(
                Promise(MINE, "Mention her to Henrik before the new labels are ordered", -60, kept=-58),
                Promise(THEIRS, "Write up the wool shop as a story of one page", -40, kept=-37),
            ),
            step="tell_me_the_detail",
            reason="Good work, gently done, and she pays her invoices.",
            expect=("Henrik, before the printer gets to him", "The wool-shop story"),
        ),
        Meeting(
            -11, "10:30", ended="missed", missed_by=THEIRS,
        ),
        Meeting(2, "10:30", ended="planned", ahead=8, asked_by=THEIRS),
    ),
    calls=(
        Phoned(-52, 10, "Henrik has kept his swans and changed everything else."),
        Phoned(-10, 5, "Mortified: flat battery and no train. She proposed the new date herself.", 30),
    ),
    between=(Note("", "A card came, with a very small drawing of a very late train.", on=-8),),
    items=(Item(THEIRS, "Swapping her first-year bookkeeping for our new letterhead", -10),),
)  # fmt: skip

ELSPETH = Programme(
    person="Elspeth Crane",
    begun=-60,
    why="Tessa brought us together; her old accountant has stopped ringing back.",
    place="Crane & Hollis, Mill Lane",
    meeting_days=(63, 28),
    call_days=(28, 14),
    minutes=55,
    travel=10,
    meetings=(
        Meeting(
            -34, "08:00", ahead=10, asked_by=THEIRS,
            notes=(
                Note("goals", "To buy Hollis out in three years without selling to a chain."),
                Note("family", "Lives above the surgery with a three-legged lurcher called Biscuit."),
                Note("networks", "The county’s farm vets meet on the first Monday; she keeps the minutes."),
            ),
            facts=(
                Fact("goals", "Buy out Hollis by instalments; no corporate groups", slot="years_ahead"),
                Fact("family", "No children; nephew Rory spends his summers at the surgery", slot="children"),
                Fact("interests", "Fell running, slowly, with Biscuit ahead", slot="free_time"),
            ),
            promises=(
                Promise(MINE, "Lend her a copy of our guide to buying out a partner", -27, kept=-29),
                Promise(THEIRS, "Gather three years of the surgery’s accounts", -7, kept=-3),
            ),
            step="getting_to_know_you",
            reason="She knows what she wants and asks what it costs.",
            expect=("Plain figures, no euphemisms", "The old accounts, such as they are"),
        ),
        Meeting(
            0, "09:00", ended="held",
            notes=(
                Note("ideal_referral", "Other practices with one partner over sixty; she knows of four."),
                Note("trigger_events", "A chain’s letter on the mat. They all get one, and they all ask her."),
                Note("target_companies", "Wants to meet Fergus Dunmore: every herd beyond Tansley is his cousin’s."),
            ),
            facts=(
                Fact("how_to_introduce", "The vet who stayed: that is the sentence", slot="sentence"),
                Fact("ideal_referral", "Partners with one foot out of the door and no plan", slot="examples"),
            ),
            promises=(
                Promise(MINE, "Price the buy-out over three, four and five years", 8),
                Promise(MINE, "Ask Fergus whether she may ring him", 3),
                Promise(THEIRS, "Find the partnership deed, if Hollis has not filed it under D for dog", 5),
            ),
        ),
    ),
    calls=(Phoned(-15, 8, "Hollis has agreed to talk figures, on his terms, after lunch."),),
)  # fmt: skip

STORIES = (NIKHIL, SASKIA, ELSPETH)
