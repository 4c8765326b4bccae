"""Who turns up in an invented corpus: its outlets and speakers, a few of them often and most of them seldom."""

from itertools import accumulate
from random import Random
from typing import Any

from sqlalchemy import Connection, insert

from app.evaluation.invented import Words
from app.store.ids import public_id
from app.store.tables import AliasRow, OutletRow, SpeakerKeyRow, SpeakerRow

_OUTLETS = 400


class Cast:
    """Outlets and speakers, and how likely each is to turn up: a few often, most seldom."""

    def __init__(self, connection: Connection, speakers: int, chance: Random) -> None:
        self._chance = chance
        self.words = Words(chance)
        self.names = [self.words.name() for _ in range(speakers)]
        self._shares = list(accumulate(1 / (rank + 5) for rank in range(speakers)))
        self._outlet_shares = list(accumulate(1 / (rank + 5) for rank in range(_OUTLETS)))
        connection.execute(insert(OutletRow), [self._outlet(key) for key in range(1, _OUTLETS + 1)])
        people = range(1, speakers + 1)
        connection.execute(insert(SpeakerRow), [self._speaker(key) for key in people])
        connection.execute(insert(AliasRow), [alias for key in people for alias in self._aliases(key)])
        connection.execute(insert(SpeakerKeyRow), [{"key": self._surname(key), "speaker_id": key} for key in people])

    def speakers(self, count: int) -> list[int]:
        """So many different people for an event."""
        people = range(1, len(self.names) + 1)
        return list(dict.fromkeys(self._chance.choices(people, cum_weights=self._shares, k=count * 3)))[:count]

    def outlet(self) -> int:
        """Who publishes the next document."""
        return self._chance.choices(range(1, _OUTLETS + 1), cum_weights=self._outlet_shares)[0]

    def _outlet(self, key: int) -> dict[str, Any]:
        name = f"{self.words.name()} {key}"
        return {
            "id": key,
            "public_id": public_id("outlet", name.casefold()),
            "key": name.casefold(),
            "name": name,
            "siglum": name[:2].upper(),
        }

    def _speaker(self, key: int) -> dict[str, Any]:
        return {"id": key, "public_id": public_id("speaker", key), "name": self.names[key - 1], "kind": "person"}

    def _aliases(self, key: int) -> list[dict[str, Any]]:
        name = self.names[key - 1]
        why = f"Documents name {name} so."
        return [{"speaker_id": key, "alias": form, "evidence": why, "fullness": 3} for form in (name, name.split()[-1])]

    def _surname(self, key: int) -> str:
        return self.names[key - 1].split()[-1].casefold()
