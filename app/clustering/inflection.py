"""Whether two words are one word in another tense or person."""

from app.clustering.vocabulary import stem

_FORMS = (
    "am is are was were be been being im hes shes its were youre theyre",
    "has have had having ive weve theyve youve hes shes",
    "do does did done doing",
    "will would shall ill well hell shell theyll youll id wed hed shed theyd youd",
    "can could",
    "may might",
    "i me my mine myself we us our ours ourselves he him his himself she her hers herself they them their theirs "
    "themselves you your yours yourself it its itself im ive ill id were weve well wed hes shes theyre theyve",
    "this that these those",
    "go goes went gone going",
)
_PAST = (
    "say said, see saw seen, get got gotten, come came, take took taken, make made, know knew known, give gave given, "
    "think thought, find found, tell told, become became, leave left, keep kept, begin began begun, hold held, "
    "bring brought, lose lost, pay paid, meet met, run ran, stand stood, speak spoke spoken, fight fought, win won, "
    "send sent, build built, feel felt, buy bought, write wrote written, rise rose risen, fall fell fallen, "
    "break broke broken, choose chose chosen, draw drew drawn, drive drove driven, lead led, sell sold, mean meant, "
    "hear heard, understand understood, show shown, sit sat, teach taught, catch caught, seek sought, bear bore borne, "
    "grow grew grown, throw threw thrown, wear wore worn, eat ate eaten, forget forgot forgotten, lie lay lain, "
    "do did done, swear swore sworn, shake shook shaken, sink sank sunk, swim swam swum, sing sang sung"
)
_SUBJECTS = frozenset("i you he she it we they who".split())
_GROUPS = [frozenset(forms.split()) for forms in _FORMS]
_PASTS = {form: forms.split()[0] for forms in _PAST.split(", ") for form in forms.split()}


def is_form(word: str) -> bool:
    """Whether a word (normal form) only carries tense or person: "was", "they"."""
    return any(word in group for group in _GROUPS)


def is_subject(word: str) -> bool:
    """Whether a word (normal form) makes a verb of what follows it."""
    return word in _SUBJECTS


def same_word(word: str, other: str) -> bool:
    """Whether two words (normal form) differ in tense, person or number only: "holds" and "held", "we" and "they"."""
    if any(word in group and other in group for group in _GROUPS):
        return True
    return stem(_PASTS.get(word, word)) == stem(_PASTS.get(other, other))


def same_but_for_plural(word: str, other: str) -> bool:
    """Whether two words (normal form) are equal, or one of them is the other with a plural's ending."""
    one, longer = sorted((word, other), key=len)
    return longer in (one, f"{one}s", f"{one}es") or (one.endswith("y") and longer == f"{one[:-1]}ies")
