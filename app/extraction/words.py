"""General English word lists: verbs that report speech, and words that tell how a quoted phrase is used."""

import re


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SAY = _listed("""
accuse acknowledge add admit advise affirm agree allege announce answer argue ask assert assure
attest aver bark beg bellow blast blog boast brag caution chant charge chide cite claim clarify
comment complain concede conclude condemn confess confide confirm conjecture contend counsel counter
criticise criticize cry declare decry defend demand denounce deny deride describe direct disclose
dismiss dispute email emphasise emphasize estimate exclaim exhort explain express fume gush hail
hint implore imply indicate inform inquire insinuate insist instruct interject intone jeer joke
lambast lambaste lament laugh lecture maintain mention moan mock mumble murmur muse mutter note
object observe offer opine order persuade plead pledge point posit post praise proclaim profess
promise pronounce propose protest query question quip quote rail rant reaffirm reason reassure
rebuff rebuke recall recommend recount reflect refute reiterate rejoin relate remark remind repeat
reply report request respond retort reveal ridicule roar scoff scold shout shriek sigh signal slam
snap sneer sniff specify speculate state stipulate stress suggest summarise summarize surmise swear
tease testify threaten thunder tout tweet underline underscore urge vent voice vow wager warn
welcome whisper wonder yell
""")

_IRREGULAR = _listed("""
according began believe believed believes branded call called calling calls continued continues
continuing dubbed dubbing dubs feels felt forecast goes hoped hopes labeled labelled predicted
predicts put puts putting read reading reads said say saying says speak speaking speaks spoke spoken
swore sworn tell telling tells termed think thinking thinks thought told went write writes writing
written wrote
""")


def _forms(verb: str) -> set[str]:
    """Third person, past and -ing forms of a regular verb (doubling only where the list's own verbs do)."""
    if verb.endswith("e"):
        return {verb, verb + "s", verb + "d", verb[:-1] + "ing"}
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return {verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    plural = verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    doubled = verb + verb[-1]
    return {verb, plural, verb + "ed", verb + "ing", doubled + "ed", doubled + "ing"}


CUES = _IRREGULAR.union(*(_forms(verb) for verb in _SAY))

# Words that no quotation ends on: a closing mark after one of them stands in the wrong place.
DANGLING = _listed("a an the my our your their its his of as and or than")

PRONOUNS = _listed("he she they it we i you who")

# Words that follow a quotation rather than a possessive.
LINKING = _listed("""
a an the and or but of in on at to for from with by as is was are were be been has have had will
would can could should that which who when while if because he she they it we i said says
""")

# Words cut short at the front, written with an apostrophe there.
CLIPPED = _listed("""
tis twas twere til till em n cause bout round cos cuz neath ere kay scuse ave ello im
""")

WORD = re.compile(r"[^\W_]+(?:['’‐-][^\W_]+)*")


def words(text: str) -> list[str]:
    """The words of a text in lower case; inner apostrophes and hyphens belong to the word."""
    return WORD.findall(text.lower())


def has_cue(text: str) -> bool:
    """Whether a verb of saying stands in the text."""
    return any(word in CUES for word in words(text))


# Words without weight in a title: they stay in lower case there.
FUNCTION_WORDS = _listed("""
a an the and or but nor of in on at to for from with by as is vs via de la le del van von n if than
that
""")

# Words of somebody speaking for themselves, and of somebody speaking at all.
FIRST_PERSON = _listed("""
i we my our me us i'm i’m we're we’re i've i’ve we've we’ve let's let’s i’ll i'll we’ll we'll
""")
PERSONAL = FIRST_PERSON | _listed("""
you your you're you’re it's it’s don't don’t can't can’t won’t won't that's that’s
""")

NAMING_VERBS = _listed("""
nicknamed titled entitled known codenamed code-named christened renamed subtitled captioned
""")

# After these, the marks hold a word as a word.
MENTIONING = _listed("""
word term adjective noun verb acronym abbreviation spelling spelled letter letters moniker nickname
hashtag
""")

SECOND_HAND = _listed("so-called supposed self-styled self-described proverbial quote-unquote alleged")

# What has a title: after or before such a word, capitalised words between marks name it.
WORKS = _listed("""
book books novel memoir film films movie movies documentary drama comedy sitcom song songs single
album albums hit ballad anthem hymn track show shows series program programme podcast musical opera
play plays poem poems essay article story column painting sculpture exhibition magazine newspaper
journal blog episode chapter section segment game games video trilogy bestseller broadcast author
starring starred star host anchor co-author editor co-host reboot sequel classic cartoon ship boat
yacht restaurant brand
""")
