"""Roles that stand apart from their names: “The harbour minister smiled. … Ann Ashby spent years at sea.”"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.attribution.people import Cast, Figure
from app.attribution.scanning import Mention

_PARAGRAPHS = 2  # that a name may stand behind the role that announced it
_SENTENCES = 3  # that a role may stand behind the name that it takes up
_LOOK = 12  # sightings on either side
_RELATED = ("his ", "her ", "their ", "my ", "our ")  # “their mother”: somebody beside whoever is known


@dataclass(frozen=True, slots=True)
class Sighting:
    """A person's name (`figure`) or a definite role, in order of text; `speaks`: the subject of a verb of speech."""

    sentence: int
    paragraph: int
    mention: Mention
    figure: Figure | None
    subject: bool
    speaks: bool
    quoted: bool  # a quotation stands in the sentence
    passing: bool  # “in the hall of North Harbour”: may be a place

    @property
    def free(self) -> bool:
        """A person without a role of today, who is not named in passing alone."""
        figure = self.figure
        return figure is not None and not _offices(figure) and not (self.passing and figure.count == 1)


def introduce(cast: Cast, sightings: Sequence[Sighting]) -> None:
    """Give figures without a role the roles that nobody holds, where the text sets one beside the other.

    A reporter names a person by role and gives the name afterwards, or the other way round. Only a role that is the
    subject of its sentence counts, and only a person whom the document calls by no other role.
    """
    firsts: dict[Figure, int] = {}
    for number, sighting in enumerate(sightings):
        if sighting.figure:
            firsts.setdefault(sighting.figure, number)
    for number, sighting in enumerate(sightings):
        if sighting.figure is None and sighting.subject and not cast.with_role(sighting.mention.role):
            holder = _before(sightings, number) or _after(sightings, number, firsts)
            if holder:
                cast.take_on(holder, sighting.mention.role)


def _before(sightings: Sequence[Sighting], number: int) -> Figure | None:
    """“Ann Ashby stayed at home. ‘…,’ the minister said.”: one person alone, who has not just said something else."""
    role = sightings[number]
    if _is_related(role):
        return None
    near = [
        one
        for one in sightings[max(0, number - _LOOK) : number]
        if one.free and role.sentence - _SENTENCES <= one.sentence < role.sentence
    ]
    here = [one for one in near if one.paragraph == role.paragraph] or near
    if not here or len({one.figure for one in here}) != 1:
        return None
    last = here[-1]
    apart = last.speaks and (role.speaks or last.paragraph != role.paragraph)
    return None if apart else _fitting(last, role)


def _after(sightings: Sequence[Sighting], number: int, firsts: dict[Figure, int]) -> Figure | None:
    """“The minister smiled. … Ann Ashby …”: the next person whom the document had not named before."""
    role = sightings[number]
    for place in range(number + 1, min(number + _LOOK, len(sightings))):
        one = sightings[place]
        if one.paragraph - role.paragraph > _PARAGRAPHS:
            return None
        if one.figure and firsts[one.figure] == place and one.sentence > role.sentence and not one.passing:
            another = role.quoted and (one.speaks or not one.subject)
            another = another or (_is_related(role) and " " not in one.figure.name)
            return None if another else _fitting(one, role)
    return None


def _is_related(role: Sighting) -> bool:
    return role.mention.name.lower().startswith(_RELATED)


def _offices(figure: Figure) -> list[str]:
    return [role for role in figure.roles if not role.lower().startswith(("former ", "ex-", "one-time "))]


def _fitting(name: Sighting, role: Sighting) -> Figure | None:
    figure, gender = name.figure, role.mention.gender
    if figure is None or _offices(figure) or (gender and figure.gender and gender != figure.gender):
        return None
    return figure
