"""A run's digest: the SHA-256 of the canonical JSON of everything that decides its result.

Two people with the same inputs get the same digest and the same tables. Floating-point details of a library and the
time of day never enter it.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

import pyarrow as pa

from marque.assessment import propose
from marque.digest import canonical_json, sha256, sha256_stream
from marque.evidence import read
from marque.evidence.model import RECORDS
from marque.money import trace
from marque.networks import fitting
from marque.runs.shipped import data_digest
from marque.signals import extract
from marque.signals.marks import asked
from marque.signals.model import SIGHTINGS
from marque.works import aligned, headings
from marque.works import match as matching
from marque.works.mediums import MEDIUMS
from marque.works.model import ASKED_VERSION, FINGERPRINT_VERSION, MATCHES


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run was made of. `previous` is the digest of the networks it continues, None for a first run.

    `failed` are the captures whose analysis did not end: a run without them is another run.
    """

    captures: tuple[str, ...]
    catalogue: str | None
    model: str | None
    judgements: str | None
    versions: dict[str, str]
    previous: str | None
    failed: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        return asdict(self)

    @property
    def digest(self) -> str:
        return sha256(canonical_json(self.as_json()))

    def same_but_for_previous(self, other: dict[str, object]) -> bool:
        """Whether an earlier run (its inputs as read back) had these inputs, whatever networks it continued."""
        return canonical_json(other | {"previous": None}) == canonical_json(self.as_json() | {"previous": None})


ANALYSIS = ("evidence", "signals", "works", "networks", "money", "assessment")


def versions() -> dict[str, str]:
    """Everything of our own that can change a result: code versions, table versions, dated data."""
    schemas = {name: table.metadata[b"marque.version"].decode() for name, table in _SCHEMAS}
    return {
        "reader": str(read.VERSION),
        "signals": str(extract.VERSION),
        "fingerprints": f"{FINGERPRINT_VERSION}.{ASKED_VERSION}",
        "match": f"{matching.VERSION}.{aligned.VERSION}.{headings.VERSION}",
        **{name: str(medium().version) for name, medium in MEDIUMS.items()},
        "networks": str(fitting.VERSION),
        "money": str(trace.VERSION),
        "assessment": str(propose.VERSION),
        "suffix-list": metadata.version("publicsuffixlist"),
        **({"marks": asked.engine().digest} if asked.asked() else {}),
        **({"marks": asked.engine().digest} if asked.asked() else {}),
        **{f"data-{name}": data_digest(name) for name in ANALYSIS},
        **{f"table-{name}": version for name, version in schemas.items()},
    }


_SCHEMAS: tuple[tuple[str, pa.Schema], ...] = (("records", RECORDS), ("sightings", SIGHTINGS), ("matches", MATCHES))


def file_digest(path: Path | None) -> str | None:
    """SHA-256 of an input file, None where none was given."""
    if path is None:
        return None
    with path.open("rb") as stream:
        return sha256_stream(stream)[0]


def networks_digest(networks: pa.Table | None, services: pa.Table | None = None) -> str | None:
    """Digest of the memberships that the ids of networks and services are carried over from."""
    if networks is None:
        return None
    rows = sorted((row["network"], row["site"], row["role"]) for row in networks.to_pylist())
    named = sorted((row["service"], row["site"]) for row in services.to_pylist()) if services is not None else []
    return sha256(canonical_json([rows, named]))


def gather(
    captures: Sequence[str], catalogue: str | None, model: Path | None, judgements: Path | None, previous: str | None
) -> Inputs:
    """The inputs of a run that is about to start."""
    return Inputs(tuple(sorted(captures)), catalogue, file_digest(model), file_digest(judgements), versions(), previous)
