"""The speakers of the corpus that have to be compared with those of one document, read at once and held in memory."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.records import KnownSpeaker, SpeakerKind
from app.store.ids import public_id
from app.store.tables import AliasRow, NamingRow, SpeakerKeyRow, SpeakerRow

FULL = 3  # fullness of a full name, which no other decides on
_LONGEST = 300  # characters of a name


@dataclass(slots=True, eq=False)
class Held:
    """A speaker with its keys and aliases, those not yet stored among them."""

    row: SpeakerRow
    keys: set[str] = field(default_factory=set)
    aliases: dict[str, AliasRow] = field(default_factory=dict)
    new: dict[str, AliasRow] = field(default_factory=dict)  # those of the aliases that are not stored yet

    def known(self, number: int, fullness: int) -> KnownSpeaker | None:
        """What counts for a naming of this fullness: what fuller ones say, else its equals; None where all say less."""
        fuller = [alias for alias, row in self.aliases.items() if row.fullness > fullness]
        counting = fuller or [alias for alias, row in self.aliases.items() if row.fullness == fullness]
        if self.row.successor_id is not None or not counting:
            return None
        return KnownSpeaker(number, self.row.name, self.row.kind, frozenset(counting))  # type: ignore[arg-type]

    def take(self, naming: NamingRow) -> None:
        """Note the forms of a naming."""
        for form in naming.forms:
            row = self.aliases.get(form)
            if row is None:
                values = {
                    "evidence": _why(form, naming),
                    "fullness": naming.fullness,
                    "document_id": naming.document_id,
                }
                self.aliases[form] = self.new[form] = AliasRow(alias=form, full_namings=0, **values)
            else:
                row.fullness = max(row.fullness, naming.fullness)
        self.aliases[naming.name].full_namings += naming.fullness == FULL
        if self.row.name not in self.aliases or self._rank(naming.name) < self._rank(self.row.name):
            self.row.name = naming.name

    def fullness(self) -> int:
        """How fully the fullest naming names it."""
        return max((row.fullness for row in self.aliases.values()), default=0)

    def forget(self, loose: Iterable[NamingRow]) -> list[AliasRow]:
        """Drop the aliases that none of its namings has any more; returns those of them that are stored.

        `loose` are its namings that are less than full.
        """
        said: dict[str, NamingRow] = {}
        for naming in sorted(loose, key=lambda naming: (-naming.fullness, naming.document_id)):
            for form in naming.forms:
                said.setdefault(form, naming)
        gone = [alias for alias, row in self.aliases.items() if row.fullness < FULL and alias not in said]
        for alias, naming in said.items():
            row = self.aliases[alias]
            if row.fullness < FULL:
                row.fullness, row.document_id, row.evidence = naming.fullness, naming.document_id, _why(alias, naming)
        dropped = [row for alias in gone if (row := self.aliases.pop(alias)) is not self.new.pop(alias, None)]
        names = sorted({naming.name for naming in said.values()}, key=self._rank)
        if self.row.name not in self.aliases and names:
            self.row.name = names[0]
        return dropped

    def _rank(self, name: str) -> tuple[int, int, int, bool, str]:
        """The full name that most documents have is shown; of equals one with more words, then the first by letters."""
        alias = self.aliases[name]
        return -alias.fullness, -alias.full_namings, -len(name.split()), name.isupper(), name


def _why(alias: str, naming: NamingRow) -> str:
    """The evidence for an alias: that of the naming, or that its document uses it for the name."""
    return naming.evidence if alias == naming.name else f"Stands for “{naming.name}” in the same document."


class Block:
    """Speakers looked up by key. What is added or changed here is stored by `write`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._held: dict[str, Held] = {}  # by public id
        self._by_key: dict[str, dict[str, Held]] = defaultdict(dict)
        self._loaded: set[str] = set()
        self._new_keys: list[tuple[Held, str]] = []

    def load(self, keys: Iterable[str], public_ids: Iterable[str] = ()) -> None:
        """Read the speakers under these keys or with these ids that are not here yet, in two queries."""
        missing, ids = set(keys) - self._loaded, set(public_ids) - self._held.keys()
        self._loaded |= missing
        found: list[ColumnElement[bool]] = []
        if missing:
            under = select(SpeakerKeyRow.speaker_id).where(SpeakerKeyRow.key.in_(sorted(missing)))
            found.append(SpeakerRow.id.in_(under))
        if ids:
            found.append(SpeakerRow.public_id.in_(sorted(ids)))
        if found:
            self._read(or_(*found))

    def _read(self, found: ColumnElement[bool]) -> None:
        query = select(SpeakerRow, SpeakerKeyRow.key).outerjoin(
            SpeakerKeyRow, SpeakerKeyRow.speaker_id == SpeakerRow.id
        )
        new: dict[int, Held] = {}
        for row, key in self._session.execute(query.where(found)):
            if row.public_id not in self._held:
                new[row.id] = self._held[row.public_id] = Held(row)
            if key:
                self._put(self._held[row.public_id], key)
        if new:
            for alias in self._session.scalars(select(AliasRow).where(AliasRow.speaker_id.in_(new))):
                new[alias.speaker_id].aliases[alias.alias] = alias

    def _put(self, held: Held, key: str) -> None:
        held.keys.add(key)
        self._by_key[key][held.row.public_id] = held

    def under(self, keys: Iterable[str]) -> list[Held]:
        """The speakers kept under any of these keys, by public id; only keys that were loaded find all of theirs."""
        found = {public: held for key in keys for public, held in self._by_key.get(key, {}).items()}
        return [found[public] for public in sorted(found)]

    def by_id(self) -> dict[int, Held]:
        """The stored speakers by the ids of their rows."""
        return {held.row.id: held for held in self._held.values()}

    def add(self, name: str, kind: SpeakerKind, sha: str) -> Held:
        """A speaker of its own: of the one document with this sha256, else of any, numbered where a namesake is here.

        An id that lost all its namings lives again.
        """
        number = 0
        while True:
            public = lone_id(name, kind, sha, number)
            held = self._held.get(public)
            if held is None:
                row = SpeakerRow(public_id=public, name=name[:_LONGEST], kind=kind)
                held = self._held[public] = Held(row)
                return held
            if sha or held.row.successor_id is not None:
                held.row.successor_id = None
                return held
            number += 1

    def keep(self, held: Held, keys: Iterable[str]) -> bool:
        """Keep a speaker under these keys too; whether any of them is new."""
        new = sorted(set(keys) - held.keys)
        for key in new:
            self._put(held, key)
            self._new_keys.append((held, key))
        return bool(new)

    def write_speakers(self) -> None:
        """Give new speakers their row ids."""
        new = [held.row for held in self._held.values() if held.row.id is None]
        if new:
            self._session.add_all(new)
            self._session.flush()

    def write(self) -> None:
        """Store new keys and aliases."""
        for held in self._held.values():
            for alias in held.new.values():
                alias.speaker_id = held.row.id
                self._session.add(alias)
            held.new.clear()
        self._session.add_all(SpeakerKeyRow(key=key, speaker_id=held.row.id) for held, key in self._new_keys)
        self._new_keys.clear()
        self._session.flush()


def lone_id(name: str, kind: SpeakerKind, sha: str, number: int = 0) -> str:
    """Public id of a speaker by its first name, and by the sha256 of its document where it is of that one alone."""
    return public_id("speaker", kind, name.casefold(), sha, number)
