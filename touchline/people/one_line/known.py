"""Words that tell what a piece of a signature is: English and German, folded."""

from touchline.people.naming import FIRMS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMPANY = FIRMS | _words("""
    kg kgaa ohg gbr ug ev eg mbh se spa srl bvba nv pty corp corporation incorporated lp pllc pc
    bank university universitat college school institute institut agency agentur kanzlei
    rechtsanwalte steuerberater solicitors architects architekten surveyors accountants lawyers
    advisers advisors consultants engineers estates properties insurance versicherung systems
    technologies technology software media ventures capital industries international council
    hospital klinik clinic foundation stiftung verband verein academy akademie chambers brothers
    sons gruppe werke bau labs laboratories hotel chamber
    """)
# A company's name goes on with these after a comma.
LEGAL = _words("inc ltd llc llp plc gmbh ag pllc pc corp limited lp sa bv kg")

TITLE = _words("""
    director manager partner surveyor ceo cfo cto coo cio cmo md vp svp evp founder cofounder
    owner president chair chairman chairwoman chairperson secretary treasurer head chief officer
    lead leader principal associate assistant executive consultant adviser advisor engineer
    accountant solicitor lawyer attorney barrister paralegal architect broker designer developer
    programmer analyst scientist researcher professor lecturer teacher tutor coach trainer nurse
    physician dentist vet surgeon therapist physiotherapist chiropractor pharmacist banker trader
    buyer seller salesman saleswoman agent representative specialist expert coordinator
    administrator supervisor foreman builder plumber electrician carpenter joiner decorator
    roofer gardener landscaper florist baker butcher chef cook caterer hairdresser barber
    photographer printer publisher editor journalist writer author translator interpreter
    photographer videographer musician actor artist jeweller tailor mechanic driver pilot farmer
    vicar priest pastor bookkeeper auditor actuary underwriter planner valuer conveyancer notary
    recruiter copywriter marketer strategist operator producer freelance freelancer retired
    student intern trainee apprentice junior senior managing deputy vice regional national
    inhaber inhaberin geschaftsfuhrer geschaftsfuhrerin geschaftsfuhrender geschaftsleitung
    vorstand prokurist prokuristin leiter leiterin abteilungsleiter abteilungsleiterin
    vertriebsleiter vertriebsleiterin berater beraterin unternehmensberater
    unternehmensberaterin steuerberaterin rechtsanwalt rechtsanwaltin anwalt anwaltin notar
    notarin arzt arztin zahnarzt zahnarztin ingenieur ingenieurin architektin makler maklerin
    immobilienmakler assistentin assistenz sekretariat sachbearbeiter sachbearbeiterin meister
    meisterin lehrer lehrerin gesellschafter gesellschafterin teamleiter teamleiterin
    projektleiter projektleiterin buchhalter buchhalterin kaufmann kauffrau gerant directeur
    directrice responsable
    """)

# Letters after a name, dots left out.
LETTERS = _words("""
    frics mrics assocrics mba emba phd cpa cfa aca acca fcca cima fca acma fcma llb llm msc bsc
    ba ma beng meng ceng riba mciob fciob mice fice esq jd pe pmp obe mbe cbe kc qc mcips mcipd
    fcipd acii fcii dipfa dipfs aep faia aia leed rn dds dmd dvm edd dphil mrcvs mrcp frcs cfp
    cissp shrm-cp shrm-scp sphr phr fcsi cgma tep step mnaea mrtpi jr sr ii iii iv md-phd
    """)

# What only says which thing follows; it is the one part of a text that may go.
SIGNS = {
    "tel": "", "telefon": "", "telephone": "", "phone": "", "ph": "", "t": "", "p": "",
    "fon": "", "call": "", "number": "", "rufnummer": "", "telefonnummer": "",
    "d": "direct", "ddi": "direct", "direct": "direct", "dial": "direct", "durchwahl": "direct",
    "m": "mobile", "mob": "mobile", "mobile": "mobile", "mobil": "mobile", "cell": "mobile",
    "c": "mobile", "handy": "mobile", "cellphone": "mobile", "mobiltelefon": "mobile",
    "f": "fax", "fax": "fax", "telefax": "fax",
    "o": "work", "office": "work", "work": "work", "w": "work", "buro": "work", "main": "main",
    "switchboard": "main", "zentrale": "main",
    "h": "home", "home": "home", "privat": "home", "private": "home",
}  # fmt: skip
MAIL_SIGNS = _words("e email e-mail mail mailto")
WEB_SIGNS = _words("w web website url internet homepage www site linkedin xing")
ADDRESS_SIGNS = _words("a address adresse anschrift")

# And what joins a title, or a name, to a company.
JOINS = _words("at bei chez with from of")

# A number behind one of these is a number of something else.
NOT_A_PHONE = _words("""
    no nr number reg registration registered hrb hra vat ust ust-id ust-idnr steuernummer iban
    bic id company companies crn ein fca sra ref
""")
CLOSINGS = _words("""
    regards cheers thanks thank sincerely yours best kind warm warmest faithfully wishes
    grussen grusse gruss freundliche freundlichen herzliche viele mfg beste cordialement sent
    von meinem from my get outlook
    """)
PARTICLES = _words("van von der den de da di du la le del dos bin al el zu zur ter ten y")

STREETS = (
    "street|st|road|rd|avenue|ave|lane|ln|drive|way|square|sq|place|pl|court|ct|blvd|boulevard|"
    "terrace|crescent|close|gardens|park|row|mews|wharf|quay|hill|highway|parkway|pkwy|broadway|"
    "floor|suite|unit|house|building|room"
)
COUNTRIES = _words("""
    uk england scotland wales ireland germany deutschland usa austria osterreich switzerland
    schweiz suisse france netherlands nederland belgium italy italia spain espana denmark sweden
    norway poland canada australia
    """) | {"united kingdom", "united states", "great britain", "northern ireland", "new zealand"}
