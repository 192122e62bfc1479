"""One judgement, and the columns of the table that judgements are kept in.

The columns of `marque.networks.model.JUDGEMENTS` come first, so that a run reads the file as it is; the reason and
the run that was on show are kept beside them for whoever asks later.
"""

from dataclasses import dataclass

import pyarrow as pa

from marque.networks.model import JUDGEMENTS

SAME, NOT_SAME, UNSURE = "same", "not-same", "unsure"
WORDS = (SAME, NOT_SAME, UNSURE)
LINK, SUCCESSOR, SERVICE = "link", "successor", "service"
COLUMNS = pa.schema([*JUDGEMENTS, ("reason", pa.string()), ("run", pa.string())], metadata=JUDGEMENTS.metadata)

Pair = tuple[str, str, str]  # kind, and both names in order


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on a pair. `unsure` decides nothing and takes that person's earlier word back."""

    kind: str
    a: str
    b: str
    judgement: str
    time: int
    blind: bool
    sampled: bool
    by: str
    reason: str
    run: str

    @property
    def pair(self) -> Pair:
        first, second = sorted((self.a, self.b))
        return self.kind, first, second
