"""Nouns for persons: jobs, ranks and stations in life, and the endings that make such nouns."""

from functools import lru_cache

from app.attribution import lexicon

_MORE = frozenset(
    """
    accountant acrobat administrator admiral agent agronomist airman alderman amateur anaesthetist angler animator
    announcer anthropologist apprentice arbitrator archaeologist archer archivist artist assessor assistant astrologer
    astronomer athlete auctioneer auditor bailiff baker ballerina banker barber barista barman barmaid baroness
    barrister bartender beekeeper beggar beneficiary biologist blacksmith boatman bodyguard bookseller botanist boxer
    boy breeder brewer bricklayer broadcaster broker builder businessperson butcher buyer cabbie cameraman captive
    caretaker carer carpenter cartographer cartoonist cashier caterer cellist chaplain chauffeur cheesemaker chef
    chemist child choreographer citizen claimant cleaner clergyman clerk climatologist climber clinician clown
    coastguard cobbler collector colleague comic commandant commander commuter companion competitor composer concierge
    conductor conservationist conservator constable consul contractor convict cook coordinator coroner courier cousin
    crewman criminologist critic  curate curator customer cyclist dancer daughter-in-law dealer dean debater
    decorator defendant defender deckhand demonstrator dentist dermatologist detainee developer dietitian digger
    disciple diver docker doorman draughtsman driver ecologist educator elder electrician emeritus employee employer
     engraver entertainer entomologist epidemiologist ethicist examiner exile explorer eyewitness
    father-in-law ferryman fielder fighter filmmaker finalist financier firewoman fireman fisherman fishmonger fitter
    flautist florist footballer forager foreman forester friend fugitive fundraiser gamekeeper gardener
    geographer geologist girl glaciologist goalkeeper goldsmith golfer grandfather grandmother grandson granddaughter
    graduate grocer groom groundsman groundskeeper guardian guard guest guide guitarist gymnast hairdresser
    harbourmaster harbormaster headmaster headmistress headteacher heir helmsman herder hiker homeowner hostage hotelier
    housekeeper hunter hydrologist illustrator immigrant immunologist informant inmate innkeeper inspector instructor
    intern interpreter interviewer inventor ironmonger islander jailer janitor jeweller jockey joiner jogger juror
    jurist keeper knight labourer laborer lady landlady landlord lawman lecturer librarian lifeguard
    linguist locksmith lodger lumberjack machinist magician maker magistrate maid manufacturer marine mariner mason
    mathematician matron mechanic mediator member merchant messenger meteorologist microbiologist midfielder midwife
    migrant miller miner missionary mountaineer musicologist navigator naturalist neighbour neighbor neurologist
    neuroscientist nephew newcomer newsagent niece nun nurseryman nutritionist oceanographer official
    ombudsman onlooker  operator optician ornithologist orphan outfielder paediatrician painter palaeontologist
    paleontologist paramedic parent parishioner partner passenger passer-by patient patriarch patron
    peacekeeper pedestrian pensioner petitioner pharmacist philosopher photographer physicist physiologist
    physiotherapist pianist pilgrim pilot pitcher plaintiff planner plasterer plumber poacher policeman policewoman
    porter postman postmaster postmistress postwoman potter prelate  principal printer  prisoner
    probationer programmer proprietor provost psychiatrist psychologist publican pupil purser quarterback quartermaster
    racer radiologist ranger rapporteur realtor receptionist rector referee refugee registrar  relative
    renter rescuer resident respondent restaurateur restorer retailer retiree reviewer rider roofer rower runner sailor
    salesman saleswoman salesperson scavenger schoolboy schoolgirl schoolmaster schoolteacher scout sculptor seaman
    secretary-general seismologist seller seminarian server servant sharpshooter shepherd shipbuilder shipowner
    shopkeeper shopper shoemaker signalman signatory skater skier skipper smallholder smith smuggler sociologist soldier
    solicitor soprano spectator sprinter stallholder stationmaster statistician steward stewardess stockbroker
    storekeeper stranger student stuntman subscriber suffragan superintendent supervisor supplier surveyor survivor
    suspect swimmer tailor tanner taxidermist technician technologist teenager tenant therapist toddler tourist
    trader trainee trainer translator traveller traveler treasurer trooper trucker trustee tutor umpire undergraduate
    undertaker usher valuer vendor verger vet veterinarian vicar victim victor villager violinist virologist visitor
    volcanologist volunteer waiter waitress walker warden warder watchman weaver welder whistleblower widower winemaker
    winger winner witness woman man person wrestler yachtsman zookeeper zoologist head boss insider donor bystander
    attendee contestant applicant candidate co-author co-owner co-chair co-director caller listener viewer reader
    holidaymaker camper columnist evangelist provost deacon monk friar abbot abbess druid chef bookkeeper batsman
    bowler batter caddie gunner
    """.split()
)
_SHORT = {
    "insp": "inspector", "const": "constable", "det": "detective", "supt": "superintendent", "cllr": "councillor",
    "cpl": "corporal", "pte": "private", "cdr": "commander", "brig": "brigadier", "sgt": "sergeant",
    "capt": "captain", "col": "colonel", "lt": "lieutenant", "maj": "major", "prof": "professor", "cmdr": "commander",
    "adm": "admiral", "sen": "senator", "rep": "representative", "gov": "governor", "gen": "general",
    "pres": "president", "mgr": "manager", "dir": "director", "asst": "assistant", "pc": "constable",
    "dci": "inspector",
}  # fmt: skip
_RANKS = frozenset("corporal brigadier lance lieutenant bombardier ensign midshipman commodore".split())
HEADS = lexicon.OFFICES | lexicon.CALLINGS | _MORE | _RANKS | frozenset(_SHORT)
_PLURALS = frozenset("people men women police children wives crowds colleagues".split())
_STRONG = ("ologist", "ographer", "ician", "keeper", "woman", "master", "monger", "wright", "smith", "eur")
_WEAK = ("er", "or", "ist", "ian", "man", "ant", "eer", "ee", "ess")
_THINGS = frozenset(
    """
    number matter letter paper newspaper order power water river winter summer chapter offer answer corner computer
    tower border quarter dinner weather center poster banner murder disorder error mirror floor door labor harbor
    factor sector motor humor color favor flavor restaurant plant grant giant committee coffee fee tree degree
    knee wilderness business process success access address press stress progress congress illness witness fitness
    darkness happiness weakness loss class glass grass mass pass cross dress chess guess career beer deer
    december october september november other another either neither whether rather together however never ever
    over under after later better greater larger smaller higher lower former latter further earlier older younger
    newer bigger longer shorter stronger chamber timber rubber slumber cover shower flower finger anger danger
    hunger container trailer freezer charter register filter shelter
    counter encounter barrier frontier carrier layer affair chair hair pair stair per her
    folder ladder shoulder thunder wonder gender tender calendar center theater theatre meter litre error terror
    transfer buffer offer differ suffer prefer refer infer confer defer brochure helicopter newsletter
    human ocean median important significant relevant pregnant distant instant constant
    elegant vacant dominant brilliant tariff italian american
    """.split()
)


def is_person(low: str) -> bool:
    """Whether a word, in lower case and without its full stop, names one person by job, rank or station."""
    return low in HEADS or (len(low) > 7 and low.endswith(_STRONG) and low not in _THINGS)


@lru_cache(maxsize=lexicon.REMEMBERED)
def is_people(low: str) -> bool:
    """The same for a plural."""
    if low in _PLURALS or low.endswith(("men", "women")):
        return True
    return low.endswith("s") and is_person(low[:-1]) and low not in HEADS


@lru_cache(maxsize=lexicon.REMEMBERED)
def looks_like_person(low: str) -> bool:
    """Whether the ending of a word lets it be a person, where its place in the sentence says so too."""
    return len(low) > 4 and low.isalpha() and low.endswith(_WEAK) and low not in _THINGS


def spelled_out(low: str) -> str:
    """The full word for a title's abbreviation, else the word itself."""
    return _SHORT.get(low.rstrip("."), low)


def agents(verb: str) -> tuple[str, ...]:
    """What somebody who does this may be called: "manages" gives "manager" among others."""
    stem = verb[:-1] if verb.endswith("s") else verb
    bare = stem.removesuffix("e")
    return bare + "er", bare + "or", stem + "r", bare + bare[-1:] + "er", verb.removesuffix("es")
