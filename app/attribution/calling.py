"""Whether a name that somebody gives can be that of a known speaker."""

from collections.abc import Iterable

from app.attribution.names import father_and_son, fold, given_names_agree, parts, skeleton


def called(name: str, forms: Iterable[str]) -> bool:
    """Whether `name` can be one of `forms`: equal, the surname alone, or a fuller or shorter form of one name."""
    return any(_alike(name, form) for form in forms)


def _alike(name: str, form: str) -> bool:
    ours, theirs = parts(name), parts(form)
    if fold(name) == fold(form) or ours == theirs:
        return True
    if not ours or not theirs or father_and_son(name, form):
        return False
    return skeleton(ours[-1]) == skeleton(theirs[-1]) and given_names_agree(ours, theirs)
