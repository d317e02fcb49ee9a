"""The words by which a label or a question tells what it asks for, English and German. Pure.

A cue holds where all of its words stand in a label, in any order; ``*`` leaves the end of a word
open. A later module weighs them: the one that says most decides.
"""

# By topic and slot of the shipped playbook; without a slot for the topic in general.
CUES = {
    # Interests
    "interests": "interests; personal interests; likes; about me personally; private life; "
    "what i like; beyond work; outside business; interessen; privat; persönliches; vorlieben",
    "interests/free_time": "off duty; after hours; hobbies interests; sunday; saturday; "
    "downtime; switch off; not in office; when not; off the clock; own time; nach feierabend; "
    "hobb*; free time; spare time; leisure; not working; not at work; outside work; "
    "away from work; off work; weekend; evening; relax; unwind; for fun; pastime; "
    "activities interest; like to do; love to do; enjoy doing; recreation; days off; freizeit*; "
    "feierabend; wochenende; hobbys; ausgleich; steckenpferd; gern mache",
    "interests/team": "cheer*; rugby; football; cricket; supporter; verein; "
    "sports club i follow; follow sport; team; sports team; football club; support team; "
    "which club follow; lieblingsverein; lieblingsmannschaft; fan von; verein fan; "
    "football team; club i support",
    "interests/pastime": "clubs hobbies; sports played; sports i play; sport*; play sport; "
    "instrument; collect; sportverein",
    "interests/enjoying": "watch; reads; playlist; netflix; nightstand; bedside; book*; film*; "
    "movie*; music; reading; read; watching; listening to; podcast*; band; author; song; tv; "
    "series; bücher; buch; musik; lieblingsbuch; lieblingsfilm; lieblingsmusik; filme",
    "interests/places": "place to be; favourite place; places i love; favourite places; "
    "holiday*; vacation*; travel*; destination; lieblingsort*; urlaub*; reise*; where like to be",
    "interests/food": "restaurant; place to eat; food; eat; drink; coffee order; cuisine; dish; "
    "lieblingsrestaurant; lieblingsessen; lieblingsgericht; leibgericht; essen; stammlokal",
    "interests/causes": "giving time; give time; time for others; engagier*; raise money; "
    "fundrais*; cause*; charit*; volunteer*; good cause; give back; giving back; community work; "
    "ehrenamt*; herzensprojekt; soziales engagement; spende*; herzensanliegen",
    # Goals
    "goals": "goal*; dream*; aims; objectives; ambition*; ziele; träume; ziel; vorhaben",
    "goals/why": "end up; made become; made you; came into; get into this; got into; fell into; "
    "why become; why do this; why this work; why i do; my why; what drives; motivat*; passion*; "
    "why did start; reason i do; get up morning; get out bed; warum mache; mein warum; antrieb; "
    "antreibt; was treibt; why choose; why started; how did start; how come to do",
    "goals/good_year": "next year hold; year hold; year ahead; year bring; by end of year; "
    "year i want; good year; great year; goal year; goals year; goals this year; this year; "
    "next twelve months; next 12 months; coming year; ziele jahr; gutes jahr; dieses jahr; "
    "success look like; year a success",
    "goals/years_ahead": "five years; 5 years; ten years; three years; years time; "
    "burning desire; long term; vision; in jahren; fünf jahren; langfristig; zukunft; bucket list",
    "goals/own_plans": "personal goal*; private goal*; plans away from work; bucket list; "
    "own plans; persönliche ziele; private ziele; private pläne",
    "goals/in_the_way": "in the way; obstacle*; challenge*; holding back; struggle*; hurdle*; "
    "biggest problem; keeps awake; hindernis*; herausforderung*; hürde*; was bremst",
    "goals/help_wanted": "help me; could use; wish list help; support me; looking for advice; "
    "advice on; want to get better; better at; help wanted; can help; anything help; "
    "help right now; help with; help you; need help; support need; hand with; looking for help; "
    "how can we help; wo brauche hilfe; hilfe; unterstützung; what i need; can i do for; "
    "can we do for; could use a hand; asks",
    # Experience
    "experience": "experience; background; career; cv; career history; werdegang; erfahrung*; "
    "beruflicher hintergrund; lebenslauf",
    "experience/before": "before; beruflicher weg; earlier life; previous lives; former life; "
    "past employ*; vorgeschichte; came from; before this; previous job*; previous work; "
    "previous types job*; former job*; past jobs; previously; earlier career; did before; "
    "do before; worked before; previous career; used to do; past career; past life; früher; "
    "frühere tätigkeit*; vorher gemacht; davor; bisherige stationen; berufliche stationen; "
    "earlier jobs",
    "experience/proudest": "proudest; proud of; best work; best project; favourite project; "
    "stolz*; work i am proud; showpiece; liebstes projekt",
    "experience/strength": "expertise; excel; niche; what best at; particularly good; strength*; "
    "skill*; best at; good at; come to for; expert*; talent*; speciali*; known for; superpower; "
    "what sets apart; unique; different from; stand out; usp; competitive edge; stärken; stärke; "
    "kompetenz*; fähigkeiten; spezialgebiet*; schwerpunkt*; key to success; secret success; "
    "bekannt für; besonders gut; alleinstellung*; forte",
    "experience/standing": "qualification*; training; education; degree*; certificat*; "
    "accredit*; studied; university; school; licence*; license*; ausbildung; studium; "
    "abschluss*; qualifikation*; zertifikat*; zulassung*; letters after name; credentials",
    "experience/hidden_skill": "astonish*; never guess; unexpected; would not expect; "
    "hidden talent; hidden skill; nobody know*; no one know*; not know about; may not know; "
    "surprise*; fun fact; surprising fact; secret; guess; party trick; kaum jemand weiß; "
    "niemand weiß; verstecktes talent; überrasch*; geheimnis; interesting fact; unusual fact; "
    "little known; would never guess; don know about",
    "experience/turned_away": "turn away; turned away; say no to; jobs i refuse; lehne ab; "
    "work do not take",
    "experience/lesson": "lesson*; learnt hard way; biggest mistake; best advice; "
    "advice received; lebensweisheit; gelernt habe; motto; rat",
    # Networks
    "networks": "network*; connections; contacts; contact network; kontakte; netzwerk*; "
    "beziehungen",
    "networks/groups": "sit on; professional bod*; bodies; seat on; involved in; rotary; "
    "chamber; gremium; group*; member of; membership*; association*; club*; committee*; board*; "
    "belong to; networking group*; where network; communities; society; societies; organi*; "
    "mitgliedschaft*; mitglied*; verein*; verband; verbände; gremien; vereine; netzwerkgruppe*; "
    "where do you network; where i network; networking events; governor; trustee",
    "networks/sources": "clients come from; customers come from; business come from; "
    "source of business; find clients; find you; how clients find; sources of work; leads come; "
    "woher kommen kunden; kunden kommen; auftragsquelle*; best source; work come from",
    "networks/recommends": "recommend; trades recommend; refer others; i refer to; "
    "who do you recommend; people i recommend; suppliers trust; often refer; empfehle selbst; "
    "empfehle gern; empfehle; know and trust; trusted suppliers; asked for recommendations",
    "networks/before_after": "work well with; work closely with; team up with; natural partner*; "
    "work hand in hand; before and after; before or after; work alongside; same clients; "
    "who sees client; who else works with; share clients; same customers; vorher nachher; "
    "gleiche kunden; collaborat*; partner businesses; complementary; strategic alliance*; "
    "power partner*; synerg*; kooperation*",
    "networks/senders": "pass work; passes work; passes leads; work from; introduces me; "
    "feeds work; who sends; sends work; send me work; send most; contact sphere; "
    "referral source*; referral partner*; refer to me; best referrers; introducer*; who refers; "
    "empfehlungsgeber; empfehlungspartner; wer empfiehlt; wer schickt; zuträger; "
    "good introducers; best source of referrals; centres of influence; centers of influence",
    "networks/online": "website; linkedin; online; social media; web; instagram; facebook; xing; "
    "twitter; youtube; homepage; internet",
    # Family
    "family": "anniversary; next of kin; my people; homelife; domestic; famil*; home life; "
    "at home; family life; home; wedding anniversary; hochzeitstag; jahrestag; familie; zuhause; "
    "loved ones; household; personal life; significant others; people at home; daheim; "
    "familienstand und kinder",
    "family/partner": "spouse; partner; wife; husband; married; marital status; "
    "significant other; other half; better half; fiance*; girlfriend; boyfriend; ehefrau; "
    "ehemann; ehepartner*; lebenspartner*; frau; mann; familienstand; verheiratet; partnerin; "
    "lebensgefährt*; at your side",
    "family/children": "nephew*; godchild*; bairns; sprog*; child*; kids; son; sons; daughter*; "
    "grandchild*; kinder; kind; söhne; töchter; tochter; enkel*; nachwuchs; offspring; "
    "little ones; boys girls",
    "family/parents": "parent*; mother; father; brother*; sister*; sibling*; eltern; "
    "geschwister; mutter; vater; rest of family",
    "family/animals": "pet; animal*; dog; cat; horse; haustier*; tiere; hund*; katze*; furry; "
    "four legged; vierbeiner",
    "family/where_from": "where from; grew up; grow up; growing up; home town; hometown; "
    "born where; where born; originally from; city residence; birthplace; place of birth; "
    "birth place; come from; herkunft; geburtsort; aufgewachsen; heimat*; woher; komme aus; "
    "native; roots; wo geboren; where raised; residence",
    "family/here": "why here; how long lived; live; lives in; living in; where live; "
    "how long at address; moved here; wohnort; wohne; wohnhaft; lebe in; based at home; "
    "where do you live; where i live; time in area; years in area",
    "family/keep_clear": "days to keep clear; never book; not available; unavailable; "
    "do not disturb; keep free; tabu",
    "family/birthday": "birthday; date of birth; birth date; birthdate; dob; born on; when born; "
    "geburtstag; geburtsdatum; geboren am; geb; born",
    # Ideal referral
    "ideal_referral": "referral*; empfehlung*",
    "ideal_referral/examples": "good referral; ideal referral; perfect referral; great referral; "
    "gute empfehlung; best referral; dream referral; referrals wanted; wunschempfehlung*; "
    "what referrals; good lead*; enjoy working for; work for best; suit best; who suits; "
    "clientele; sweet spot; kundschaft; bester kunde; made for; who should i send; "
    "who should we send; send me; leads wanted; happiest serving; right for me; refer people; "
    "whom help; ideal client*; ideal customer*; perfect client*; perfect customer*; "
    "dream client*; dream customer*; favourite client*; best client*; best customer*; "
    "target client*; target customer*; target market*; target audience; client profile; "
    "typical client*; typical customer*; client avatar; who do you help; who i help; "
    "who we help; who i work with; who do you work with; i want to meet; like to meet; "
    "looking to meet; want to be introduced; introduced to; introductions wanted; "
    "introduction* looking; looking for; who looking for; good introduction*; "
    "ideal introduction*; work with most; client ten times; clients again; clients; customers; "
    "who do you serve; idealkund*; wunschkund*; traumkund*; zielkund*; zielgruppe*; "
    "idealer kunde; lieblingskund*; typischer kunde; perfekter kunde; wen suche; suche kontakt; "
    "kontaktwunsch; kunden; wunschkontakt*",
    "ideal_referral/role": "decision maker*; customer role; who decides; ansprechpartner; "
    "entscheider; position customer; contact person role",
    "ideal_referral/trade": "industr*; sector*; trades served; customer trade; vertical*; "
    "branche*; client industry",
    "ideal_referral/size": "size of client; company size; client size; customer size; "
    "number of staff; how big; headcount; unternehmensgröße; firmengröße; betriebsgröße; turnover",
    "ideal_referral/area": "works within; work within; patch; where find us; travel to; miles; "
    "minutes of; serving; area cover*; geographic*; territor*; where work; work where; how far; "
    "service area; region*; catchment; areas served; areas covered; location served; "
    "travel for work; einzugsgebiet*; gebiet*; umkreis; arbeitsgebiet; wo tätig; coverage; "
    "radius; which areas",
    "ideal_referral/value_range": "charge; cost; price*; rate; rates; honorar; stundensatz; "
    "average value; typical value; order value; deal size; typical fee; budget; price range; "
    "auftragswert*; auftragsgröße; project size; job value; worth of a job; average sale; "
    "typical project",
    "ideal_referral/not_to_send": "bitte nicht; no thanks; steer clear; turn away; do not send; "
    "no thank; refuse; less suited; not our; lieber nicht; not send; don send; not to send; "
    "not refer; never send; nobody send; bad referral; poor referral; not good referral; "
    "not a fit; wrong client*; not right client; not right for; not for me; not for us; avoid; "
    "not looking; not want; please no; don want; not work with; don work with; "
    "keine empfehlung*; nicht empfehlen; nicht schicken; keine kunden; nicht passend; "
    "passt nicht; bitte keine; ungeeignet; don take; not take; not ideal; worst client*; "
    "not suitable; kein kunde",
    "ideal_referral/worth": "what makes worth; worth it; minimum job; minimum order; "
    "smallest job; ab wann lohnt; lohnt sich",
    # What sets it off
    "trigger_events": "trigger*; auslöser; triggers; trigger event*; anlass; anlässe",
    "trigger_events/just_happened": "what just happened; life event*; what has happened; "
    "situation*; ereignis*; events in life; when need you; when do people need; "
    "when people call; when clients need; when customers call; why do people call; "
    "reasons people call",
    "trigger_events/phrases": "typische sätze; they say; you hear; hear; heard; listen for; "
    "listen out; hear someone say; hear somebody say; hear people say; phrases; keyword*; "
    "what people say; somebody say; someone say; say when; people say need; clients say; "
    "customers say; buzz words; trigger phrases; buzzwords; stichwort*; signalwört*; "
    "schlüsselwört*; sätze; hören sie; satz hören; wenn jemand sagt; overhear; ears open; "
    "conversation starters; pain points; problems you solve; problem solve*",
    "trigger_events/signs": "tip off; clue*; hint*; give away; giveaway*; signs; look out for; "
    "what see; spot; warning sign*; anzeichen; how to spot; recogni*; erkennen; watch for; "
    "telltale; eyes open; how would i know",
    "trigger_events/first_to_know": "first to know; hears first; who knows first; erfährt zuerst",
    "trigger_events/timing": "right moment; best time to refer; timing; when to call me in; "
    "richtiger zeitpunkt; best moment; too late; too early; how early",
    # Doors to open
    "target_companies": "target*; wish list; wishlist; doors to open; wunschliste; top targets; "
    "zielunternehmen",
    "target_companies/firms": "doors; name three companies; introduction compan*; door open; "
    "introduction to companies; open doors to; get in front of; target compan*; companies; "
    "which companies; which firms; dream compan*; target firm*; target account*; companies love; "
    "firms let into; firms; compan* love to work; businesses like meet; organisations like meet; "
    "wunschfirmen; zielfirmen; traumfirmen; unternehmen; firmen; wunschunternehmen; "
    "top ten companies; named accounts; dream account*",
    "target_companies/people": "people to meet; who to meet; like to be introduced to by name; "
    "persons to meet; people meet; names of people; wen kennenlernen; kennenlernen; "
    "specific people; dream introduction*; who want to meet; gesprächspartner",
    "target_companies/history": "history with firms; firms worked with; existing relationships",
    "target_companies/tried": "tried in vain; tried without success; cannot get into; "
    "doors closed; can get in; vergeblich",
    "target_companies/can_open": "can open; open doors for; can introduce; who i know; "
    "introduce others; i can introduce; contacts i can share; who do you know; türen öffnen; "
    "kann vorstellen; what i offer network; people i know; who can introduce; "
    "what can i do for you; how i can help; how can i help others; whom know well",
    # How to introduce
    "how_to_introduce": "introduction tips; how to introduce; introduce me; introducing me; "
    "vorstellung; so stellen sie vor; how to talk about me; how to refer me; refer me; "
    "how to describe me",
    "how_to_introduce/sentence": "say to introduce; people say introduce; "
    "introduce in a sentence; words to introduce; one sentence; elevator pitch; tagline; "
    "strapline; slogan; memory hook; in a nutshell; one liner; pitch; in one line; "
    "one line about; in einem satz; kurz gesagt; kurzvorstellung; merksatz; aufhänger; "
    "what to say about; how describe what; short description; in short; say about me; "
    "thirty second*; 30 second*; 60 second*",
    "how_to_introduce/story": "story; success story; case study; example of work; client story; "
    "tell story; customer story; recent success; erfolgsgeschichte*; beispielgeschichte; "
    "praxisbeispiel*; erfolgsbeispiel; geschichte; example job; recent job; case*",
    "how_to_introduce/ask_first": "opening line; open with; ask them; conversation opener*; "
    "icebreaker; what to ask; ask first; question to ask; questions to ask; "
    "good opening question; frage stellen; qualifying question*; door opener question",
    "how_to_introduce/way": "ways in; way in; good introduction; introduction way; put touch; "
    "warm introduction; hand over; in the way of introduction; kontakt herstellen; pass my name; "
    "how like introduced; how like introduce; be introduced; introduced by; introduce by; "
    "introduce us; introduce you; introduction way; best way introduce; best way to refer; "
    "how to refer; preferred introduction; way to introduce; pass referral*; "
    "hand over referral*; so empfehlen sie mich; so stellen sie mich vor; wie vorstellen; "
    "vorgestellt werden; wie empfehlen; weiterempfehlen; introduction prefer*; "
    "prefer introduction*; make introduction*; connect me; empfehlungsweg",
    "how_to_introduce/unsaid": "not say; don say; leave unsaid; do not mention; don mention; "
    "not mention; nicht erwähnen; nicht sagen; never say",
    "how_to_introduce/response": "how soon; how fast; response time; get back within; "
    "call within; reaktionszeit; melde mich",
    "how_to_introduce/trust": "need to see first; before refer me; earn trust; build trust; "
    "what must see; vertrauen; references; referenzen; testimonial*; guarantee*",
    "how_to_introduce/rules": "rules; fee*; referral fee; commission; finder; provision; regeln; "
    "referral terms; compliance",
    # Referrals in flight
    "referrals/thanks": "whom to thank; thank; thanks; danke an; dank an",
    "referrals/worked": "referrals worked; good referrals so far; referral that worked",
    # Business
    "business": "my business; about business; the business; my work; about work; geschäft; "
    "beruf; beruflich*; tätigkeit; about company; about firm; business news; news",
    "business/on_their_mind": "on your mind; on my mind; current focus; focus; "
    "working on right now; working on; keeps busy; aktuell beschäftigt; beschäftigt gerade; "
    "current project*; priorities; priority; im kopf; what new; aktuelles",
    "business/people": "who in firm; firm know; right hand; works with me; in the office; "
    "office know; staff; people in firm; team members; employees; my team; your team; who works; "
    "mitarbeiter*; colleagues; kollegen; our team; the team; team size; angestellte",
    "business/offer": "day job; trade; machen wir; machen; speciali*ation; in business of; "
    "we sell; craft; what do; what offer; service*; product*; offer*; what i do; we do; firm do; "
    "company do; business do; provide; sell; help clients with; what does; line of work; "
    "what kind of work; job*; do for a living; occupation; leistung*; angebot*; was anbiete; "
    "was mache; was machen; produkte; dienstleistung*; was tun sie; portfolio; biete an; "
    "main work; type of business; nature of business; art des geschäfts; how i help clients; "
    "anbiete; what i offer; types of work; areas of work",
    "business/wanted": "wanted most; most profitable; work i want more; more of; want more; "
    "favourite work; mehr davon; am liebsten mache; favourite jobs; like doing best",
    "business/capacity": "capacity; room for new; taking on; new clients capacity; available; "
    "waiting list; kapazität*; auslastung; freie termine; how busy; availability; lead time*; "
    "vorlauf",
    "business/season": "season*; busy time*; busiest; quiet time*; saison; hochsaison; "
    "busy month*; stoßzeit*",
    "business/buys": "buy; suppliers need; what buy in; einkauf; kaufe ein; need suppliers; "
    "purchases; subcontract*; outsourc*",
    # Achievements
    "achievements": "achievement*; accomplishment*; success*; erfolg*; milestones achievements; "
    "leistungen bisher; highlights; highlight",
    "achievements/win": "recent win*; win; recent success*; went well; good news; lately proud; "
    "jüngster erfolg; letzter erfolg; best moment year",
    "achievements/praise": "award*; prize*; praise; recognition; accolade*; auszeichnung*; "
    "preise; lob; honour*; press",
    "achievements/milestone": "years in business; years trading; established; founded; "
    "in business since; since when; how long in business; how long been doing; "
    "how long have been; started business; milestone*; year founded; gegründet; gründung*; "
    "seit wann; jahre im; selbstständig seit; selbständig seit; firmenjubiläum; "
    "years experience; trading since; jubiläum; how long trading; been in business",
    "achievements/newly_learnt": "newly learnt; learning; new skill; recently learned; "
    "recently learnt; lerne gerade; course*; fortbildung*; weiterbildung*",
    # The two of us
    "us/hoped_for": "hope from; hopes for; expect from; expectations; get out of; erwartung*; "
    "erhoffe; why meet; hope to get",
    "us/rhythm": "how often meet; how often; meeting rhythm; wie oft; rhythmus",
    "us/fair": "fair; give and take; give take; geben nehmen",
    "us/best_help": "helped most; best help; what has helped",
    "us/reach": "preferred contact; preferred way; reachable; getting hold; best on; reach; "
    "reached; best way contact; best time call; best time to call; how to contact; contact me; "
    "preferred contact; contact preference; get hold; erreich*; erreichbar*; "
    "am besten erreichbar; best contacted; contact by; when to call; how contact; kontaktweg",
}

# Labels of what people have fields for elsewhere, or what is nobody's answer: they stay unsorted.
NOTHING = (
    "hear about us; how hear about; profile; blood group; group photo; categor*; name; "
    "first name; last name; surname; full name; business name; company name; firm name; "
    "name of firm; name of business; name of company; "
    "job title; title; position; role; phone; telephone; tel; mobile; cell; fax; email; e mail; "
    "mail; address; business address; office address; home address; postcode; zip; vat; date; "
    "chapter; signature; "
    "vorname; nachname; firma; firmenname; telefon; handy; mobil; adresse; anschrift; plz; datum; "
    "from; sent; subject; cc; betreff; gesendet; von; an; sheet; bio sheet; timestamp; zeitstempel"
)

# Words of a label that change nothing in what it asks for.
NEUTRAL = (
    "favourite favorite name names current currently please list tell describe about things thing "
    "some any other others few two three five top main general brief briefly short little bit kind "
    "sort type types most best really also personal own great good many much details detail info "
    "information optional more ever often usually particular especially currently today now day "
    "usual typical far regular ideal perfect status first next well "
    "bester beste besten guter gute gutes typische typischer typisch ideale idealer "
    "lieblings name namen bitte kurz einige wichtigste aktuelle alle angaben person people someone "
    "somebody anyone something anything everything everyone business work company firm "
    "professional like love enjoy share explain give say"
)
# Words that join others; they count where a cue names them.
JOINING = (
    "a an and or the of to in on at for from with by as is are was were be been am do does did has "
    "have had having i me my mine we us our you your yours he she they them their it its this that "
    "these those who whom whose what which when where why how would could should can may might "
    "will shall if than then so there here up out into over one s t d ve re ll m not no "
    "der die das den dem des ein eine einen einem einer eines und oder von zu zum zur im in am an "
    "auf fur mit bei aus ist sind war bin hat habe haben ich mich mir mein meine meinen meiner "
    "meinem wir uns unser unsere sie ihr ihre ihren ihnen du dein deine dich dir wer wen wem was "
    "welche welcher welches welchen wann wo wie warum gern gerne sich es man werden wird wurde"
)
# A cue that has one of them means the opposite of one without: they weigh as much as a noun.
AGAINST = "not no never nobody don nicht kein keine keinen nie bad wrong poor"
