"""What the pictures and tables of a quote show; places are in units of their picture."""

from app.frozen import record
from app.store.read_views import Occurrence, When
from app.web.sigla import Mark


@record
class Cell:
    """What one wording has in one column; `agrees` with the base, `settled` where all wordings do."""

    words: str
    agrees: bool
    settled: bool


@record
class WitnessRow:
    """One wording in the alignment table."""

    variant: str
    number: int  # from 1, the likely original
    carriers: tuple[Mark, ...]
    cells: tuple[Cell, ...]


@record
class Bar:
    """How many wordings agree with the base at one word."""

    x: float
    y: float
    width: float
    height: float
    whole: bool  # all of them


@record
class WitnessTable:
    """All wordings word by word; `agreeing` counts for each column how many have the words of the base."""

    rows: tuple[WitnessRow, ...]
    agreeing: tuple[int, ...]
    bars: tuple[Bar, ...]
    width: float
    height: float
    description: str


@record
class Point:
    """A time at which a wording came out."""

    x: float
    label: str  # sigla, as many as there is room for; those of points close before too


@record
class Lane:
    """One variant on the time line."""

    number: int
    y: float
    points: tuple[Point, ...]


@record
class Tick:
    """A date under the time line."""

    x: float
    label: str


@record
class Appearance:
    """A variant at one date, and in which outlets."""

    number: int
    variant: str
    published: When | None
    carriers: tuple[Mark, ...]


@record
class Timeline:
    """When each variant appeared and where; `appearances` is the same as a table."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    appearances: tuple[Appearance, ...]
    lanes_left: int
    width: float
    height: float
    description: str


@record
class Branch:
    """A variant in the tree of descent, in order of the tree; `parent` is None for the root."""

    variant: str
    number: int
    parent: int | None  # number of the variant that it most likely derives from
    depth: int
    carriers: tuple[Mark, ...]
    published: When | None
    change: str  # the gravest change, in a few words
    summary: str  # all of them
    reasons: tuple[str, ...]
    x: float
    y: float
    parent_x: float
    parent_y: float
    label: str  # `change`, cut to the room that is there
    sigla: str


@record
class Lineage:
    """Which variant most likely derives from which, as far as it is drawn."""

    branches: tuple[Branch, ...]
    width: float
    height: float
    description: str


@record
class Report:
    """A passage that reports what was said without quoting it."""

    occurrence: Occurrence
    mark: Mark
    address: str
