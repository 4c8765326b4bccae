"""The schema that this version works with, found without the library that changes schemas."""

from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from app.settings import resource
from app.store.engine import connect
from app.store.migrate import migrate, revision, schema_version


def test_the_schema_of_this_version_is_that_of_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(resource("migrations")))
    assert schema_version() == ScriptDirectory.from_config(config).get_current_head()


def test_a_new_database_has_no_schema_until_it_is_migrated(tmp_path: Path) -> None:
    engine = connect(str(tmp_path / "new.db"))
    assert revision(engine) is None
    migrate(engine)
    assert revision(engine) == schema_version()
    engine.dispose()
