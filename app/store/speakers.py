"""Speakers across documents: who is named is looked up among those known, added where nobody fits.

What decides is the fuller name (`Keys.fullness`): a document's speakers are placed from the fullest to the least full,
and where one of them brings news, those of other documents that are named less fully are judged again. So a bare
“Ashby” ends with the same speaker whether it came in before or after “Ann Ashby” and “Tom Ashby”.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.records import Identity, Keys, KnownSpeaker, Speaker, SpeakerKind
from app.store import stale
from app.store.namings import known_day, move, namings_under, others_named
from app.store.prepared import prepared
from app.store.speaker_block import FULL, Block, Held, lone_id
from app.store.tables import NamingRow

KeysOf = Callable[[Speaker, datetime | None], Keys]
Identify = Callable[[Speaker, Sequence[KnownSpeaker], Collection[int], Collection[str]], Identity]

_COLUMNS = ("document_id", "number", "speaker_id", "name", "forms", "fullness", "evidence")
_ADD = prepared(lambda: insert(NamingRow))
_NAME = 300  # characters
_EVIDENCE = 500
_AGAIN = 2  # full namings: the second tells that the first was no slip
_LOOSE = range(FULL - 1, -1, -1)  # fullness of what is judged again


@dataclass(frozen=True, slots=True)
class Named:
    """A document that names speakers: its row's id, the digest of its text, and when it came out."""

    id: int
    sha256: str
    published_at: datetime | None
    published_precision: str | None


class Speakers:
    """Resolves the speakers of documents to rows; `keys` and `identify` are the attribution stage's."""

    def __init__(self, session: Session, keys: KeysOf, identify: Identify) -> None:
        self._session = session
        self._keys = keys
        self._identify = identify
        self._block = Block(session)

    def resolve(self, document: Named, speakers: Iterable[Speaker]) -> dict[Speaker, NamingRow]:
        """The naming of each speaker of a document, which says who it is taken to be, stored; adds who is not known."""
        published = known_day(document.published_at, document.published_precision)
        keys = {speaker: self._keys(speaker, published) for speaker in speakers}
        lone = [lone_id(one.name, one.kind, document.sha256) for one, found in keys.items() if not found.own]
        self._block.load((key for found in keys.values() for key in found.sought), lone)
        placed: dict[Speaker, tuple[Held, NamingRow]] = {}
        disturbed: set[str] = set()
        for speaker in sorted(keys, key=lambda one: (-keys[one].fullness, one.name, one.forms)):
            apart = [held for other, (held, naming) in placed.items() if _apart(speaker, keys[speaker], naming)]
            held, identity = self._judge(speaker, keys[speaker], apart)
            held = held or self._add(speaker, keys[speaker], document)
            naming = _naming(document, len(placed), speaker, keys[speaker], identity)
            placed[speaker] = held, naming
            held.take(naming)
            news = self._block.keep(held, keys[speaker].own)
            if news or (naming.fullness == FULL and held.full_namings() == _AGAIN):
                disturbed |= keys[speaker].looser
        self._store(placed.values())
        stale.mark(self._session, "speaker", (held.id for held, _ in placed.values()))
        namings = {speaker: naming for speaker, (_, naming) in placed.items()}
        if disturbed:
            self._settle(disturbed)
            self._follow(document, namings.values())
        return namings

    def _follow(self, document: Named, namings: Iterable[NamingRow]) -> None:
        """Those of this very document may have moved too."""
        now = select(NamingRow.number, NamingRow.speaker_id).where(NamingRow.document_id == document.id)
        moved = {row.number: row.speaker_id for row in self._session.execute(now)}
        for naming in namings:
            naming.speaker_id = moved[naming.number]

    def _judge(self, speaker: Speaker, keys: Keys, apart: Collection[Held]) -> tuple[Held | None, Identity]:
        held = self._block.under(keys.sought)
        known = [one for number, each in enumerate(held) if (one := each.known(number, keys.fullness))]
        told = [number for number, each in enumerate(held) if each in apart]
        identity = self._identify(speaker, known, told, keys.own)
        return None if identity.id is None else held[identity.id], identity

    def _add(self, speaker: Speaker, keys: Keys, document: Named | None = None) -> Held:
        """A speaker of its own; without keys, one of this document alone."""
        return self._block.add(speaker.name, speaker.kind, document.sha256 if document and not keys.own else "")

    def _store(self, placed: Iterable[tuple[Held, NamingRow]]) -> None:
        self._block.write_speakers()
        rows = []
        for held, naming in placed:
            naming.speaker_id = held.id
            rows.append({name: getattr(naming, name) for name in _COLUMNS})
        _ADD.write(self._session.connection(), rows)
        self._block.write()

    def _settle(self, disturbed: set[str]) -> None:
        """Judge the less fully named again who are kept under these keys, and those who hang on them in turn."""
        for fullness in _LOOSE:
            self._block.load(disturbed)
            found = self._block.under(disturbed)
            if found:
                loose = namings_under(self._session, [held.id for held in found], fullness)
                disturbed = disturbed | self._judge_again(loose)

    def _judge_again(self, loose: Sequence[tuple[NamingRow, datetime | None]]) -> set[str]:
        """Move the namings that belong elsewhere by now; the keys under which that is news."""
        stood = self._block.by_id()
        asked = [(naming, *self._asked(naming, stood[naming.speaker_id].kind, day)) for naming, day in loose]
        self._block.load(key for _, _, keys in asked for key in keys.sought)
        judged = {(speaker, keys): self._judge(speaker, keys, ())[0] for _, speaker, keys in asked}
        stood = self._block.by_id()
        moved = [one for one in asked if _elsewhere(one[0], stood[one[0].speaker_id], judged[one[1:]])]
        others = others_named(self._session, [naming for naming, _, _ in moved])
        disturbed: set[str] = set()
        moves: list[tuple[NamingRow, Held, Held]] = []
        for naming, speaker, keys in moved:
            now, apart = stood[naming.speaker_id], [stood[other] for other in others[naming] if other in stood]
            held, identity = self._judge(speaker, keys, apart)
            if _elsewhere(naming, now, held):
                held = held or self._add(speaker, keys)
                naming.evidence = identity.evidence[:_EVIDENCE]
                moves.append((naming, now, held))
                held.take(naming)
                disturbed |= keys.looser if self._block.keep(held, keys.own) else frozenset()
        self._block.write_speakers()
        move(self._session, moves)
        self._block.write()
        return disturbed

    def _asked(self, naming: NamingRow, kind: SpeakerKind, published: datetime | None) -> tuple[Speaker, Keys]:
        speaker = Speaker(naming.name, kind, tuple(naming.forms))
        return speaker, self._keys(speaker, published)


def _apart(speaker: Speaker, keys: Keys, other: NamingRow) -> bool:
    """Whether another naming of the same document is of somebody else: as full, and under another name."""
    return 0 < keys.fullness <= other.fullness and speaker.name.casefold() != other.name.casefold()


def _elsewhere(naming: NamingRow, now: Held, chosen: Held | None) -> bool:
    """Whether a naming has to move; one that fits nobody stays where it stands among its equals."""
    return now.fullness() > naming.fullness if chosen is None else chosen is not now


def _naming(document: Named, number: int, speaker: Speaker, keys: Keys, identity: Identity) -> NamingRow:
    return NamingRow(
        document_id=document.id,
        number=number,
        name=speaker.name[:_NAME],
        forms=[form[:_NAME] for form in keys.aliases],
        fullness=keys.fullness,
        evidence=identity.evidence[:_EVIDENCE],
    )
