"""An answer about an embedded file is worked out once, and never kept for another file."""

from django.db import connections

from marque.web.queries.runs import once
from tests.web import world


def test_once_for_each_file(shown: world.World) -> None:
    asked: list[str] = []

    @once
    def count() -> int:
        asked.append(str(connections["default"].settings_dict["NAME"]))
        return len(asked)

    assert count() == count() == 1
    connections["default"].settings_dict["NAME"] = "another"
    assert count() == 2
