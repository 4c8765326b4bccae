"""The time line of a quote: when each variant appeared, and in which outlet."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from app.store.read_views import Occurrence, Variant, When
from app.web.filters import plural, short_day
from app.web.ranking import Scene
from app.web.sigla import Mark, Sigla
from app.web.witness_views import Appearance, Lane, Point, Tick, Timeline

_WIDTH = 340.0
_LEFT, _RIGHT = 34.0, 272.0  # of what is dated
_UNDATED = 262.0  # where undated ones stand, if there are any; what is dated ends before
_GAP = 76.0
_LANE, _TOP, _FOOT = 30.0, 12.0, 24.0
_LANES = 12
_NEAR = 14.0  # taken up by a point
_ROOM = 48.0  # least room for sigla
_SIGN = 7.5  # width of a letter
_TICK = 66.0  # least room for a date

Seen = tuple[When | None, Mark]


def timeline(variants: Sequence[Variant], scene: Scene) -> Timeline:
    """The picture and its table; the variants that appeared first are drawn, all are in the table."""
    seen = {variant.id: [_seen(o, scene.sigla) for o in scene.of(variant)] for variant in variants}
    ordered = sorted((v for v in variants if seen[v.id]), key=lambda v: (_first(seen[v.id]), v.rank))
    drawn = ordered[:_LANES]
    scale = _Scale([when for variant in drawn for when, _ in seen[variant.id]])
    return Timeline(
        lanes=tuple(_lane(variant, n, seen[variant.id], scale) for n, variant in enumerate(drawn)),
        ticks=tuple(scale.ticks()),
        appearances=tuple(appearance for variant in ordered for appearance in _appearances(variant, seen[variant.id])),
        lanes_left=len(ordered) - len(drawn),
        width=_WIDTH,
        height=_TOP + _LANE * len(drawn) + _FOOT,
        description=_description(ordered, seen),
    )


class _Scale:
    """From dates to places; one date alone stands at the beginning."""

    def __init__(self, dates: Sequence[When | None]) -> None:
        self._known = sorted({when.at for when in dates if when})
        self._undated = None in dates
        self._right = _UNDATED - _GAP if self._undated else _RIGHT

    def place(self, when: When | None) -> float:
        if when is None:
            return _UNDATED if self._known else _LEFT
        first, last = self._known[0], self._known[-1]
        share = (when.at - first) / (last - first) if last > first else 0.0
        return round(_LEFT + share * (self._right - _LEFT), 1)

    def ticks(self) -> Iterator[Tick]:
        """Dates that are there, as many as there is room for, the first and the last before all."""
        days = {short_day(at): self.place(When(at, "day")) for at in reversed(self._known)}
        chosen: list[Tick] = []
        ends = [*list(days.items())[-1:], *list(days.items())[:1], *list(days.items())[::-1]]
        for label, x in ends:
            if all(abs(x - tick.x) >= _TICK for tick in chosen):
                chosen.append(Tick(x, label))
        yield from sorted(chosen, key=lambda tick: tick.x)
        if self._undated:
            yield Tick(self.place(None), "undated")


def _seen(occurrence: Occurrence, sigla: Sigla) -> Seen:
    return occurrence.document.published, sigla.at(occurrence.document)


def _first(seen: Sequence[Seen]) -> datetime:
    return min((when.at for when, _ in seen if when), default=datetime.max)


def _lane(variant: Variant, place: int, seen: Sequence[Seen], scale: _Scale) -> Lane:
    marks: dict[float, list[str]] = {}
    for when, mark in seen:
        marks.setdefault(scale.place(when), []).append(_written(mark))
    return Lane(variant.rank + 1, _TOP + _LANE * (place + 0.5), tuple(_points(marks)))


def _points(marks: dict[float, list[str]]) -> Iterator[Point]:
    """The points of a lane from left to right; one without room for its sigla leaves them to the next."""
    places = sorted(marks)
    waiting: list[str] = []
    for x, end in zip(places, [*places[1:], _WIDTH], strict=True):
        waiting = list(dict.fromkeys([*waiting, *marks[x]]))
        label = _fitting(waiting, end - x - _NEAR) if end - x >= _ROOM else ""
        yield Point(x, label)
        waiting = [] if label else waiting


def _fitting(marks: Sequence[str], room: float) -> str:
    """As many sigla as there is room for, and how many more there are."""
    for count in range(len(marks), 0, -1):
        rest = f" +{len(marks) - count}" if count < len(marks) else ""
        label = " ".join(marks[:count]) + rest
        if len(label) * _SIGN <= room:
            return label
    return f"+{len(marks)}"


def _written(mark: Mark) -> str:
    return f"({mark.siglum})" if mark.copied else mark.siglum


def _appearances(variant: Variant, seen: Sequence[Seen]) -> Iterator[Appearance]:
    days: dict[str, tuple[When | None, list[Mark]]] = {}
    for when, mark in seen:
        days.setdefault(short_day(when.at) if when else "", (when, []))[1].append(mark)
    for when, marks in days.values():
        yield Appearance(variant.rank + 1, variant.id, when, tuple(dict.fromkeys(marks)))


def _description(ordered: Sequence[Variant], seen: dict[str, list[Seen]]) -> str:
    dates = sorted(when.at for entries in seen.values() for when, _ in entries if when)
    said = plural(len(ordered), "variant")
    if not dates:
        return f"{said}, all undated."
    first, last = short_day(dates[0]), short_day(dates[-1])
    undated = sum(when is None for entries in seen.values() for when, _ in entries)
    span = f"all on {first}" if first == last else f"from {first} to {last}"
    return f"{said}, {span}{f'; {undated} undated' if undated else ''}. Filled circles are the likely original."
