"""Words at the start of a paragraph that name who speaks: `ASHBY:`, `Mr. Venn (chair):`, `Q.`, `Ann Ashby (@ash):`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.records import Span

Part = Literal["question", "answer"]

_LABEL = re.compile(
    r"(?:[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?\s{1,4})?[\"“*_]{0,3}(?P<name>[^\W\d_][^:()\[\]\n*“”\"?!]{0,60}?)"
    r"(?:[*_]{0,2}\s{0,3}[(\[](?P<aside>[^()\[\]\n]{0,80})[)\]])?\s{0,2}[*_]{0,2}:[*_]{0,2}(?=\s|$|[“\"])"
)
_SHORT = re.compile(r"(?P<name>Q)(?:\.|(?=\s))\s{0,8}(?=[^\sa-z])|(?P<other>A)\.\s{1,8}(?=[^\sa-z])")
_WORD = re.compile(r"[^\W\d_][\w.’'/-]*")
_HANDLE = re.compile(r"@\w{2,30}")
_LONGEST = 6  # words of a name with its titles

_PARTS: dict[str, Part] = {
    "q": "question", "question": "question", "interviewer": "question",
    "a": "answer", "answer": "answer", "interviewee": "answer",
}  # fmt: skip
_HONORIFICS = frozenset(
    "mr mrs ms miss mx dr sir dame lord lady sen senator rep gov gen col capt lt sgt prof rev hon amb pres".split()
)
PARTICLES = frozenset("van von der den de da di du del della la le el al bin ibn ben st ten ter y".split())
_ROLES = frozenset(
    """
    moderator host co-host chair chairman chairwoman chairperson president speaker secretary minister judge justice
    court clerk witness counsel attorney prosecutor interviewer interviewee reporter correspondent anchor operator
    announcer narrator audience participant questioner student caller viewer man woman male female voice crowd all
    commissioner mayor governor senator director officer juror respondent presenter translator interpreter
    """.split()
)
_NUMBERED = re.compile(r"#?\d{1,2}")
# What stands before a colon in lists, notices and letters; not “may” or “page”, which are surnames too.
_HEADINGS = frozenset(
    """
    note notes update updates correction corrections clarification photo photos picture pictures image images credit
    video audio caption source sources related more watch listen live breaking here now see also date dates time
    times place where when who what why how which contact contacts tel phone telephone fax email e-mail mail web website
    address prices cost tickets admission warning disclaimer summary abstract conclusion introduction background
    context overview pros cons pro con verdict rating score result results step tip tips example examples fact facts
    myth myths claim claims true false truth reality ingredients method serves directions from to cc bcc re subject fwd
    sent by via for dear ps file topic topics category tags tag share follow editor editor's editor’s attachment
    problem solution reason goal goals status today tomorrow yesterday monday tuesday wednesday thursday friday saturday
    sunday january february march april june july august september october november december morning afternoon
    evening night spring summer autumn winter location venue event events highlights details takeaway takeaways
    bottom line title author published posted filed copyright transcript first second third finally lastly next last
    remember plus bonus week month year chapter part section figure table item version release download link links
    hint important attention caution danger and but or so because he she they we it
    """.split()
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label: the words that name, where speech begins after them, and how sure its form is.

    `key` is the same for the labels of one speaker ("ASHBY" and "Ann Ashby"); `strong`: more than one capitalised
    word; `handle`: an account stands beside the name, which no heading has.
    """

    span: Span
    end: int
    key: str
    strong: bool
    handle: bool
    part: Part | None


def label_at(text: str, paragraph: Span) -> Label | None:
    """The label that a paragraph begins with, None where it begins otherwise."""
    found = _LABEL.match(text, paragraph.start, paragraph.end) or _SHORT.match(text, paragraph.start, paragraph.end)
    if found is None:
        return None
    group = found.lastgroup if found.re is _SHORT and found.lastgroup else "name"
    name = found[group].partition(",")[0].rstrip(" *_")
    words = name.split()
    part = _PARTS.get(name.lower())
    if part is None and not is_name(words):
        return None
    aside = found["aside"] if found.re is _LABEL else None
    strong = part is not None or _is_strong(name, words) or bool(aside)
    span = Span(found.start(group), found.start(group) + len(name))
    return Label(span, found.end(), _key(words), strong, bool(aside and _HANDLE.search(aside)), part)


def is_name(words: Sequence[str]) -> bool:
    """Whether words can name one who speaks: a few capitalised ones, none of them the head of a list or notice."""
    if not 0 < len(words) <= _LONGEST:
        return False
    lows = [word.lower().rstrip(".") for word in words]
    if lows[0] in _HEADINGS or lows[-1] in _HEADINGS:
        return False
    role = not _ROLES.isdisjoint(lows)
    if lows[0] in {"the", "a", "an"} and not role:
        return False
    return words[0][0].isupper() and all(_fits(word, role) for word in words)


def _fits(word: str, role: bool) -> bool:
    if _NUMBERED.fullmatch(word):
        return role
    if word in PARTICLES or (role and word in {"of", "the", "for"}):
        return True
    return _WORD.fullmatch(word) is not None and (word[0].isupper() or word[:3] in {"al-", "el-"})


def _is_strong(name: str, words: Sequence[str]) -> bool:
    capitals = name.isupper() and len(name) > 1
    return capitals or len(words) > 1 or name.lower() in _ROLES


def _key(words: Sequence[str]) -> str:
    lows = [word.lower().strip(".") for word in words]
    bare = [low for low in lows if low not in _HONORIFICS] or lows
    return " ".join(bare) if not _ROLES.isdisjoint(bare) else bare[-1]
