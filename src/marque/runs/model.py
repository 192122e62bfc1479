"""What a run is: a folder of tables, named by the digest of what it was made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from marque.assessment.model import ASSESSMENTS
from marque.evidence.model import RECORDS
from marque.money.model import FLOWS
from marque.networks.model import LINKS, NETWORKS, SERVICES, SUCCESSORS
from marque.signals.model import SIGHTINGS
from marque.works.model import MATCHES

# Every table a run writes, empty ones included, in the order of the story.
TABLES = (
    ("records", RECORDS),
    ("sightings", SIGHTINGS),
    ("matches", MATCHES),
    ("links", LINKS),
    ("networks", NETWORKS),
    ("successors", SUCCESSORS),
    ("services", SERVICES),
    ("flows", FLOWS),
    ("assessments", ASSESSMENTS),
)


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run. `fresh` is False where the current run already had these inputs and stands unchanged.

    `counts` says how many rows each table has and a few figures a person asks for; `failed` names captures whose
    analysis did not end (the error by digest).
    """

    digest: str
    folder: Path
    fresh: bool
    counts: Mapping[str, int]
    failed: Mapping[str, str] = field(default_factory=dict)
