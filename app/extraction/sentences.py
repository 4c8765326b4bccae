"""Sentence ends as far as this stage needs them, in pieces of text that stand outside marks."""

import re
from collections.abc import Iterator

# Possessive, and matched where no sentence ends too: each mark of a row is looked at once.
_MARKS = re.compile(r"[.!?…]++[\"'”’»)\]]*+(?P<end>(?=\s|$))?")
_ABBREVIATED = re.compile(
    r"(?:\b[A-Za-z]|\b(?:Mr|Mrs|Ms|Mx|Dr|Sen|Rep|Reps|Sens|Gov|Gen|Adm|Lt|Col|Sgt|Capt|Cmdr|Maj|Prof|Rev|Hon|Pres"
    r"|St|Jr|Sr|Inc|Corp|Co|Ltd|No|vs|etc|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Ala|Ariz|Calif|Colo|Conn|Fla|Ga|Ill|Ind"
    r"|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Wash|Wis|Wyo))$"
)


def ends(text: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Offsets right after each sentence in text[start:end]; the full stop of `Mr.` or `J.` is none."""
    for match in _MARKS.finditer(text, start, len(text) if end is None else end):
        dot = match.start()
        if match["end"] is None:
            continue
        if match.group() != "." or not _ABBREVIATED.search(text[max(start, dot - 6) : dot]):
            yield match.end()
