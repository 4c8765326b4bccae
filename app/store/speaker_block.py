"""The speakers of the corpus that have to be compared with those of one document, read at once and held in memory."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from app.records import KnownSpeaker, SpeakerKind
from app.store import stale
from app.store.ids import public_id
from app.store.prepared import prepared
from app.store.tables import AliasRow, NamingRow, SpeakerKeyRow, SpeakerRow

FULL = 3  # fullness of a full name, which no other decides on
_LONGEST = 300  # characters of a name
_SPEAKER: tuple[Any, ...] = (
    SpeakerRow.public_id,
    SpeakerRow.name,
    SpeakerRow.kind,
    SpeakerRow.id,
    SpeakerRow.successor_id,
)
_ALIAS: tuple[Any, ...] = (
    AliasRow.speaker_id,
    AliasRow.alias,
    AliasRow.fullness,
    AliasRow.full_namings,
    AliasRow.evidence,
    AliasRow.document_id,
)
_IDS = prepared(
    lambda: select(SpeakerRow.public_id, SpeakerRow.id).where(
        SpeakerRow.public_id.in_(bindparam("added", expanding=True))
    )
)
_KEPT = prepared(
    lambda: select(SpeakerKeyRow.speaker_id, SpeakerKeyRow.key).where(
        SpeakerKeyRow.speaker_id.in_(bindparam("speakers", expanding=True))
    )
)
_NAMED = prepared(lambda: select(*_ALIAS).where(AliasRow.speaker_id.in_(bindparam("speakers", expanding=True))))
_ADD_KEYS = prepared(lambda: insert(SpeakerKeyRow))
_ADD_ALIASES = prepared(lambda: insert(AliasRow))
_CHANGED = prepared(
    lambda: (
        update(SpeakerRow)
        .where(SpeakerRow.id == bindparam("row"))
        .values(name=bindparam("shown"), successor_id=bindparam("successor"))
    )
)
_SAID = prepared(
    lambda: (
        update(AliasRow)
        .where(AliasRow.speaker_id == bindparam("speaker_id_"), AliasRow.alias == bindparam("alias_"))
        .values({name: bindparam(f"{name}_") for name in ("fullness", "full_namings", "document_id", "evidence")})
    )
)


@dataclass(slots=True)
class HeldAlias:
    """A form of a speaker, as its row has it or will have it."""

    fullness: int
    full_namings: int
    evidence: str
    document_id: int | None
    stored: bool = True
    changed: bool = False

    def say(self, form: str, naming: NamingRow) -> None:
        """Take evidence, document and fullness from the first naming that has this form."""
        same = form == naming.name
        self.evidence = naming.evidence if same else f"Stands for “{naming.name}” in the same document."
        self.document_id, self.fullness, self.changed = naming.document_id, naming.fullness, True


@dataclass(slots=True, eq=False)
class Held:
    """A speaker with its keys and aliases; `id` is 0 until it is stored."""

    public_id: str
    name: str
    kind: SpeakerKind
    id: int = 0
    successor_id: int | None = None
    keys: set[str] = field(default_factory=set)
    aliases: dict[str, HeldAlias] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)  # aliases whose rows have to go

    def known(self, number: int, fullness: int) -> KnownSpeaker | None:
        """What counts for a naming of this fullness: what fuller ones say, else its equals; None where all say less."""
        fuller = [name for name, alias in self.aliases.items() if alias.fullness > fullness]
        counting = fuller or [name for name, alias in self.aliases.items() if alias.fullness == fullness]
        if self.successor_id is not None or not counting:
            return None
        full = frozenset(name for name, alias in self.aliases.items() if alias.full_namings)
        return KnownSpeaker(
            number,
            self.name,
            self.kind,
            frozenset(counting),
            self.fullness(),
            frozenset(self.keys),
            full,
            self.full_namings(),
        )

    def full_namings(self) -> int:
        """How many documents name it in full."""
        return sum(alias.full_namings for alias in self.aliases.values())

    def fullness(self) -> int:
        """How fully the fullest naming names it."""
        return max((alias.fullness for alias in self.aliases.values()), default=0)

    def take(self, naming: NamingRow) -> None:
        """Note the forms of a naming."""
        for form in naming.forms:
            alias = self.aliases.get(form)
            if alias is None:
                alias = self.aliases[form] = HeldAlias(0, 0, "", None, stored=form in self.dropped)
                alias.say(form, naming)
                self.dropped.discard(form)
            elif alias.fullness < naming.fullness:
                alias.fullness, alias.changed = naming.fullness, True
        if naming.fullness == FULL:
            own = self.aliases[naming.name]
            own.full_namings, own.changed = own.full_namings + 1, True
        if self.name not in self.aliases or self._rank(naming.name) < self._rank(self.name):
            self.name = naming.name

    def forget(self, loose: Iterable[NamingRow]) -> None:
        """Drop the aliases that none of its namings has any more; `loose` are those left that are less than full."""
        said: dict[str, NamingRow] = {}
        for naming in sorted(loose, key=lambda naming: (-naming.fullness, naming.document_id)):
            for form in naming.forms:
                said.setdefault(form, naming)
        for name in [name for name, alias in self.aliases.items() if alias.fullness < FULL]:
            if name in said:
                self.aliases[name].say(name, said[name])
            elif self.aliases.pop(name).stored:
                self.dropped.add(name)
        names = sorted({naming.name for naming in said.values()}, key=self._rank)
        if self.name not in self.aliases and names:
            self.name = names[0]

    def _rank(self, name: str) -> tuple[int, int, int, bool, str]:
        """The full name that most documents have is shown; of equals one with more words, then the first by letters."""
        alias = self.aliases[name]
        return -alias.fullness, -alias.full_namings, -len(name.split()), name.isupper(), name


class Block:
    """Speakers looked up by key. What is added or changed here is stored by `write`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._held: dict[str, Held] = {}  # by public id
        self._by_key: dict[str, dict[str, Held]] = defaultdict(dict)
        self._loaded: set[str] = set()
        self._new_keys: list[tuple[Held, str]] = []
        self._stored: dict[str, tuple[str, int | None]] = {}  # name and successor, as rows have them

    def load(self, keys: Iterable[str], public_ids: Iterable[str] = ()) -> None:
        """Read the speakers under these keys or with these ids that are not here yet, in three queries."""
        missing, ids = set(keys) - self._loaded, set(public_ids) - self._held.keys()
        self._loaded |= missing
        given = {name: sorted(values) for name, values in (("missing", missing), ("ids", ids)) if values}
        if given:
            self._read(given)

    def _read(self, given: dict[str, list[str]]) -> None:
        connection = self._session.connection()
        rows = connection.execute(_found(tuple(given)), given).all()
        new = {row.id: Held(*row) for row in rows if row.public_id not in self._held}
        if not new:
            return
        for held in new.values():
            self._held[held.public_id] = held
            self._stored[held.public_id] = held.name, held.successor_id
        for speaker, key in _KEPT.rows(connection, {"speakers": list(new)}):
            self._put(new[speaker], key)
        for speaker, alias, *values in _NAMED.rows(connection, {"speakers": list(new)}):
            new[speaker].aliases[alias] = HeldAlias(*values)

    def _put(self, held: Held, key: str) -> None:
        held.keys.add(key)
        self._by_key[key][held.public_id] = held

    def under(self, keys: Iterable[str]) -> list[Held]:
        """The speakers kept under any of these keys, by public id; only keys that were loaded find all of theirs."""
        found = {public: held for key in keys for public, held in self._by_key.get(key, {}).items()}
        return [found[public] for public in sorted(found)]

    def by_id(self) -> dict[int, Held]:
        """The stored speakers by the ids of their rows."""
        return {held.id: held for held in self._held.values() if held.id}

    def add(self, name: str, kind: SpeakerKind, sha: str) -> Held:
        """A speaker of its own: of the one document with this sha256, else of any, numbered where a namesake is here.

        An id that lost all its namings lives again.
        """
        number = 0
        while True:
            public = lone_id(name, kind, sha, number)
            held = self._held.get(public)
            if held is None:
                held = self._held[public] = Held(public, name[:_LONGEST], kind)
                return held
            if sha or held.successor_id is not None:
                held.successor_id = None
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
        new = [held for held in self._held.values() if not held.id]
        if new:
            rows = [{"public_id": one.public_id, "name": one.name, "kind": one.kind} for one in new]
            connection = self._session.connection()
            connection.execute(insert(SpeakerRow), rows)
            added = [one.public_id for one in new]
            for public, row_id in _IDS.rows(connection, {"added": added}):
                held = self._held[public]
                held.id, self._stored[public] = row_id, (held.name, None)

    def write(self) -> None:
        """Store what has changed of speakers, keys and aliases."""
        held = list(self._held.values())
        for one in held:
            if one.dropped:
                gone = AliasRow.speaker_id == one.id, AliasRow.alias.in_(one.dropped)
                self._session.execute(delete(AliasRow).where(*gone))
                one.dropped.clear()
        aliases = [(one, name, alias) for one in held for name, alias in one.aliases.items() if alias.changed]
        connection = self._session.connection()
        _ADD_ALIASES.write(connection, [_alias(*found) for found in aliases if not found[2].stored])
        _SAID.write(connection, [_said(*found) for found in aliases if found[2].stored])
        for _, _, alias in aliases:
            alias.stored, alias.changed = True, False
        _ADD_KEYS.write(connection, [{"key": key, "speaker_id": one.id} for one, key in self._new_keys])
        self._new_keys.clear()
        changed = [one for one in held if self._stored[one.public_id] != (one.name, one.successor_id)]
        rows = [{"row": one.id, "shown": one.name, "successor": one.successor_id} for one in changed]
        _CHANGED.write(connection, rows)
        renamed = (one.id for one in changed if self._stored[one.public_id][0] != one.name)
        stale.mark(self._session, "name", renamed)
        self._stored |= {one.public_id: (one.name, one.successor_id) for one in changed}


@cache
def _found(given: tuple[str, ...]) -> Select[Any]:
    """Speakers under the keys `missing`, or with the public `ids`, or both."""
    under = select(SpeakerKeyRow.speaker_id).where(SpeakerKeyRow.key.in_(bindparam("missing", expanding=True)))
    ways = {
        "missing": SpeakerRow.id.in_(under),
        "ids": SpeakerRow.public_id.in_(bindparam("ids", expanding=True)),
    }
    return select(*_SPEAKER).where(or_(*(ways[name] for name in given)))


def _alias(held: Held, name: str, alias: HeldAlias) -> dict[str, Any]:
    """The row of an alias."""
    values = {"fullness": alias.fullness, "full_namings": alias.full_namings, "document_id": alias.document_id}
    return values | {"speaker_id": held.id, "alias": name, "evidence": alias.evidence}


def _said(held: Held, name: str, alias: HeldAlias) -> dict[str, Any]:
    """What has changed of the row of an alias."""
    return {f"{column}_": value for column, value in _alias(held, name, alias).items()}


def lone_id(name: str, kind: SpeakerKind, sha: str, number: int = 0) -> str:
    """Public id of a speaker by its first name, and by the sha256 of its document where it is of that one alone."""
    return public_id("speaker", kind, name.casefold(), sha, number)
