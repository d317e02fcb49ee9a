"""The cast: forty people in and around Hallowmere, a market town that is on no map."""

from touchline.demo.story import Someone

OWNER = ("Hannah Whitlock", "hannah@example.org")
COLLEAGUE = ("Dev Malhotra", "dev@example.org")
VIEWER = ("Joan Whitlock", "joan@example.org")
WORKSPACE = "Whitlock Accounts"

BREAKFAST = "Friday breakfast"
CHAMBER = "Hallowmere traders’ evening"

# In a programme.
PROGRAMME = (
    Someone(
        "Tessa Marchbanks", "Commercial solicitor", "Marchbanks Lowe", ("law", "breakfast"),
        BREAKFAST, "well", "07700 900114", "tessa@marchbankslowe.example",
        "Marchbanks Lowe, 4 Sheep Street, Hallowmere",
        "Never before nine: the school run is hers.", "--04-17",
    ),
    Someone(
        "Gordon Pell", "Mortgage broker", "Pell & Ash Mortgages", ("property", "finance"),
        "Golf club, years ago", "well", "07700 900127", "gordon@pellandash.example",
        "Pell & Ash, The Old Dairy, Bell Lane, Hallowmere",
    ),
    Someone(
        "Marguerite Osei", "Estate agent and owner", "Osei & Daughters", ("property",),
        "Sold us the office", "well", "07700 900133", "marguerite@oseihomes.example",
        "Osei & Daughters, 19 The Buttermarket, Hallowmere", "", "1968-09-02",
    ),
    Someone(
        "Nikhil Bhandari", "Managing director", "Lanternlight IT", ("technology", "breakfast"),
        BREAKFAST, "well", "07700 900146", "nikhil@lanternlight.example",
        "Lanternlight IT, Unit 6, Oxley Wharf",
        "Parks round the back; the front bays belong to the gym.",
    ),
    Someone(
        "Elspeth Crane", "Veterinary surgeon and partner", "Crane & Hollis Vets", ("health",),
        "Introduced by Tessa Marchbanks", "a_little", "07700 900158", "elspeth@cranehollis.example",
        "Crane & Hollis, Mill Lane, Hallowmere",
    ),
    Someone(
        "Callum Redfearn", "Joiner and builder", "Redfearn Joinery", ("trades",),
        "Client referral", "a_little", "07700 900162", "callum@redfearnjoinery.example",
        "The Sawpit, Brindle Heath", "Answers texts, not e-mail.",
    ),
    Someone(
        "Yasmin Adeyemi", "HR consultant", "Plain People HR", ("people", "breakfast"),
        BREAKFAST, "a_little", "07700 900175", "yasmin@plainpeople.example", known=-40,
    ),
    Someone(
        "Philippa Stroud", "Independent financial adviser", "Stroud Wealth Planning", ("finance",),
        CHAMBER, "a_little", "07700 900189", "philippa@stroudplanning.example",
        "Stroud Wealth Planning, Corn Row, Hallowmere", known=-60,
    ),
    Someone(
        "Martin Fairweather", "Commercial insurance broker", "Fairweather Cover", ("insurance",),
        "Introduced by Gordon Pell", "well", "07700 900193", "martin@fairweathercover.example",
        "Fairweather Cover, 2 Station Approach, Hallowmere", "", "--11-30",
    ),
    Someone(
        "Beatrix Lowndes", "Owner", "Tansley Barns", ("hospitality",),
        CHAMBER, "a_little", "07700 900204", "beatrix@tansleybarns.example",
        "Tansley Barns, Upper Tansley",
    ),
    Someone(
        "Roy Tindall", "Print and signs", "Tindall Signs", ("trades", "breakfast"),
        BREAKFAST, "a_little", "07700 900218", "roy@tindallsigns.example",
    ),
    Someone(
        "Saskia Verhoeven", "Brand designer", "Studio Heron", ("marketing",),
        "Introduced by Nikhil Bhandari", "well", "07700 900221", "saskia@studioheron.example",
        "Studio Heron, above the chandlery, Oxley Wharf",
    ),
)  # fmt: skip

# Known, without a programme.
OTHERS = (
    Someone("Dominic Lowe", "Partner, private client", "Marchbanks Lowe", ("law",),
            "Introduced by Tessa Marchbanks", "a_little", "01632 960110",
            "dominic@marchbankslowe.example"),
    Someone("Priscilla Ash", "Mortgage adviser", "Pell & Ash Mortgages", ("finance", "property"),
            "Introduced by Gordon Pell", "only_a_name", "01632 960127"),
    Someone("Afua Osei", "Lettings manager", "Osei & Daughters", ("property",),
            "Introduced by Marguerite Osei", "a_little", "01632 960133",
            "afua@oseihomes.example"),
    Someone("Henrik Solberg", "Head brewer", "Three Swans Brewery", ("food and drink", "client"),
            "Client since the first barrel", "well", "07700 900237",
            "henrik@threeswans.example", "Three Swans Brewery, Oxley Wharf",
            "Wants a second site before the lease runs out."),
    Someone("Colette Barnabas", "Care home manager", "Fallowfield House", ("health", "client"),
            "Client referral", "well", "07700 900243", "colette@fallowfield.example"),
    Someone("Imran Qureshi", "Director", "Qureshi Haulage", ("transport", "client"),
            "Client referral", "well", "07700 900251", "imran@qureshihaulage.example",
            notes="Fourteen lorries and one patient office dog."),
    Someone("Wilhelmina Frost", "Head teacher", "Hallowmere Primary School", ("education",),
            "Governors’ meeting", "a_little", email="head@hallowmereprimary.example"),
    Someone("Benedict Okafor", "Architect", "Okafor Drew", ("property",),
            CHAMBER, "a_little", "01632 960148", "ben@okafordrew.example"),
    Someone("Lorna Petrie", "Florist", "Petrie & Thorn", ("retail",),
            "Shop next door", "well", "01632 960152", birthday="--05-09"),
    Someone("Gareth Mumford", "Plumbing and heating", "Mumford Heating", ("trades",),
            BREAKFAST, "a_little", "07700 900266", "gareth@mumfordheating.example"),
    Someone("Sunita Rao", "Pharmacist and owner", "Rao’s Chemist", ("health", "retail"),
            "Client referral", "a_little", "01632 960164", "sunita@raochemist.example"),
    Someone("Alistair Venn", "Bank manager", "Hallowmere Mutual", ("finance",),
            "Introduced by Gordon Pell", "a_little", "01632 960171",
            "alistair.venn@hallowmeremutual.example"),
    Someone("Jocelyn Harker", "Chief executive", "Mere Valley Hospice", ("charity",),
            "Trustees’ lunch", "a_little", "01632 960176", "jocelyn@merevalley.example",
            notes="Looking for a treasurer from April."),
    Someone("Tomasz Wrona", "Garage owner", "Bell Lane Motors", ("trades", "client"),
            "Walked in one wet Tuesday", "well", "07700 900272", "tomasz@belllanemotors.example"),
    Someone("Cordelia Pike", "Editor", "The Hallowmere Messenger", ("press",),
            CHAMBER, "only_a_name", email="cordelia@hallowmeremessenger.example"),
    Someone("Rashida Coleman", "Chartered surveyor", "Coleman Stead", ("property",),
            "Introduced by Marguerite Osei", "a_little", "01632 960183",
            "rashida@colemanstead.example"),
    Someone("Fergus Dunmore", "Farmer", "Long Marrow Farm", ("farming", "client"),
            "Client since 2011", "well", "01632 960187",
            address="Long Marrow Farm, near Upper Tansley",
            notes="Succession: two sons, one of them keen."),
    Someone("Noor Haddad", "Dentist", "Haddad Dental Care", ("health",),
            "Own dentist", "a_little", "01632 960191", "noor@haddaddental.example"),
    Someone("Verity Ames", "Event organiser", "Ames Occasions", ("hospitality",),
            "Introduced by Beatrix Lowndes", "only_a_name", "07700 900285", known=-95),
    Someone("Leopold Finch", "Bookseller", "Finch’s Books", ("retail", "client"),
            "Client referral", "well", "01632 960196", "leo@finchsbooks.example"),
    Someone("Maeve Costigan", "Head of people", "Northmoor Packaging", ("people", "manufacturing"),
            "Introduced by Yasmin Adeyemi", "only_a_name", email="maeve@northmoor.example",
            known=-22),
    Someone("Desmond Achterberg", "Finance director", "Northmoor Packaging", ("manufacturing",),
            "Course in York", "a_little", "01632 960203", "desmond@northmoor.example"),
    Someone("Bronwen Sayle", "Founder", "Little Otters Nursery", ("education", "client"),
            "Client referral", "well", "07700 900294", "bronwen@littleotters.example"),
    Someone("Ottoline Grey", "Parish clerk", "Brindle Heath Parish Council", ("public",),
            CHAMBER, "only_a_name", "01632 960208"),
    Someone("Kwame Boateng", "Physiotherapist", "Wharfside Physio", ("health",),
            "Mended my knee", "a_little", "07700 900307", "kwame@wharfsidephysio.example"),
    Someone("Rosamund Teale", "Retired magistrate", "", ("charity",),
            "Choir", "well", "01632 960214", notes="Knows everybody, and says so kindly."),
    Someone("Stefan Ilić", "Head chef and owner", "The Tin Kettle", ("food and drink",),
            "Regular table", "a_little", "01632 960219", "stefan@tinkettle.example"),
    Someone("Aoife Brannigan", "Web developer", "Lanternlight IT", ("technology",),
            "Introduced by Nikhil Bhandari", "only_a_name", email="aoife@lanternlight.example"),
)  # fmt: skip
