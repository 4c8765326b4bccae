"""Roles that stand beside a name: “Ann Ashby, the prime minister”, “Norland Gov. Ann Ashby”."""

from collections.abc import Sequence
from dataclasses import replace

from app.attribution import lexicon
from app.attribution.frames import Token
from app.attribution.scanning import Mention, complement_end, gender_of, joined, name_end, role_end, with_determiner

_APPOSITION = 7  # tokens after a comma among which the head of an apposition stands


def with_roles(tokens: Sequence[Token], found: Sequence[Mention]) -> list[Mention]:
    """Joins “Ann Ashby, the prime minister” and “the prime minister, Ann Ashby,” into one mention with a role."""
    result: list[Mention] = []
    for mention in found:
        last = result[-1] if result else None
        if last and mention.first < last.stop:
            continue
        role = _role_before(tokens, result, mention)
        if last and _qualifies(last, mention):
            result[-1] = replace(mention, first=last.first, role=f"{last.name} {mention.role}")
        elif last and mention.kind == "role" and _lone(last) and last.stop == mention.first:
            result[-1] = _placed_role(tokens, last, mention)
        elif role is not None:
            held = result[role]
            result[role:] = [replace(mention, first=held.first, role=held.role, gender=mention.gender or held.gender)]
        else:
            result.append(_with_role_after(tokens, mention))
    return result


def _qualifies(last: Mention, mention: Mention) -> bool:
    """“Norland Gov. Ann Ashby”: a body or place right before the role belongs to it."""
    return _lone(last) and bool(mention.role) and mention.kind == "name" and last.stop == mention.first


def _lone(last: Mention) -> bool:
    place = last.kind == "body" or (last.kind == "name" and " " not in last.name)
    return place and not last.role


def _placed_role(tokens: Sequence[Token], place: Mention, role: Mention) -> Mention:
    """“the Norland senator”: a role, qualified by the place before it."""
    first = with_determiner(tokens, place.first)
    said = joined(tokens[place.first : role.stop]).removeprefix("the ")
    definite = tokens[first].text.lower() not in {"a", "an", "one"}
    return replace(role, first=first, name=said, role=said, definite=definite)


def _role_before(tokens: Sequence[Token], result: Sequence[Mention], name: Mention) -> int | None:
    """The place of the role in “its chief engineer, Ann Ashby,” / “a detective from the harbour, Ann Ashby,”."""
    comma = name.first - 1
    if name.kind != "name" or name.role or comma < 1 or tokens[comma].text != ",":
        return None
    closed = name.stop >= len(tokens) or not tokens[name.stop].text[:1].isalnum()
    for place in range(len(result) - 1, max(-1, len(result) - 4), -1):
        role = result[place]
        if role.kind == "role" and (role.definite or closed) and _qualified(tokens[role.stop : comma], closed):
            return place
    return None


def _qualified(between: Sequence[Token], closed: bool) -> bool:
    """Nothing, or a phrase that describes: “from the harbour police”, “who was not there”."""
    if not between:
        return True
    low = between[0].text.lower()
    plain = len(between) <= _APPOSITION and all(token.text[:1].isalnum() for token in between)
    relative = low == "who" or not any(lexicon.lemma(token.text) for token in between)
    return closed and plain and relative and (low == "who" or low in lexicon.PREPOSITIONS)


def _with_role_after(tokens: Sequence[Token], mention: Mention) -> Mention:
    comma = mention.stop
    if mention.kind != "name" or comma >= len(tokens) or tokens[comma].text != ",":
        return mention
    for number in range(comma + 1, min(comma + 1 + _APPOSITION, len(tokens))):
        low = tokens[number].text.lower()
        if low in {"'s", "’s"}:
            continue
        if low in lexicon.RELATIVES or not low[:1].isalnum() or lexicon.lemma(low) or low in lexicon.BE:
            return mention
        end = role_end(tokens, number)
        if end > number:
            return _take_role(tokens, mention, comma + 1, end)
    return mention


def _take_role(tokens: Sequence[Token], mention: Mention, first: int, end: int) -> Mention:
    if end < len(tokens) and name_end(tokens, end) > end:  # “Ashby, President Venn and others”
        return mention
    first += tokens[first].text.lower() in {"the", "a", "an"}
    stop = complement_end(tokens, end)
    role = joined(tokens[first:stop])
    return replace(
        mention, stop=stop, role=mention.role or role, gender=mention.gender or gender_of(tokens[first:stop])
    )
