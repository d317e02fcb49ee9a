"""Given names and their short forms, as English address books hold them.

Also names without one, where another name is a letter away: Paul is not Paula.
"""

_SAID = """
abigail: abby abbie gail
alan: al
alastair: ali al alasdair alistair
albert: al bert bertie
alexander: alex al sandy alec lex sasha xander
alexandra: alex sandra sandy lexi lexie sasha
alfred: alf alfie fred
alison: ali allie
amanda: mandy
andrea: andi
andrew: andy drew
angela: angie ange
ann: anna anne annie nan
anthony: tony ant antony
antonia: toni
barbara: barb babs barbie
benjamin: ben benji benny
bernard: bernie
bridget: biddy bridie
bronwen: bron
cameron: cam
catherine: cath cathy cate katherine kate katie kathy kathryn kath kitty cat catriona
charles: charlie chas chuck
charlotte: charlie lottie char
christina: chris chrissie tina christine
christine: chris chrissie tina christina
christopher: chris kit topher
cynthia: cindy
daniel: dan danny
danielle: dani
david: dave davy davie dai
deborah: deb debbie debra debs
denise: denny
dennis: den denny
derek: del
dominic: dom
donald: don donnie
dorothy: dot dotty dottie dolly
douglas: doug dougie
edmund: ed eddie ned ted
edward: ed eddie ned ted teddy
eleanor: ellie nell nora elinor
elizabeth: liz lizzie lizzy beth betty bess eliza libby betsy elisabeth lisa
emily: em emmy
emma: em
eugene: gene
frances: fran frankie fanny
francesca: fran fran chess
francis: frank frankie fran
frederick: fred freddie freddy
gabriel: gabe
gabrielle: gabby
geoffrey: geoff jeff jeffrey
george: georgie
georgina: georgie gina
gerald: gerry jerry
gerard: gerry ger
gilbert: gil bert
gillian: gill jill
giovanni: gianni
graham: gray graeme
gregory: greg
gwendoline: gwen
hannah: han
harold: harry hal
harriet: hattie harrie
harry: henry
helen: nell nellie
henry: harry hank hal
herbert: herb bert bertie
hugh: hughie huw
ian: iain
isabel: izzy bella isabella belle isobel
jacob: jake
jacqueline: jackie jacqui
james: jim jimmy jamie jem
jane: janie janey
janet: jan
janice: jan
jennifer: jen jenny jenni
jeremy: jez jerry
jessica: jess jessie
joanna: jo joanne
joanne: jo joanna
john: jon johnny jack
jonathan: jon jonny jonty johnathan
joseph: joe joey
josephine: jo josie
joshua: josh
judith: judy jude
julia: jules julie
julian: jules
katherine: kate katie kathy kath kat kitty catherine kathryn
kenneth: ken kenny
kimberly: kim kimberley
laura: laurie
laurence: larry laurie lawrence
leonard: len lenny leo
leslie: les lesley
lewis: lew louis
linda: lindy lyn
louis: lou louie lewis
louise: lou lulu
lucinda: lucy cindy
lydia: lyd
madeleine: maddie maddy
malcolm: mal
margaret: maggie meg peggy marge margie madge greta
maria: mia
marion: marian
mark: marc
martin: marty
mary: molly polly
matilda: tilly mattie
matthew: matt mat matty
maureen: mo
maurice: mo
maximilian: max
maxwell: max
megan: meg
melanie: mel
melissa: mel lissa
michael: mike mick micky mickey mikey
michelle: shell chelle
miriam: mim
mohammed: mo mohamed muhammad mohammad
nancy: nan
natalie: nat
natasha: tasha
nathan: nat nate
nathaniel: nat nate nathan
neil: neal
nicholas: nick nicky nico nicolas
nicola: nicky nic nikki
nigel: nige
norman: norm
oliver: ollie olly
olivia: liv livvy
pamela: pam
patricia: pat patsy trish tricia paddy
patrick: pat paddy
paula: polly
penelope: penny
peter: pete
philip: phil pip phillip
philippa: pip pippa
phyllis: phyl
rachel: rach rae
randolph: randy
raymond: ray
rebecca: becky becca bex
reginald: reg reggie
richard: rick ricky dick dickie rich richie
robert: bob bobby rob robbie bert
roberta: bobbie
roderick: rod roddy
rodney: rod
roger: rog
roland: roly
ronald: ron ronnie
rosemary: rose rosie
rupert: rup
russell: russ
ruth: ruthie
samantha: sam sammy
samuel: sam sammy
sandra: sandy
sarah: sally sara sadie
sebastian: seb
sharon: shaz
sheila: shelagh
sian: shan
sidney: sid sydney
simon: si
sophia: sophie
stanley: stan
stephanie: steph steff
stephen: steve steven stevie ste
stuart: stu stewart
susan: sue susie suzy suzie susanna
suzanne: sue suzy
sylvia: syl
terence: terry tel
teresa: terri tess tessa theresa
thelma: thel
theodore: theo ted teddy
thomas: tom tommy
timothy: tim timmy
tobias: toby
valerie: val
veronica: ronnie
victor: vic
victoria: vicky vicki tori
vincent: vince vinny
virginia: ginny
vivien: viv vivian
walter: wally walt
wendy: wend
wilfred: wilf fred
william: bill billy will willy liam
winifred: winnie win freda
yvonne: vonnie
zachary: zach zac zack

adam:
ada:
anita:
carl: karl
carla: karla
dean:
diana: di
diane: di
ellen:
eric: erik rick
erica: erika ricky
gemma:
glen: glenn
gwen:
holly:
ivan:
jean:
joan:
june:
kelly:
lucas: luca
luis: lou
luke:
marie:
marina:
mario:
nina:
paul:
rita:
robin:
robyn:
"""


def _read(text: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in text.split("\n"):
        formal, colon, short = line.partition(":")
        if not colon:
            continue
        for name in (formal, *short.split()):
            found.setdefault(name, set()).add(formal)
    return {name: frozenset(formals) for name, formals in found.items()}


# Each name with the names it may stand for, itself among them where it is a whole one.
FORMAL: dict[str, frozenset[str]] = _read(_SAID)


def formal(name: str) -> frozenset[str]:
    """Return what a folded given name may stand for: *sandy* for alexander, alexandra, sandra."""
    return FORMAL.get(name) or frozenset((name,))
