"""Speakers across documents: looking up who is known, adding who is not."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.records import Identity, KnownSpeaker, Speaker
from app.store.ids import public_id
from app.store.tables import AliasRow, SpeakerKeyRow, SpeakerRow

Keys = Callable[[Speaker], frozenset[str]]
Identify = Callable[[Speaker, Sequence[KnownSpeaker]], Identity]


class Speakers:
    """Resolves the speakers of one document to rows; `keys` and `identify` are the attribution stage's."""

    def __init__(self, session: Session, keys: Keys, identify: Identify) -> None:
        self._session = session
        self._keys = keys
        self._identify = identify

    def resolve(self, speaker: Speaker, sha: str) -> int:
        """Row id of a speaker named in the document with this sha256; adds the row where nobody fits.

        An unnamed source is a speaker of that one document.
        """
        keys = self._keys(speaker)
        identity = self._identify(speaker, self._known(keys))
        if identity.id is None:
            row = self._find_or_add(speaker, sha if speaker.kind == "unnamed" else "")
        else:
            row = self._session.get_one(SpeakerRow, identity.id)
        self._rename_if_fuller(row, speaker)
        self._add_aliases(row, speaker, identity.evidence)
        self._add_keys(row, keys)
        return row.id

    def _known(self, keys: Iterable[str]) -> list[KnownSpeaker]:
        ids = select(SpeakerKeyRow.speaker_id).where(SpeakerKeyRow.key.in_(sorted(keys)))
        rows = self._session.scalars(select(SpeakerRow).where(SpeakerRow.id.in_(ids)).order_by(SpeakerRow.id))
        found = list(rows)
        aliases: dict[int, set[str]] = defaultdict(set)
        for row in self._session.scalars(select(AliasRow).where(AliasRow.speaker_id.in_([row.id for row in found]))):
            aliases[row.speaker_id].add(row.alias)
        return [
            KnownSpeaker(row.id, row.name, row.kind, frozenset(aliases[row.id]))  # type: ignore[arg-type]
            for row in found
        ]

    def _find_or_add(self, speaker: Speaker, document: str) -> SpeakerRow:
        """A namesake that `identify` told apart gets an id of its own, numbered in order of appearance."""
        number = 0
        while True:
            public = public_id("speaker", speaker.kind, speaker.name.casefold(), document, number)
            row = self._session.scalar(select(SpeakerRow).where(SpeakerRow.public_id == public))
            if row is None:
                return self._add(speaker, public)
            if document:
                return row
            number += 1

    def _add(self, speaker: Speaker, public: str) -> SpeakerRow:
        row = SpeakerRow(public_id=public, name=speaker.name[:300], kind=speaker.kind)
        self._session.add(row)
        self._session.flush()
        return row

    def _rename_if_fuller(self, row: SpeakerRow, speaker: Speaker) -> None:
        fuller = len(speaker.name.split()) > len(row.name.split())
        if fuller and row.kind == speaker.kind == "person":
            row.name = speaker.name[:300]

    def _add_aliases(self, row: SpeakerRow, speaker: Speaker, evidence: str) -> None:
        known = set(self._session.scalars(select(AliasRow.alias).where(AliasRow.speaker_id == row.id)))
        for form in dict.fromkeys(form[:300] for form in (speaker.name, *speaker.forms)):
            if form not in known:
                self._session.add(AliasRow(speaker_id=row.id, alias=form, evidence=evidence[:500]))

    def _add_keys(self, row: SpeakerRow, keys: frozenset[str]) -> None:
        known = set(self._session.scalars(select(SpeakerKeyRow.key).where(SpeakerKeyRow.speaker_id == row.id)))
        for key in sorted({key[:100] for key in keys} - known):
            self._session.add(SpeakerKeyRow(key=key, speaker_id=row.id))
