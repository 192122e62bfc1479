"""Films that the tests share: encoded once a session, skipped without PyAV."""

from pathlib import Path

import pyarrow as pa
import pytest

from marque.works.video.fingerprint import fingerprint
from tests.works.video.films import film, shown


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Three films of 28 seconds; the third is in no catalogue."""
    pytest.importorskip("av", reason="PyAV is not installed")
    folder = tmp_path_factory.mktemp("films")
    return {name: film(folder, name, shown(name, 28)) for name in ("one", "two", "other")}


@pytest.fixture(scope="session")
def tables(films: dict[str, Path]) -> dict[str, pa.Table]:
    """Their fingerprints."""
    return {name: fingerprint(path, name) for name, path in films.items()}
