"""What is brought for money into a workspace is entered in its log: these bytes were there then.

The entry is a note (`annotated`) with the bytes' digests. `marque verify` proves that it stands unchanged; whether the
bytes are still those is asked whenever they are read. What a stopped call left without an entry is entered by the next.
"""

from collections.abc import Callable
from pathlib import Path

from marque.cli.money_places import ledger_of
from marque.cli.writing import writing
from marque.evidence.events import Event
from marque.evidence.objects import digests_of
from marque.runs.lock import person
from marque.runs.workspace import Workspace, is_workspace

KIND, WHY = "money-source", "money"


def bringing(folder: Path, act: Callable[[Path], int]) -> int:
    """Do what brings sources into a folder; in a workspace as its only writer, with an entry for each new source."""
    if not is_workspace(folder):
        return act(folder)
    with writing(folder, WHY) as opened:
        try:
            return act(ledger_of(folder))
        finally:
            _enter(opened, ledger_of(folder))


def _enter(opened: Workspace, place: Path) -> None:
    known = {entry.leaf.object.sha256 for entry in opened.log.entries if entry.leaf.object}
    found = (path for path in sorted(place.rglob("*")) if path.is_file() and path.name not in known)
    found = (path for path in found if not path.name.endswith((".json", ".part")))
    stored = {one.sha256: (path.name, one) for path in found if (one := digests_of(path, 0, KIND)).sha256 not in known}
    opened.log.append([Event("annotated", one, person(), name, WHY) for _, (name, one) in sorted(stored.items())])
