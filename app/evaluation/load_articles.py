"""Invented news articles as JSON lines, for an ingest to be at work with."""

import json
from datetime import date, timedelta
from pathlib import Path
from random import Random

_NAMES = "Ada Bela Carl Dora Emil Fay Gus Hope Ivo Jane".split()
_SURNAMES = "Ashby Birch Cole Dale Elm Frost Grove Hale Irwin Jessop".split()
_WORDS = (
    "harbour ferry council bridge winter budget school valley market river promise money island engine crew summer "
    "village letter hearing tower garden weather number answer question morning evening railway station hospital"
).split()


def write_articles(path: Path, count: int, seed: int = 1) -> None:
    """Write `count` articles, each with three quotations."""
    chance = Random(seed)
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            out.write(json.dumps(_article(number, chance)) + "\n")


def _article(number: int, chance: Random) -> dict[str, str]:
    speaker = f"{chance.choice(_NAMES)} {chance.choice(_SURNAMES)}"
    said = [f"We will see the {_phrase(chance)} before the {_phrase(chance)} is over." for _ in range(3)]
    return {
        "id": f"load-{number}",
        "title": f"{_phrase(chance).capitalize()} {number}",
        "outlet": f"Daily {chance.choice(_SURNAMES)}",
        "date": (date(2030, 1, 1) + timedelta(days=number % 365)).isoformat(),
        "text": f"{speaker} spoke on the {_phrase(chance)} on Monday.\n\n"
        + "\n\n".join(f"“{words[:-1]},” {speaker} said of the {_phrase(chance)}." for words in said),
    }


def _phrase(chance: Random) -> str:
    return " ".join(chance.sample(_WORDS, 4))
