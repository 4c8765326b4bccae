"""Word lists of English news prose: general classes of words, never the names of single people."""

from functools import lru_cache

REMEMBERED = 16_384  # words whose forms were looked up lately


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Verbs that report speech or writing, as lemmas; `lemma` brings a form back to one of them.
SPEECH_VERBS = _words("""
    accuse acknowledge add address admit admonish advise affirm agree allege announce answer apologize apologise
    appeal argue ask assail assert assure attack aver bark beg bellow bemoan berate blame blast boast brag call
    caution challenge chant characterize characterise charge chide cite claim clarify comment compare complain
    concede conclude condemn confess confide confirm congratulate contend continue convey counter credit cry
    criticize criticise decry declare defend demand denounce deny deride describe detail disclose dismiss dub
    echo elaborate email emphasize emphasise exclaim explain express fume gripe groan grumble hail hint holler
    imply indicate inform insist instruct interject joke jest label lambast lambaste lament maintain mention mock
    mumble murmur muse mutter note observe offer opine order pen pledge plead point portray post praise predict
    proclaim promise pronounce propose protest protect quip quote react read reaffirm reassure recall recite
    reckon recommend recount refer reiterate reject relate remark remember remind repeat reply report reprise
    request respond retort retweet reveal ridicule roar say scoff scold scream shout signal sigh sneer snap speak
    speculate state stress suggest summarize summarise swear talk taunt tell term testify text thank threaten
    tout tweet underline underscore urge utter venture voice volunteer vow warn whisper wonder write yell
    slam rail boom beam grouse gloat applaud ponder nickname exhort disavow jeer retaliate chuckle grin laugh
    disagree sob
    question conjecture declaim enthuse intone stipulate posit plug
""")
IRREGULAR = {
    "said": "say", "says": "say", "told": "tell", "wrote": "write", "written": "write", "spoke": "speak",
    "spoken": "speak", "swore": "swear", "sworn": "", "read": "read", "shot": "", "replied": "reply",
    "denied": "deny", "cried": "cry", "decried": "decry", "testified": "testify", "clarified": "clarify",
    "implied": "imply", "quipped": "quip", "begged": "beg", "dubbed": "dub", "bragged": "brag",
    "snapped": "snap", "penned": "pen", "admitted": "admit", "chid": "chide", "lying": "", "reads": "read",
}  # fmt: skip
# Verbs that frame an opinion: a cue only where nothing stronger stands in the sentence.
WEAK_VERBS = _words("""
    believe think feel hope expect argue consider favor favour oppose support seek want plan intend reject
    welcome back cast frame paint deem find see view appear vote launch issue release publish outline promote
    use coin hear share worry recognize recognise anticipate assume advocate endorse
    begin hold push campaign run make give deliver sign lead host attack release open set
""")
_WEAK_IRREGULAR = {
    "heard": "hear", "thought": "think", "felt": "feel", "found": "find", "saw": "see", "sought": "seek",
    "gave": "give", "held": "hold", "led": "lead",
}  # fmt: skip
# Forms that are nouns as often as verbs: a cue only behind something that can be their subject.
NOUN_LIKE = _words("""
    claims calls notes reports comments remarks states questions demands promises charges urges offers answers
    claim call note report comment remark state question demand promise charge urge offer answer attack attacks
    challenge challenges request requests cause posts post tweet tweets quote quotes talk talks text texts voice
    voices echo echoes order orders blame blast blasts point points term terms label labels joke jokes email
    emails address addresses appeal appeals counter credit credits threat chant chants chanting cry cries detail
    details protest protests pledge pledges signal signals stress vow vows address meeting writing writings
    retort retorts response responses warning warnings saying sayings reading readings speaking meaning
    understanding offering offerings pen
""")
AUXILIARIES = _words("""
    has have had is are was were be been being do does did will would can could may might must shall should
    to 's 've 'd 'll 'm n't not never
""")
BE = _words("is are was were be been being get got gets")
MODALS = _words("will would can could may might must shall should to did does do not didn’t didn't")
ADVERBS = _words("""
    also again then later once now still just even never always often recently earlier reportedly simply today
    yesterday tonight twice repeatedly further both himself herself themselves itself all each soon first last
    already ever instead only too perhaps likewise meanwhile afterward afterwards immediately long similarly
    famously publicly back
""")
PREPOSITIONS = _words("""
    of in on at from with by to for about over against after before during under between among amid into onto
    near through throughout toward towards upon via within without despite since until like including against
    behind beyond inside outside per than as around across along alongside versus concerning regarding following
    above below beneath beside
""")
CONJUNCTIONS = _words("and but or nor yet so because although though while whereas if unless that when where")
DETERMINERS = _words("""
    the a an this that these those one some many several two three four five six seven eight nine ten another
    other each every any no his her their its our my your both most few all more other half dozens hundreds
    thousands
""")
NUMBERS = _words("one two three four five six seven eight nine ten several many few most more half other dozens")
TIMES = _words("""
    week weeks month months year years day days night nights morning evening afternoon weekend hour hours minute
    minutes time times moment season summer winter spring autumn monday tuesday wednesday thursday friday saturday
    sunday
""")
PRONOUNS = _words("he she they it i we you him her them us me himself herself itself themselves")
RELATIVES = _words("who whom whose which that where when")
MALE = _words("he him his himself")
FEMALE = _words("she her hers herself")
SUBJECT_PRONOUNS = _words("he she they it i we who")

HONORIFICS = {
    "mr": "m", "mister": "m", "sir": "m", "lord": "m", "mrs": "f", "ms": "f", "miss": "f", "dame": "f",
    "lady": "f", "madam": "f", "dr": "", "prof": "", "rev": "", "hon": "", "sheikh": "m", "prince": "m",
    "princess": "f", "king": "m", "queen": "f", "baroness": "f", "baron": "m", "father": "m", "sister": "f",
    "brother": "m", "saint": "",
}  # fmt: skip
GENDERED_ROLES = {
    "spokesman": "m", "spokeswoman": "f", "chairman": "m", "chairwoman": "f", "congressman": "m",
    "congresswoman": "f", "businessman": "m", "businesswoman": "f", "actress": "f", "councilman": "m",
    "councilwoman": "f", "assemblyman": "m", "assemblywoman": "f", "king": "m", "queen": "f", "widow": "f",
    "mother": "f", "father": "m", "daughter": "f", "son": "m", "wife": "f", "husband": "m", "lady": "f",
}  # fmt: skip
# Head nouns of roles; offices, then callings, then the words for people nobody names.
OFFICES = _words("""
    president premier chancellor minister secretary senator governor mayor congressman congresswoman congressperson
    representative sen rep gov gen president-elect vice-president lieutenant commissioner ambassador envoy judge
    justice general admiral colonel major captain sergeant chairman chairwoman chair chairperson chief ceo cfo
    coo director leader speaker whip candidate nominee king queen prince princess pope archbishop bishop cardinal
    rabbi imam ayatollah sultan emir attorney treasurer councillor councilman councilwoman alderman sheriff
    prosecutor delegate assemblyman assemblywoman mp mep md undersecretary strongman dictator incumbent
    frontrunner front-runner hopeful rival opponent executive superintendent comptroller marshal commander
    deputy lawmaker legislator taoiseach lt col sgt capt maj adm cmdr pres
""")
CALLINGS = _words("""
    professor lawyer pollster strategist economist historian author writer journalist reporter editor columnist
    anchor host commentator analyst activist campaigner scientist researcher doctor physician surgeon nurse
    teacher pastor priest reverend actor actress singer rapper musician director producer comedian coach manager
    player captain striker billionaire millionaire businessman businesswoman entrepreneur mogul investor founder
    co-founder cofounder adviser advisor aide consultant operative counsel correspondent contributor blogger
    pundit expert scholar fellow veteran farmer owner designer architect engineer astronaut politician diplomat
    detective officer sheriff firefighter firebrand star celebrity moderator biographer novelist poet
    philanthropist publisher spokesman spokeswoman spokesperson organizer organiser surrogate mother father
    son daughter wife husband brother sister widow guru socialist democrat republican conservative
""")
UNNAMED_HEADS = _words("""
    official officials source sources resident residents spokesman spokeswoman spokesperson spokesmen
    spokespeople aide aides witness witnesses analyst analysts expert experts critic critics supporter
    supporters voter voters protester protesters protesters police neighbour neighbor neighbours neighbors
    diplomat diplomats insider insiders person people man woman men women student students employee employees
    worker workers observer observers adviser advisers advisor advisors lawyer lawyers prosecutor prosecutors
    investigator investigators lawmaker lawmakers democrats republicans conservatives liberals leaders
    journalist journalists reporter reporters author authors organizers organisers user users commenter
    demonstrator demonstrators participant participants attendee attendees staffer staffers operative operatives
    campaign report statement poll survey study article editorial headline ad advertisement video letter email
    memo document documents transcript sign signs banner banners release website site post crowd audience
    someone others many some one
""")
ROLE_MODIFIERS = _words("""
    prime vice deputy foreign home defence defense interior finance justice health press state national security
    general attorney chief executive senior junior managing first former ex then acting interim late longtime
    veteran supreme major lieutenant brigadier presidential vice-presidential congressional republican
    democratic labour labor conservative liberal green opposition party majority minority house senate
    presumptive gop independent campaign communications political international federal regional associate
    assistant special top current outgoing incoming new founding principal under-secretary permanent shadow
    trade energy education environment culture treasury communication media policy district county city state
    white court police army navy union council club science staff budget transport world business sports chief-of-staff
    minister secretary president editor law history professor emeritus governor mate running left-wing right-wing
    far-right far-left centre-right centre-left socialist populist billionaire conservative progressive
""")
OF_OFFICE = _words(
    "state defense defence health treasury education homeland commerce energy labor labour interior staff"
)
BODY_SUFFIXES = _words("""
    inc corp corporation co company ltd llc plc group holdings bank agency ministry department office bureau
    committee commission council university college institute institution foundation association union party
    court senate house congress parliament assembly government administration authority service services
    federation league club society church school hospital police army navy force forces guard times post
    journal news herald tribune press magazine network radio television tv center centre coalition alliance
    campaign organization organisation trust fund museum board cabinet embassy nations states kingdom republic
    airlines airways motors industries systems technologies media studios records partners associates board
    brigade regiment registry exchange reserve laboratory academy chamber front movement initiative project
    caucus pac convention telegraph guardian gazette chronicle observer review today daily weekly report
    tribunal intelligence staff team squad lodge hotel arena stadium airport avenue plaza islands county theatre
    theater library gallery
""")
BODY_HEADS_LOWER = _words("""
    campaign administration government ministry party team camp committee company office department group
    organization organisation agency military army police regime coalition union newspaper magazine network
    station firm bank university council commission court embassy parliament force forces
""")
BODY_NAMES = _words("""
    kremlin pentagon nato congress parliament senate twitter facebook google whitehall westminster downing
    supreme vatican brussels
""")
BODY_OPENERS = _words("radio channel television tv team port lake mount cape fort camp project operation")
NOT_NAMES = _words("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december mon tue tues wed thu thurs fri sat sun jan feb mar apr jun jul aug sep
    sept oct nov dec i the a an this that these those and but or nor so yet if when while where why how what
    who which whose as at by for from in into of on onto over to under up with without after before during
    since until because although though however meanwhile moreover furthermore nevertheless nonetheless still
    also then thus hence instead indeed perhaps maybe here there now today yesterday tomorrow tonight earlier
    later once again soon both either neither each every all any some many most more much few several other
    another such no not never only just even yes it he she they we you his her their its our your my him them
    us me asked according despite following including speaking writing responding referring given based while
    last next first second third finally additionally similarly likewise asking saying adding while whether
    unlike like among amid against between about above below one two three four five six seven eight nine ten
    is are was were be been being do does did has have had will would can could may might must shall should
    let get read see watch click share photo image video update updated breaking exclusive opinion analysis
    christmas easter eastern pacific gmt est edt pst pdt am pm ad bc part chapter figure table
    overall regardless rather otherwise elsewhere afterward afterwards recently currently previously
    said says asked asks added wrote told contrary speaking thanks
    republican democratic republicans democrats islamic christian muslim jewish catholic western eastern
    northern southern internet god bible constitution english spanish french german
""")
PARTICLES = _words("van von der den de da di del della la le bin ibn bint al el dos das du ten ter zu af av abu ben")
COUNTRIES = _words("""
    afghanistan albania algeria argentina armenia australia austria azerbaijan bangladesh belarus belgium bolivia
    bosnia brazil britain bulgaria cambodia cameroon canada chile china colombia croatia cuba cyprus czechia
    denmark ecuador egypt england estonia ethiopia finland france georgia germany ghana greece guatemala haiti
    honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya
    kosovo kuwait kyrgyzstan laos latvia lebanon libya lithuania luxembourg malaysia mali malta mexico moldova
    mongolia montenegro morocco myanmar nepal netherlands nicaragua niger nigeria norway oman pakistan palestine
    panama paraguay peru philippines poland portugal qatar romania russia rwanda scotland senegal serbia
    singapore slovakia slovenia somalia spain sudan sweden switzerland syria taiwan tanzania thailand tunisia
    turkey uganda ukraine uruguay uzbekistan venezuela vietnam wales yemen zambia zimbabwe u.s. us usa u.k. uk
    america eu e.u. un u.n. europe africa asia moscow washington beijing london paris berlin kyiv kiev tehran
    ankara ottawa tokyo jerusalem
""")
PLACES = frozenset({
    "new zealand", "north korea", "south korea", "saudi arabia", "south africa", "sri lanka", "hong kong",
    "el salvador", "costa rica", "czech republic", "united arab emirates", "new york city", "new york",
    "los angeles", "san francisco", "new hampshire", "new jersey", "new mexico", "north carolina",
    "south carolina", "west virginia", "puerto rico", "middle east", "new delhi", "tel aviv", "buenos aires",
    "northern ireland", "south sudan", "sierra leone",
})  # fmt: skip
DEMONYMS = _words("""
    afghan albanian algerian american argentine argentinian armenian australian austrian belarusian belgian
    bolivian bosnian brazilian british bulgarian cambodian canadian chilean chinese colombian croatian cuban
    cypriot czech danish dutch ecuadorian egyptian english estonian ethiopian european finnish french georgian
    german ghanaian greek haitian hungarian icelandic indian indonesian iranian iraqi irish israeli italian
    jamaican japanese jordanian kazakh kenyan korean kosovan kuwaiti latvian lebanese libyan lithuanian malaysian
    maltese mexican moldovan mongolian moroccan nepalese nicaraguan nigerian norwegian pakistani palestinian
    panamanian peruvian philippine filipino polish portuguese qatari romanian russian rwandan saudi scottish
    senegalese serbian singaporean slovak slovenian somali spanish sudanese swedish swiss syrian taiwanese thai
    tunisian turkish ugandan ukrainian uruguayan uzbek venezuelan vietnamese welsh yemeni zambian zimbabwean
    u.s. us u.k. uk eu u.n. un north south
""")
_SAME_PLACE = {
    "u.s.": "american", "us": "american", "usa": "american", "america": "american", "u.k.": "british",
    "uk": "british", "britain": "british", "england": "english", "eu": "european", "e.u.": "european",
    "europe": "european", "netherlands": "dutch", "germany": "german", "france": "french", "spain": "spanish",
    "greece": "greek", "switzerland": "swiss", "denmark": "danish", "sweden": "swedish", "poland": "polish",
    "turkey": "turkish", "finland": "finnish", "ireland": "irish", "iceland": "icelandic", "norway": "norwegian",
    "portugal": "portuguese", "china": "chinese", "japan": "japanese", "israel": "israeli", "iraq": "iraqi",
    "pakistan": "pakistani", "canada": "canadian", "italy": "italian", "brazil": "brazilian", "iran": "iranian",
    "ukraine": "ukrainian", "egypt": "egyptian", "hungary": "hungarian", "mexico": "mexican", "peru": "peruvian",
}  # fmt: skip


@lru_cache(maxsize=REMEMBERED)
def demonym(word: str) -> str:
    """The demonym that a country's name or abbreviation answers to ("U.S." and "America" give "american")."""
    low = word.lower()
    if low in _SAME_PLACE:
        return _SAME_PLACE[low]
    if low in DEMONYMS:
        return low
    if low in COUNTRIES:
        stem = low + "n" if low.endswith("a") else low
        return stem if stem in DEMONYMS else low
    return ""


@lru_cache(maxsize=REMEMBERED)
def lemma(word: str) -> str:
    """The speech verb that a form belongs to, or an empty string."""
    low = word.lower()
    if low in IRREGULAR:
        return IRREGULAR[low]
    return next((stem for stem in _stems(low) if stem in SPEECH_VERBS), "")


@lru_cache(maxsize=REMEMBERED)
def weak_lemma(word: str) -> str:
    """The opinion or publishing verb that a form belongs to, or an empty string."""
    low = word.lower()
    return _WEAK_IRREGULAR.get(low) or next((stem for stem in _stems(low) if stem in WEAK_VERBS), "")


def _stems(low: str) -> tuple[str, ...]:
    if low.endswith("ing"):
        return low[:-3], low[:-3] + "e", low[:-4]
    if low.endswith(("ied", "ies")):
        return (low[:-3] + "y", low[:-1])
    if low.endswith("ed"):
        return low[:-2], low[:-1], low[:-3]
    if low.endswith("es"):
        return low[:-1], low[:-2]
    return (low[:-1] if low.endswith("s") else low,)
