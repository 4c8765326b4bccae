"""Lines of lists of quotes, with the first outlets of each."""

from sqlalchemy import Engine, insert

from app.store.read_quotes import read_quotes_by_key
from app.store.tables import OutletRow, QuoteOutletRow, QuoteRow

OUTLETS = range(1, 12)
QUOTES = range(1, 131)  # more than one statement asks for


def test_each_quote_of_a_long_list_has_the_first_eight_of_its_outlets(engine: Engine) -> None:
    carried = {quote: [outlet for outlet in OUTLETS if quote % 12 >= 12 - outlet] for quote in QUOTES}
    with engine.begin() as connection:
        connection.execute(
            insert(OutletRow),
            [{"id": o, "public_id": f"o{o}", "key": f"o{o}", "name": f"O{o}", "siglum": f"{o}"} for o in OUTLETS],
        )
        connection.execute(insert(QuoteRow), [{"id": q, "public_id": f"q{q}", "text": f"Quote {q}"} for q in QUOTES])
        rows = [{"outlet_id": outlet, "quote_id": quote} for quote in QUOTES for outlet in reversed(carried[quote])]
        connection.execute(insert(QuoteOutletRow), rows)
    with engine.connect() as connection:
        lines = read_quotes_by_key(connection, list(QUOTES))
    shown = {int(line.id[1:]): [int(outlet.id[1:]) for outlet in line.outlets] for line in lines}
    assert shown == {quote: outlets[:8] for quote, outlets in carried.items()}
