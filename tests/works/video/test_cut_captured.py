"""A captured film that was cut short is compared as far as it goes, and said to be cut."""

from pathlib import Path

import pytest

from marque.errors import InputRefused
from marque.works import paths
from marque.works.captured import Collector, problems_of, queries
from marque.works.catalogue import Catalogue
from marque.works.entries import Work
from marque.works.mediums import MEDIUMS
from tests.works.exchanges import exchange
from tests.works.video.films import film, shown


@pytest.mark.slow
def test_a_film_cut_short_is_asked_and_named_and_makes_no_unit(tmp_path: Path) -> None:
    pytest.importorskip("av", reason="PyAV is not installed")
    whole = film(tmp_path, "whole", shown("cut", 24), "mkv")
    data = whole.read_bytes()[: whole.stat().st_size * 3 // 4]
    medium = MEDIUMS["video"]()
    with Collector([medium]) as made:
        made.take(exchange(1, "https://x.example/a.mkv", data, page=1, media_type="video/x-matroska"))
    ((_, table),) = made.tables()
    assert problems_of([table]) == {"cap:1": "works.film-cut"}
    assert [query.num_rows > 12 for _, query in queries(table, medium)] == [True]

    cut = tmp_path / "cut.mkv"
    cut.write_bytes(data)
    catalogue = Catalogue.create(tmp_path / "c")
    work = Work("moon", {"en": "Moon River"}, "Holder")
    with pytest.raises(InputRefused) as refused:
        paths.add(catalogue, work, "1", "en", [cut], thumbnails=False)
    assert refused.value.code == "works.film-cut"
    paths.add(catalogue, work, "1", "en", [whole], thumbnails=False)
    seen = paths.shown(cut, catalogue)
    assert [(row["unit"], row["answer"]) for row in seen.rows] == [("1", "match")]
    assert [problem.code for problem in seen.problems if problem.code.startswith("works.film")] == ["works.film-cut"]
