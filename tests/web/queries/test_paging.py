"""Pages of a list by key: together they are the whole list, in order, nothing twice, whatever the token."""

import pytest
from django.db.models import QuerySet

from marque.web.models import Site
from marque.web.queries import paging, sites
from tests.web import world


@pytest.mark.parametrize("size", [1, 2, 5, 12, 50])
@pytest.mark.parametrize("sort", sites.SORTS)
def test_pages_add_up_to_the_list(shown: world.World, sort: str, size: int) -> None:
    keys, after, found = sites.SORTS[sort], None, []
    rows: QuerySet[Site] = Site.objects.all()
    while True:
        page = paging.page(rows, keys, after, size)
        found += [row.site for row in page.rows]
        after = page.after
        if after is None:
            break
    assert found == [row.site for row in rows.order_by(*keys)]


@pytest.mark.parametrize(
    "token", ["", "x", "!!!!", "W10", "WzEsMiwzXQ", "bnVsbA", "e30", "A" * 5000, "WzFlOTk5LCAiYSJd", "W3t9LHt9XQ"]
)
def test_a_token_nobody_wrote_starts_again(shown: world.World, token: str) -> None:
    page = paging.page(Site.objects.all(), ("-works", "site"), token, 50)
    assert len(page.rows) == 12


def test_a_list_is_walked_by_its_index(shown: world.World) -> None:
    rows = Site.objects.filter(paging._beyond(("-works", "site"), [1, "m"])).order_by("-works", "site")[:51]
    plan = rows.explain()
    assert "USING INDEX site_works" in plan or "COVERING INDEX site_works" in plan
    assert "TEMP B-TREE" not in plan
