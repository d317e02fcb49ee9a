"""What Hannah says of herself and her firm, and what two partners said by their links."""

MY_SHEET = -95
CONTACTS = {
    "role": "Chartered accountant, and owner",
    "phone": "07700 900101",
    "email": "hannah@example.org",
    "website": "https://whitlockaccounts.example",
}
PARTS = {
    "about": "I look after the books of firms that somebody built with their own hands. Whitby by "
    "birth, Hallowmere for twenty years, and eight years with a large firm in Leeds before that.",
    "work": "Accounts, tax and a plain word at the right time, for owners of firms with five to "
    "fifty people. People come to me when they have grown faster than their bookkeeping, or when "
    "they begin to think of selling.",
    "ideal": "Owners who are proud of what they make and tired of guessing what it earns.",
    "story": "A joiner thought that he was losing money on his largest client. He was: nine pounds "
    "an hour. We put a price on the setting up of each job; the client stayed, and so did he.",
    "interests": "Swimming in the mere from May to October, the second sopranos, and the fells.",
    "family": "Married to Rob. Nell sits her mocks this winter, so be kind in January.",
    "networks": "The Friday breakfast, the traders’ evening, and governor of the primary school.",
    "introduce": "“She tells you in an hour what your firm really earns.” Ask them first when "
    "they last raised their prices.",
}
# Written anew yesterday: what stands out for whoever looked before, or on that day.
LATELY = (
    -1,
    {
        "ideal": "Owners who are proud of what they make and tired of guessing what it earns. "
        "This winter above all: joiners, builders and fitters with five people or more, and "
        "anyone who has just been asked whether the firm is for sale."
    },
)
COMPANY = {
    "about": "Whitlock Accounts: five of us above the old saddler’s, and the kettle is always on.",
    "offer": "Accounts, tax returns, payroll, management figures each month, and getting a firm "
    "ready to be sold.",
    "area": "Hallowmere and an hour around it",
    "website": "https://whitlockaccounts.example",
}

# Their page, since when; and when they looked at it.
PAGES = (("Tessa Marchbanks", -60, (-41, -12, -1)), ("Marguerite Osei", -30, (-29, -2)))

# What Tessa did on hers.
ANOTHER_TIME = (
    "Tessa Marchbanks",
    -1,
    "A completion has landed on Thursday. Would one of these do?",
)
ON_THE_AGENDA = ("Tessa Marchbanks", -1, "Who tells a client first that the firm can be sold")
FEEDBACK = (
    "Tessa Marchbanks", "Henrik Solberg", -1,
    "All signed on Friday. He asked for somebody like you before I had said your name.",
)  # fmt: skip
GOING = (
    "Marguerite Osei", -2,
    "Well for us: two of the last three became clients. More landlords would be welcome.",
)  # fmt: skip

# Philippa was asked for hers before their first meeting, and handed it in.
ASKED = ("Philippa Stroud", -8, -1)
ANSWERS = {
    ("experience", "strength"): "Turning a shoebox of old pensions into one plain page.",
    ("experience", "before"): "Eleven years with an insurer, on the side that says no.",
    ("trigger_events", "phrases"): "“I have no idea what I have”, “we have had an offer”",
    ("how_to_introduce", "way"): "A mail to both of us, with one line on why.",
    ("networks", "groups"): "Traders’ evening, and treasurer of the hockey club.",
    ("interests", "free_time"): "Hockey while the knees hold, and an allotment.",
    ("family", "birthday"): "14 March",
}
