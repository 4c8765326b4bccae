"""PostgreSQL as the store."""

from sqlalchemy import inspect

from app.store.engine import connect
from app.store.migrate import migrate
from app.store.tables import Table
from tests.postgres import Server


def test_migrations_make_every_table(postgresql: Server) -> None:
    engine = connect(postgresql.empty())
    migrate(engine)
    assert set(Table.metadata.tables) <= set(inspect(engine).get_table_names())
    engine.dispose()


def test_each_test_gets_an_empty_database_of_its_own(postgresql: Server) -> None:
    one, other = postgresql.migrated(), postgresql.migrated()
    assert one != other
    engine = connect(one)
    assert inspect(engine).get_table_names()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM documents").scalar() == 0
    engine.dispose()
