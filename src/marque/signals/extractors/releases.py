"""Groups by the names they sign releases with: in the names of files, and in lines of credits in many languages.

Releases are re-posted by many who have nothing to do with the group, and credits are re-posted with them.
"""

from collections.abc import Iterator, Sequence

from marque.signals.hits import BYSTANDER, Hit
from marque.signals.marks import written
from marque.signals.marks.groups import KIND
from marque.signals.rows import Match, load
from marque.signals.subject import Subject
from marque.signals.vendors import hits

ROWS = (*load("releases"), written.row())


def find(subject: Subject, matches: Sequence[Match]) -> Iterator[Hit]:
    """Names in the form of the row that met them; of a line of credits, every group it names.

    Commenters thank groups for other releases in just these words, so their lines are bystanders'.
    """
    yield from hits(subject, [match for match in matches if match.row.vendor != written.VENDOR])
    for match in matches:
        if match.row.vendor == written.VENDOR:
            for name in written.groups(match):
                role = BYSTANDER if subject.regions.holds(match.start) else None
                yield Hit(KIND, name, match.start, match.end, role)
