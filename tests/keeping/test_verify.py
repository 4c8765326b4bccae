"""Whatever is damaged, `verify` names it, and `repair` mends it or refuses."""

import json
import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from app.errors import DatabaseError
from app.keeping.repair import repair
from app.keeping.verify import CHECKS, FIRST, verify
from app.recluster import cluster_new
from app.store.engine import connect
from app.store.lock import held
from tests.command import variorum
from tests.conftest import take_in

QUOTE = "(SELECT id FROM quotes ORDER BY quotation_count DESC, id LIMIT 1)"
VARIANT = f"(SELECT id FROM variants WHERE quote_id = {QUOTE} AND rank = 0)"
NAMED = "(SELECT min(id) FROM speakers WHERE quotation_count > 0)"

# What is done to the database, and the check that has to tell of it.
DERIVABLE = (
    ("UPDATE documents SET quotation_count = 99 WHERE id = 1", "quotations counted by documents"),
    ("UPDATE documents SET superseded = 1 WHERE id = 1", "superseded documents"),
    ('UPDATE quotations SET context_start = "end" WHERE id = 1', "contexts of quotations"),
    ("UPDATE quotations SET context_end = context_end + 1", "contexts of quotations"),
    ("UPDATE quotations SET context_start = context_start - 1 WHERE context_start > 0", "contexts of quotations"),
    ("UPDATE quotations SET context_start = 0, context_end = 1 WHERE id = 2", "contexts of quotations"),
    ("UPDATE variants SET labels = replace(labels, 'ourteen', 'iftee')", "evidence of labels"),
    ("UPDATE quotations SET speaker_id = NULL WHERE naming IS NOT NULL", "speakers of quotations"),
    ("UPDATE speaker_aliases SET full_namings = full_namings + 1", "names of speakers"),
    ("UPDATE speaker_aliases SET fullness = 0 WHERE fullness = 3", "names of speakers"),
    (f"DELETE FROM speaker_aliases WHERE speaker_id = {NAMED}", "names of speakers"),
    (f"INSERT INTO speaker_aliases VALUES ({NAMED}, 'Nobody', 'Seen.', 3, NULL, 0)", "names of speakers"),
    (f"UPDATE quotes SET text = 'what nobody said' WHERE id = {QUOTE}", "texts of quotes"),
    (f"UPDATE variants SET rank = rank + 1 WHERE quote_id = {QUOTE}", "order of variants"),
    (f"UPDATE variants SET likely_original = 0 WHERE id = {VARIANT}", "order of variants"),
    (f"UPDATE variants SET text = 'what nobody said' WHERE id = {VARIANT}", "wordings of variants"),
    (f"UPDATE variants SET form_hash = 7 WHERE id = {VARIANT}", "wordings of variants"),
    (f"UPDATE variants SET public_id = 'nosuchid' WHERE id = {VARIANT}", "ids of variants"),
    (f"UPDATE variants SET quotation_count = 99 WHERE id = {VARIANT}", "counts of variants"),
    (f"UPDATE variants SET outlet_count = 99 WHERE id = {VARIANT}", "counts of variants"),
    (f"UPDATE variants SET first_published_at = NULL WHERE id = {VARIANT}", "counts of variants"),
    (f"UPDATE quotes SET variant_count = 99 WHERE id = {QUOTE}", "counts of quotes"),
    (f"UPDATE quotes SET quotation_count = 99 WHERE id = {QUOTE}", "counts of quotes"),
    (f"UPDATE quotes SET document_count = 99 WHERE id = {QUOTE}", "counts of quotes"),
    (f"UPDATE quotes SET outlet_count = 99 WHERE id = {QUOTE}", "counts of quotes"),
    (f"UPDATE quotes SET independent_count = 99 WHERE id = {QUOTE}", "counts of quotes"),
    (f"UPDATE quotes SET speaker_count = 99 WHERE id = {QUOTE}", "counts of quotes"),
    (f"UPDATE quotes SET last_published_at = NULL WHERE id = {QUOTE}", "counts of quotes"),
    (f"UPDATE quotes SET speaker_id = NULL WHERE id = {QUOTE}", "speakers of quotes"),
    (f"UPDATE parts SET variant_id = NULL WHERE variant_id = {VARIANT}", "counts of variants"),
    ("DELETE FROM quote_outlets WHERE outlet_id = 1", "outlets of quotes"),
    (f"DELETE FROM quote_search WHERE rowid = {QUOTE}", "search of quotes"),
    (f"UPDATE quote_search SET wordings = 'what nobody said' WHERE rowid = {QUOTE}", "search of quotes"),
    ("INSERT INTO quote_search (rowid, wordings, speaker) VALUES (99999, 'ghost', '')", "search rows"),
    ("UPDATE speaker_search SET name = 'Nobody' WHERE rowid = 1", "search of speakers"),
    ("INSERT INTO document_search (document_search) VALUES ('delete-all')", "search indexes"),
    ("INSERT INTO outlet_search (outlet_search) VALUES ('delete-all')", "search indexes"),
    ("INSERT INTO word_search (word_search) VALUES ('delete-all')", "search indexes"),
    ("DELETE FROM alerts", "alerts"),
    ("DELETE FROM disputes", "disputes"),
    ("UPDATE carriages SET altered = altered + 1", "carriages"),
    ("DELETE FROM outlet_variants", "labels by outlet"),
    (f"UPDATE speakers SET quotation_count = 99 WHERE id = {NAMED}", "counts of speakers"),
    (f"UPDATE speakers SET quote_count = 99 WHERE id = {NAMED}", "counts of speakers"),
    ("UPDATE outlets SET document_count = 99 WHERE id = 1", "counts of outlets"),
    ("UPDATE outlets SET copy_count = 99 WHERE id = 1", "counts of outlets"),
    ("UPDATE corpus_counts SET quotations = 99", "counts of the corpus"),
    ("DELETE FROM corpus_counts", "counts of the corpus"),
    ("UPDATE outlet_profiles SET comparable = 99 WHERE outlet_id = 1", "profiles of outlets"),
    ("UPDATE outlet_changes SET count = 99", "changes by outlet"),
    ("INSERT INTO outlet_copies (outlet_id, from_id, count) VALUES (1, 2, 3)", "copies by outlet"),
    ("DELETE FROM speaker_outlets", "outlets of speakers"),
    ("UPDATE speaker_words SET count = 99", "words of speakers"),
    ("UPDATE stories SET quote_count = 99", "stories"),
    ("UPDATE stories SET title = 'Another'", "stories"),
    ("UPDATE search_words SET document_count = 99 WHERE id = 1", "words"),
    ("DELETE FROM search_words WHERE id = 1", "words"),
    ("INSERT INTO quote_outlets (outlet_id, quote_id) VALUES (1, 99999)", "references of derived rows"),
    ("UPDATE story_documents SET story_id = 99999", "references of derived rows"),
)

LOST = (
    ("UPDATE documents SET text = 'Another text.' WHERE id = 1", "texts of documents"),
    ("UPDATE documents SET text = CAST(x'ff' AS TEXT) || text WHERE id = 1", "texts of documents"),
    ("UPDATE documents SET public_id = 'nosuchid' WHERE id = 1", "ids of documents"),
    ("UPDATE documents SET body_start = 99999 WHERE id = 1", "bodies of documents"),
    ('UPDATE quotations SET "end" = 99999 WHERE id = 1', "quotations within their documents"),
    ("UPDATE quotations SET outer_start = outer_start - 1 WHERE id = 2", "marks of quotations"),
    ("UPDATE quotations SET cue_end = cue_end + 1 WHERE cue_end > 0", "cues and sources of quotations"),
    ("UPDATE quotations SET cue_start = cue_start + 1 WHERE cue_end > 0", "cues and sources of quotations"),
    ("UPDATE quotations SET source_start = source_start - 1 WHERE source_end > 0", "cues and sources of quotations"),
    ("UPDATE quotations SET cue_start = -5, cue_end = 3 WHERE id = 1", "quotations within their documents"),
    ("UPDATE quotations SET source_start = NULL, source_end = 3 WHERE id = 1", "quotations within their documents"),
    ("UPDATE quotations SET public_id = 'nosuchid' WHERE id = 1", "ids of quotations"),
    ("UPDATE quotations SET kind = 'shouted' WHERE id = 1", "values of quotations"),
    ("UPDATE quotations SET confidence = 1.5 WHERE id = 1", "values of quotations"),
    ("DELETE FROM parts WHERE id = 1", "sentences cover their quotations"),
    ('UPDATE parts SET "end" = "end" - 1 WHERE id = 1', "sentences cover their quotations"),
    ("UPDATE outlets SET public_id = 'nosuchid' WHERE id = 1", "ids of outlets"),
    ("UPDATE quotations SET naming = NULL WHERE id = 1", "grounds of quotations"),
    ("INSERT INTO speakers VALUES (999, 'new', 'Nobody', 'person', NULL, 0, 0, 0)", "namings of speakers"),
    ("UPDATE parts SET start = 0 WHERE id = 1", "sentences within their quotations"),
    ("UPDATE parts SET public_id = 'nosuchid' WHERE id = 1", "ids of sentences"),
    ("UPDATE documents SET first_version_id = 2, version = 2 WHERE id = 2", "versions of documents"),
    ("UPDATE documents SET copy_of_id = 2 WHERE id IN (1, 2)", "copies of documents"),
    ("DELETE FROM sightings WHERE document_id = 1", "sightings of documents"),
    ("DELETE FROM document_bands WHERE document_id = 1 AND band = 3", "signatures of documents"),
    (
        "INSERT INTO retired_quotes (public_id, successor, retired_at) VALUES ('old', 'nosuchid', '2031-01-01')",
        "retired quotes",
    ),
    (
        "INSERT INTO retired_quotes (public_id, successor, retired_at) "
        "VALUES ('old', 'older', '2031-01-01'), ('older', 'old', '2031-01-01')",
        "retired quotes",
    ),
    (
        "INSERT INTO retired_stories (public_id, successor, retired_at) VALUES ('old', 'nosuchid', '2031-01-01')",
        "retired stories",
    ),
    ("UPDATE speakers SET successor_id = id WHERE id = 1", "successors of speakers"),
    ("UPDATE decisions SET one_parts = '[\"nosuchid\"]'", "decisions"),
    ("UPDATE decisions SET author = 'Somebody Else'", "decisions"),
    ("UPDATE reports SET target = 'nosuchid'", "reports"),
    ("UPDATE reports SET decision = 'nosuchid'", "reports"),
    ("UPDATE sightings SET outlet_id = 99999 WHERE document_id = 1", "references"),
)


def test_a_corpus_that_nobody_touched_has_no_findings(engine: Engine) -> None:
    found = verify(engine)
    assert found.counts == {}
    assert found.checks == len(FIRST) + len(CHECKS)


def test_verify_leaves_the_version_of_the_data_so_that_readers_keep_their_pages(engine: Engine) -> None:
    before = rows(engine, "SELECT * FROM data_version")
    verify(engine)
    assert rows(engine, "SELECT * FROM data_version") == before


def test_repair_changes_nothing_where_nothing_is_wrong(engine: Engine) -> None:
    assert repair(engine).mended() == {}


@pytest.mark.parametrize(("damage", "check"), DERIVABLE)
def test_what_can_be_derived_is_found_and_mended(engine: Engine, damage: str, check: str) -> None:
    inflict(engine, damage)
    assert check in verify(engine).counts
    done = repair(engine)
    assert check in done.mended()
    assert done.after.counts == {}
    assert verify(engine).counts == {}


@pytest.mark.parametrize(("damage", "check"), LOST)
def test_what_cannot_be_derived_is_found_and_left(engine: Engine, damage: str, check: str) -> None:
    inflict(engine, damage)
    assert check in verify(engine).counts
    left = repair(engine).after
    assert check in left.counts
    assert not any(finding.derivable for finding in left.findings if finding.check == check)


def test_every_check_is_shown_to_find_something() -> None:
    shown = {check for _, check in (*DERIVABLE, *LOST)}
    assert {check.name for check in (*FIRST, *CHECKS)} - shown == {"database file"}


def test_a_damaged_file_is_named(engine: Engine) -> None:
    root = scalar(engine, "SELECT rootpage FROM sqlite_master WHERE name = 'ix_quotations_speaker_id_id'")
    size = scalar(engine, "PRAGMA page_size")
    path = str(engine.url.database)
    engine.dispose()
    with open(path, "r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    assert "database file" in verify(engine).counts


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM documents WHERE id = 1",
        "UPDATE quotations SET document_id = 99999 WHERE id = 1",
        "UPDATE quotations SET start = 'early' WHERE id = 1",
        "UPDATE documents SET published_at = 'some day'",
        "UPDATE documents SET text = x'ff00' WHERE id = 1",
        "UPDATE quotes SET reasons = 'none'",
    ],
)
def test_rows_that_make_no_sense_are_findings_and_stop_neither_verify_nor_repair(engine: Engine, damage: str) -> None:
    inflict(engine, damage)
    for command in ("verify", "repair"):
        done = variorum(command, "--database", str(engine.url.database))
        assert done.code == 1
        assert "findings" in done.out.splitlines()[-1]
        assert "Traceback" not in done.err


@pytest.mark.parametrize("number", [1, 2, 5, 6])
def test_a_document_that_is_gone_keeps_verify_from_looking_at_no_other_row(engine: Engine, number: int) -> None:
    whole = "(SELECT q.id FROM quotes q WHERE q.id NOT IN (SELECT v.quote_id FROM variants v JOIN parts p ON"
    whole += f" p.variant_id = v.id JOIN quotations n ON n.id = p.quotation_id WHERE n.document_id = {number}))"
    others = scalar(engine, f"SELECT count(*) FROM quotes WHERE id IN {whole}")
    inflict(engine, f"UPDATE quotes SET text = 'what nobody said' WHERE id IN {whole}")
    inflict(engine, f"UPDATE documents SET body_start = 99999 WHERE id != {number}")
    inflict(engine, f"DELETE FROM documents WHERE id = {number}")
    found = verify(engine)
    assert found.counts["texts of quotes"] == others > 0
    assert found.counts["bodies of documents"] == scalar(engine, "SELECT count(*) FROM documents") == 5
    assert found.counts["reading quotes"] == scalar(engine, "SELECT count(*) FROM quotes") - others


def test_a_row_that_makes_no_sense_keeps_no_check_from_the_rows_beside_it(engine: Engine) -> None:
    inflict(engine, "UPDATE documents SET body_start = 'early' WHERE id = 2")
    inflict(engine, "UPDATE documents SET body_start = 99999 WHERE id != 2")
    found = verify(engine)
    assert found.counts["bodies of documents"] == 6
    told = [finding.difference for finding in found.findings if finding.difference.what == "reading"]
    assert [one.id for one in told if one.table == "documents"] == ["row 2"]


def test_what_waits_for_clustering_is_told_and_is_no_finding(engine: Engine, tmp_path: Path) -> None:
    report = tmp_path / "late.txt"
    report.write_text("“The lighthouse will be sold before the end of the year,” Mayor Bert Brandt said.\n", "utf-8")
    take_in(engine, report)
    found = verify(engine)
    assert (found.counts, found.waiting) == ({}, 1)
    done = variorum("verify", "--database", str(engine.url.database))
    assert (done.code, "Waiting for clustering: 1." in done.out) == (0, True)
    left_out = json.loads(variorum("verify", "--json", "--database", str(engine.url.database)).out)
    assert left_out["left_out"] == ["counts of speakers", "counts of outlets", "counts of the corpus"]
    cluster_new(engine)
    found = verify(engine)
    assert (found.counts, found.waiting, found.left_out) == ({}, 0, {})


def test_beside_a_run_verify_lets_it_write_and_says_what_it_left_out(engine: Engine) -> None:
    with held(engine, "ingest", 0, lambda _: None):
        found = verify(engine)
        done = variorum("verify", "--database", str(engine.url.database))
    assert (found.counts, found.checks) == ({}, len(CHECKS))
    assert f"being written by `variorum ingest` (process {os.getpid()}" in found.left_out["search indexes"]
    assert (done.code, "Left out: search indexes. " in done.out) == (0, True)


def test_a_file_that_may_only_be_read_is_verified_but_for_what_has_to_write(engine: Engine, tmp_path: Path) -> None:
    engine.dispose()
    shut = tmp_path / "shut"
    shut.mkdir()
    shutil.copyfile(str(engine.url.database), shut / "copy.db")
    only = connect(f"sqlite:///file:{shut / 'copy.db'}?mode=ro&immutable=1&uri=true")
    found = verify(only)
    only.dispose()
    assert (found.counts, found.checks, list(found.left_out)) == ({}, len(CHECKS), ["search indexes"])


def test_verify_leaves_a_database_of_an_older_schema_as_it_is(engine: Engine) -> None:
    inflict(engine, "UPDATE alembic_version SET version_num = '0011'")
    done = variorum("verify", "--database", str(engine.url.database))
    assert (done.code, "has the schema 0011" in done.err) == (1, True)
    assert rows(engine, "SELECT version_num FROM alembic_version") == [("0011",)]


def test_verify_lists_what_it_finds_and_fails(engine: Engine) -> None:
    inflict(engine, f"UPDATE quotes SET quotation_count = 99 WHERE id = {QUOTE}")
    inflict(engine, "UPDATE documents SET body_start = 99999 WHERE id = 1")
    done = variorum("verify", "--database", str(engine.url.database))
    assert done.code == 1
    assert "counts of quotes: quotes " in done.out
    assert "quotation_count is 99, should be " in done.out
    assert "body_start is 99999" in done.out
    assert "can't be derived" in done.out
    assert done.out.splitlines()[-1].endswith("checks, 2 findings")


def test_verify_lists_no_more_of_a_check_than_asked_for_and_counts_the_rest(engine: Engine) -> None:
    inflict(engine, "UPDATE documents SET body_start = 99999")
    done = variorum("verify", "--limit", "1", "--database", str(engine.url.database))
    assert done.out.count("body_start is") == 1
    assert "bodies of documents: 5 more" in done.out


def test_verify_prints_json_for_programs(engine: Engine) -> None:
    inflict(engine, "UPDATE outlets SET document_count = 99 WHERE id = 1")
    done = variorum("verify", "--json", "--database", str(engine.url.database))
    (finding,) = map(json.loads, done.out.splitlines())
    assert (finding["check"], finding["table"], finding["what"]) == ("counts of outlets", "outlets", "document_count")
    assert (finding["stored"], finding["expected"], finding["derivable"]) == (99, 1, True)


def test_repair_tells_what_it_mended_and_fails_where_something_is_left(engine: Engine) -> None:
    inflict(engine, "UPDATE outlets SET document_count = 99 WHERE id = 1")
    whole = variorum("repair", "--database", str(engine.url.database))
    assert (whole.code, "counts of outlets: 1 mended" in whole.out) == (0, True)
    inflict(engine, "UPDATE documents SET body_start = 99999 WHERE id = 1")
    left = variorum("repair", "--database", str(engine.url.database))
    assert (left.code, "body_start is 99999" in left.out) == (1, True)


def test_a_repair_that_finds_the_disk_full_says_so_and_changes_nothing(engine: Engine) -> None:
    inflict(engine, "UPDATE documents SET quotation_count = 99")
    inflict(engine, "DELETE FROM search_words")
    full = "SELECT RAISE(ABORT, 'database or disk is full')"
    inflict(engine, f"CREATE TRIGGER full BEFORE INSERT ON search_words BEGIN {full}; END")
    before = verify(engine).counts
    with pytest.raises(DatabaseError, match="disk is full"):
        repair(engine)
    assert verify(engine).counts == before


def test_ids_of_quotes_stay_when_their_wordings_are_made_again(engine: Engine) -> None:
    before = rows(engine, "SELECT public_id, text, quotation_count FROM quotes ORDER BY public_id")
    inflict(engine, f"UPDATE variants SET text = 'what nobody said' WHERE id = {VARIANT}")
    repair(engine)
    assert rows(engine, "SELECT public_id, text, quotation_count FROM quotes ORDER BY public_id") == before


def inflict(engine: Engine, damage: str) -> None:
    """Do to the database what no command does."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys = OFF")
        connection.execute(text(damage))
        connection.commit()
        connection.invalidate()


def scalar(engine: Engine, query: str) -> int:
    return int(rows(engine, query)[0][0])


def rows(engine: Engine, query: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]
