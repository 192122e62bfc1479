"""What the rights holders of the world supply: fingerprints of their works, and who may show them where."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

from marque.training import novels
from marque.training.library import UNITS, Work, works
from marque.works import mediums, rights
from marque.works.catalogue import Catalogue
from marque.works.entries import Work as Known

# (work, territory, language, outlet, from, to). An empty end means until further notice.
_OUTLETS = (
    ("W-0001", "", "en", "palettetoon.example", "2025-01-01", ""),
    ("W-0003", "", "en", "palettetoon.example", "2025-06-01", ""),
    ("W-0001", "KR", "ko", "hanbitpress.example", "2024-01-01", ""),
    ("W-0002", "KR", "ko", "hanbitpress.example", "2024-01-01", ""),
)


def supply(folder: Path, originals: Path, said: Callable[[str, int, int], None]) -> None:
    """Fill the catalogue with the known works, with thumbnails (their holders consent), and with their rights."""
    catalogue = Catalogue.create(folder)
    known = [(work, unit) for work in works() if work.known for unit in UNITS]
    for done, (work, unit) in enumerate(known, 1):
        language = work.languages[0]
        images = sorted((originals / work.key / unit / language).iterdir())
        catalogue.add(work.key, unit, language, work.titles, work.holder, images, thumbnails=True)
        said("catalogue", done, len(known))
    for language in novels.TOLD:
        told = novels.of(language)
        assert told is not None
        file = originals / told.key / novels.UNIT / f"{language}.txt"
        catalogue.add_file(mediums.text(), Known(told.key, told.titles, told.holder), novels.UNIT, language, file)
    table = originals.parent / "rights.csv"
    _write_rights(table, [work for work in works() if work.known])
    catalogue.replace_rights(rights.read(table, frozenset(catalogue.works())))


def _write_rights(path: Path, known: Sequence[Work]) -> None:
    holders = {work.key: work.holder for work in known}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(rights.COLUMNS)
        for work, territory, language, outlet, first, last in _OUTLETS:
            writer.writerow((work, holders[work], territory, language, outlet, first, last))
