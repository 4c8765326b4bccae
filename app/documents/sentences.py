"""Sentences of a paragraph: abbreviations, initials, quotation marks and ellipses told from their ends."""

import re

from app.records import Span


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


# Possessive throughout: every character is looked at a bounded number of times.
_END = re.compile(r"(?:[.!?…]|\.(?:[ \u00a0]\.)++)++[”’\"'»)\]]*+(?:[ \u00a0\u202f]»)?")
_SPACE = re.compile(r"\s*+")
_OPENERS = "“‘«„\"'([—–-•*"
_REACH = 40  # characters looked at on either side of a possible end

# Capitalised, and a name follows: never the last word of a sentence.
_TITLES = _words(
    "mr mrs ms mx dr prof gen sen rep gov lt col sgt capt cmdr cdr adm maj brig pres amb rev fr hon messrs"
    " supt det insp sec st ste mt ft pvt spc cpl pfc atty asst assoc dir msgr sra ald cllr treas ens"
    " gens sens reps govs drs profs lt-gen maj-gen"
)
# Something always follows ("no" can be a plain word, see below).
_LEADING = _words("v vs cf viz ca approx e.g i.e fig figs eq no nos vol pp p")
# Capitalised, and at times the last word of a sentence: the next word decides.
_NAMES = _words(
    "inc corp co ltd plc llc llp bros jr sr esq dept univ assn ave blvd rd hwy bldg"
    " jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun"
    " ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla"
    " ore pa tenn tex va vt wash wis wyo ont que sask alta man ph.d d.phil"
)
_SHORT = _words("etc al est min max am pm")
_AFTER_CLOCK = _words(
    "est edt et cst cdt ct mst mdt mt pst pdt pt gmt utc bst cet cest ist local monday tuesday"
    " wednesday thursday friday saturday sunday eastern pacific central"
)
# Words that begin sentences and hardly ever a name.
_STARTERS = _words(
    "the a an this that these those it its he she they we you his her their our your my i i'm i've"
    " it's he's she's they're we're that's there there's here but and or so yet nor if when while as"
    " at in on of for from with by to after before since because although though however meanwhile"
    " then now also still what who why how where which whose some many most more all both each no not"
    " never one two three asked according despite during until unless once under over about among"
    " between"
)
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_CUED = re.compile(
    r"(?:[A-Z][\w’'.-]*\s){1,4}(?:said|says|asked|asks|added|wrote|told|replied|cried|shouted|tweeted)\b"
)


def sentences(text: str, paragraph: Span) -> tuple[Span, ...]:
    """Spans of the sentences of text[paragraph], in order, that cover all of it but white space.

    Closing quotation marks and brackets belong to the sentence that they follow; a quotation of several
    sentences is split at each.
    """
    spans: list[Span] = []
    start = paragraph.start
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        after = _SPACE.match(text, match.end(), paragraph.end)
        assert after
        if after.end() < paragraph.end and _ends(text, match, Span(after.end(), paragraph.end), start):
            spans.append(Span(start, match.end()))
            start = after.end()
    if start < paragraph.end:
        spans.append(Span(start, paragraph.end))
    return tuple(spans)


def _ends(text: str, match: re.Match[str], rest: Span, start: int) -> bool:
    """Whether a sentence that begins at `start` ends with the marks of `match`; `rest` follows them."""
    marks = match.group()
    ahead = text[rest.start : min(rest.end, rest.start + _REACH)]
    bare = ahead.lstrip(_OPENERS + " \u00a0").strip()
    begun = text[start : min(match.start(), start + _REACH)]
    if not bare or not any(map(str.isalnum, begun)):
        return False
    word = bare.split(None, 1)[0].rstrip(".,;:!?”’\"'…)")
    if rest.start == match.end():
        return _ends_unspaced(text, match, ahead, word)
    if bare[0].islower():
        return False
    if marks[0] in "!?":
        return len(marks) == 1 or not _CUED.match(ahead)
    if marks.startswith(("..", "…", ". ")):
        return word.replace("’", "'").lower() not in {"i", "i'm", "i've", "i'll", "i'd"} or marks[-1] not in ".…"
    return _period_ends(text[max(start, match.start() - _REACH) : match.start()], marks, bare, word)


def _ends_unspaced(text: str, match: re.Match[str], ahead: str, word: str) -> bool:
    """Whether a sentence ends where the space after it is missing, as scraped text has it."""
    before = text[max(0, match.start() - 2) : match.start()]
    if not (before.isalpha() and before.islower()):
        return False
    if ahead[0] in "“«„":
        return True
    if match.group()[-1] in "”»":
        return ahead[0].isupper()
    return ahead[0].isupper() and word.lower() in _STARTERS


def _period_ends(before: str, marks: str, bare: str, word: str) -> bool:
    """Whether a single period ends a sentence, by the word before it and the one after it."""
    if len(marks) > 1 and marks[1] in '”»"':
        return True
    last = (before.split() or [""])[-1].lstrip(_OPENERS + "‘’")
    folded, begins = last.lower(), word.replace("’", "'").lower() in _STARTERS
    capitalised = last[:1].isupper()
    if capitalised and folded in _TITLES:
        return False
    if folded in _LEADING:
        return folded == "no" and not bare[0].isdigit()
    if folded in {"a.m", "p.m"}:
        return word.lower() not in _AFTER_CLOCK
    if len(last) == 1 and last.isalpha():
        return begins or last.islower()
    if folded in _SHORT or (capitalised and folded in _NAMES) or _DOTTED.fullmatch(last):
        return begins
    return True
