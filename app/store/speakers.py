"""Speakers across documents: who is named is looked up among those known, added where nobody fits.

What decides is the fuller name (`Keys.fullness`): a document's speakers are placed from the fullest to the least full,
and where one of them brings news, those of other documents that are named less fully are judged again. So a bare
“Ashby” ends with the same speaker whether it came in before or after “Ann Ashby” and “Tom Ashby”.
"""

from collections.abc import Callable, Collection, Iterable, Sequence

from sqlalchemy.orm import Session

from app.records import Identity, Keys, KnownSpeaker, Speaker
from app.store.namings import move, namings_under, others_named
from app.store.speaker_block import FULL, Block, Held, lone_id
from app.store.tables import DocumentRow, NamingRow

KeysOf = Callable[[Speaker], Keys]
Identify = Callable[[Speaker, Sequence[KnownSpeaker], Collection[int]], Identity]

_NAME = 300  # characters
_EVIDENCE = 500
_LOOSE = range(FULL - 1, -1, -1)  # fullness of what is judged again


class Speakers:
    """Resolves the speakers of documents to rows; `keys` and `identify` are the attribution stage's."""

    def __init__(self, session: Session, keys: KeysOf, identify: Identify) -> None:
        self._session = session
        self._keys = keys
        self._identify = identify
        self._block = Block(session)

    def resolve(self, document: DocumentRow, speakers: Iterable[Speaker]) -> dict[Speaker, NamingRow]:
        """The naming of each speaker of a document, which says who it is taken to be; adds who is not known."""
        keys = {speaker: self._keys(speaker) for speaker in speakers}
        lone = [lone_id(one.name, one.kind, document.sha256) for one, found in keys.items() if not found.own]
        self._block.load((key for found in keys.values() for key in found.sought), lone)
        placed: dict[Speaker, tuple[Held, NamingRow]] = {}
        disturbed: set[str] = set()
        for speaker in sorted(keys, key=lambda one: (-keys[one].fullness, one.name, one.forms)):
            apart = [held for other, (held, _) in placed.items() if 0 < keys[speaker].fullness <= keys[other].fullness]
            held, identity = self._judge(speaker, keys[speaker], apart)
            held = held or self._add(speaker, keys[speaker], document)
            naming = _naming(document, len(placed), speaker, keys[speaker], identity)
            placed[speaker] = held, naming
            held.take(naming)
            if self._block.keep(held, keys[speaker].own):
                disturbed |= keys[speaker].looser
        self._store(placed.values())
        self._settle(disturbed)
        return {speaker: naming for speaker, (_, naming) in placed.items()}

    def _judge(self, speaker: Speaker, keys: Keys, apart: Collection[Held]) -> tuple[Held | None, Identity]:
        held = self._block.under(keys.sought)
        known = [one for number, each in enumerate(held) if (one := each.known(number, keys.fullness))]
        identity = self._identify(speaker, known, [number for number, each in enumerate(held) if each in apart])
        return None if identity.id is None else held[identity.id], identity

    def _add(self, speaker: Speaker, keys: Keys, document: DocumentRow | None = None) -> Held:
        """A speaker of its own; without keys, one of this document alone."""
        return self._block.add(speaker.name, speaker.kind, document.sha256 if document and not keys.own else "")

    def _store(self, placed: Iterable[tuple[Held, NamingRow]]) -> None:
        self._block.write_speakers()
        for held, naming in placed:
            naming.speaker_id = held.row.id
            self._session.add(naming)
        self._block.write()

    def _settle(self, disturbed: set[str]) -> None:
        """Judge the less fully named again who are kept under these keys, and those who hang on them in turn."""
        for fullness in _LOOSE:
            self._block.load(disturbed)
            found = self._block.under(disturbed)
            if found:
                loose = namings_under(self._session, [held.row.id for held in found], fullness)
                disturbed = disturbed | self._judge_again(loose)

    def _judge_again(self, loose: Sequence[NamingRow]) -> set[str]:
        """Move the namings that belong elsewhere by now; the keys under which that is news."""
        stood = self._block.by_id()
        speakers = [Speaker(one.name, stood[one.speaker_id].row.kind, tuple(one.forms)) for one in loose]  # type: ignore[arg-type]
        keys = {speaker: self._keys(speaker) for speaker in speakers}
        self._block.load(key for found in keys.values() for key in found.sought)
        judged = {speaker: self._judge(speaker, keys[speaker], ()) for speaker in keys}
        stood = self._block.by_id()
        unsettled = [
            (naming, speaker)
            for naming, speaker in zip(loose, speakers, strict=True)
            if _belongs_elsewhere(naming, stood[naming.speaker_id], judged[speaker][0])
        ]
        others = others_named(self._session, [naming for naming, _ in unsettled])
        disturbed: set[str] = set()
        moves: list[tuple[NamingRow, Held, Held]] = []
        for naming, speaker in unsettled:
            now, apart = stood[naming.speaker_id], [stood[other] for other in others[naming] if other in stood]
            held, identity = self._judge(speaker, keys[speaker], apart)
            if _belongs_elsewhere(naming, now, held):
                held = held or self._add(speaker, keys[speaker])
                naming.evidence = identity.evidence[:_EVIDENCE]
                moves.append((naming, now, held))
                held.take(naming)
                if self._block.keep(held, keys[speaker].own):
                    disturbed |= keys[speaker].looser
        self._block.write_speakers()
        move(self._session, moves)
        self._block.write()
        return disturbed


def _belongs_elsewhere(naming: NamingRow, now: Held, chosen: Held | None) -> bool:
    """Whether a naming has to move; one that fits nobody stays where it stands among its equals."""
    return now.fullness() > naming.fullness if chosen is None else chosen is not now


def _naming(document: DocumentRow, number: int, speaker: Speaker, keys: Keys, identity: Identity) -> NamingRow:
    return NamingRow(
        document_id=document.id,
        number=number,
        name=speaker.name[:_NAME],
        forms=[form[:_NAME] for form in keys.aliases],
        fullness=keys.fullness,
        evidence=identity.evidence[:_EVIDENCE],
    )
