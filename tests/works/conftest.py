"""A catalogue of drawn works that the tests of a session share. They read it; none writes to it."""

from pathlib import Path

import pytest

from marque.works.catalogue import Catalogue
from marque.works.reference import Reference, load
from tests.works import drawing

KNOWN, UNKNOWN = (1, 2, 3), (11, 12, 13)


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Works w1, w2, w3 with one unit each, lettered in English."""
    folder: Path = tmp_path_factory.mktemp("works")
    made = Catalogue.create(folder / "catalogue")
    for seed in KNOWN:
        slices = drawing.save(folder / f"w{seed}", drawing.slices(drawing.episode(seed)))
        made.add(f"w{seed}", "1", "en", {"en": f"Work {seed}"}, "Holder", [slices], thumbnails=seed == 1)
    return made


@pytest.fixture(scope="session")
def reference(catalogue: Catalogue) -> Reference:
    """The same, loaded."""
    return load(catalogue)
