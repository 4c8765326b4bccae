"""What those who watch the service ask: is it alive, can it answer, how does it do."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import app
from app.clustering import load_model
from app.errors import ModelError
from app.main import create_app
from app.settings import settings

LOCAL = ("127.0.0.1", 50_000)


@pytest.fixture
def local(database: str) -> Iterator[TestClient]:
    """Somebody on the server's own machine, at a site of their own."""
    with TestClient(create_app(database), client=LOCAL) as client:
        yield client


def test_a_process_that_answers_is_alive_whatever_its_database_does(tmp_path: Path) -> None:
    with TestClient(create_app(f"sqlite:///{tmp_path / 'broken.db'}")) as client:
        break_database(client, tmp_path / "broken.db")
        assert client.get("/healthz").json() == {"status": "ok"}


def test_it_is_ready_with_database_schema_and_models(client: TestClient) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"status": "ready", "database": "ok", "schema": "ok", "models": "ok"}
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("asker", [LOCAL, ("203.0.113.9", 50_000)], ids=["here", "elsewhere"])
def test_it_is_not_ready_without_its_database_and_names_it_to_this_machine_alone(
    tmp_path: Path, asker: tuple[str, int]
) -> None:
    told = asker == LOCAL
    with TestClient(create_app(f"sqlite:///{tmp_path / 'broken.db'}"), client=asker) as client:
        break_database(client, tmp_path / "broken.db")
        response = client.get("/readyz")
        assert response.status_code == 503
        assert ("is not a database" in response.json()["database"]) == told
        assert (str(tmp_path) in response.text) == told
        assert response.json()["models"] == "ok"


def test_it_is_not_ready_without_its_models(local: TestClient) -> None:
    def missing() -> None:
        raise ModelError("The model is gone.")

    local.app.state.check_models = missing  # type: ignore[attr-defined]
    response = local.get("/readyz")
    assert (response.status_code, response.json()["models"]) == (503, "The model is gone.")


@pytest.mark.parametrize("file", ["tagger/vocabulary.txt", "tagger/tagger.onnx", "variants/variants.npz"])
def test_it_is_not_ready_with_a_damaged_file_of_a_model(
    local: TestClient, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = tmp_path / "models"
    shutil.copytree(Path(app.__file__).parent / "models", models)
    (models / file).write_bytes((models / file).read_bytes() + b"x")
    monkeypatch.setattr("app.inference.tagger.FOLDER", models / "tagger")
    monkeypatch.setattr("app.main.load_model", lambda: load_model(models / "variants"))
    local.app.state.check_models.cache_clear()  # type: ignore[attr-defined]
    response = local.get("/readyz")
    assert (response.status_code, response.json()["database"]) == (503, "ok")
    assert "is not the one its manifest describes" in response.json()["models"]


def test_it_is_not_ready_with_another_schema(local: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.store.migrate.schema_version", lambda: "9999")
    assert "works with 9999" in local.get("/readyz").json()["schema"]


def test_figures_count_requests_by_route_and_status(local: TestClient) -> None:
    for address in ("/quotes/goodvibes001/x", "/quotes/nothere00001", "/nowhere/at/all", "/quotes?from=yesterday"):
        local.get(address, follow_redirects=False)
    text = local.get("/metrics").text
    assert 'variorum_requests_total{route="/quotes/{public_id}/{slug}",status="301"} 1.0' in text
    assert 'variorum_requests_total{route="/quotes/{public_id}",status="404"} 1.0' in text
    assert 'variorum_requests_total{route="other",status="404"} 1.0' in text
    assert 'variorum_requests_total{route="/quotes",status="400"} 1.0' in text
    assert 'variorum_request_seconds_count{route="/quotes"} 1.0' in text
    assert "variorum_requests_in_flight 1.0" in text
    assert "goodvibes" not in text


def test_figures_count_pages_that_were_not_sent_again(local: TestClient) -> None:
    tag = local.get("/quotes").headers["ETag"]
    local.get("/quotes", headers={"If-None-Match": tag})
    assert 'variorum_pages_total{source="not modified"} 1.0' in local.get("/metrics").text


def test_figures_count_a_database_that_fails(tmp_path: Path) -> None:
    with TestClient(create_app(f"sqlite:///{tmp_path / 'broken.db'}"), client=LOCAL) as client:
        break_database(client, tmp_path / "broken.db")
        assert client.get("/quotes").status_code == 503
        assert "variorum_database_errors_total 1.0" in client.get("/metrics").text


def test_figures_are_for_those_on_the_machine_only(client: TestClient, local: TestClient) -> None:
    assert client.get("/metrics").status_code == 403
    assert local.get("/metrics").status_code == 200
    assert local.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 403


@pytest.mark.parametrize(("asker", "status"), [("::1", 200), ("::ffff:127.0.0.1", 200), ("::ffff:192.0.2.1", 403)])
def test_this_machine_is_known_by_each_of_its_loopback_addresses(database: str, asker: str, status: int) -> None:
    with TestClient(create_app(database), client=(asker, 50_000)) as client:
        assert client.get("/metrics").status_code == status


def test_a_setting_shows_figures_to_everybody(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "metrics_open", True)
    assert client.get("/metrics").headers["Content-Type"].startswith("text/plain")


def break_database(client: TestClient, path: Path) -> None:
    client.app.state.engine.dispose()  # type: ignore[attr-defined]
    for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        name.unlink(missing_ok=True)
    path.write_text("this is no database " * 500)
