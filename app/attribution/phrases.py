"""What a person or body without a name is called: the words of the text, less what is no part of a name."""

import re

from app.attribution import lexicon

# “, many of whom”, “ in which”; what follows belongs to the clause. The WHO is no pronoun.
_CLAUSE = re.compile(
    r"(?:^|,?\s)(?:(?:\w+ )?(?i:of|in|at|on|for|to|with|by) )?(?:whom?|whose|which|(?<!.)(?:Whom?|Whose|Which))\b.*",
    re.S,
)
_LOOSE = lexicon.PREPOSITIONS | lexicon.CONJUNCTIONS | {"a", "an", "the", "that"}
_ANYBODY = frozenset("people those they them someone somebody anyone anybody everyone everybody others".split())
_NOBODY = re.compile(r"(?:nobody|no one|none|neither)\b", re.I)


def called(words: str) -> str:
    """“The museum guide, who did not want” is “the museum guide”; empty where nobody in particular is left.

    That is so of a relative pronoun alone, of “people who”, and of “nobody in the valley”.
    """
    phrase = _CLAUSE.sub("", words)
    left = phrase.split()
    while left and left[-1].lower().rstrip(",") in _LOOSE:
        left.pop()
    cut = len(left) < len(words.split())
    if _NOBODY.match(words) or (cut and len(left) == 1 and left[0].lower() in _ANYBODY):
        return ""
    phrase = phrase[: phrase.rfind(left[-1]) + len(left[-1])].rstrip(" ,;:—–-") if left else ""
    first, space, rest = phrase.partition(" ")
    return f"{first.lower()}{space}{rest}" if space and first.lower() in lexicon.DETERMINERS else phrase
