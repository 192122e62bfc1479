"""What else would explain what two sites share: rows that weigh nothing and are read beside the link.

Every link that leans on things open to all names how an innocent site could have come by them. An explanation named
here is possible; nothing says that it is the true one.
"""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from marque.networks import kinds, reasons
from marque.networks.verdicts import Verdicts

SHOWN = -4000  # scores (1/1000 bit) from which a pair is looked at, so that others need no such rows
CROWD = 4  # sites from which a value in common may be a supplier's


def rows(pairs: pa.Table, found: Verdicts, bits: dict[str, int]) -> Iterator[pa.Table]:
    """One row a pair and possible explanation."""
    mask = pairs["mask"].to_numpy().astype(np.int64)
    open_to_all = sum(bits.get(group, 0) for group in kinds.OPEN)
    page, own = bits.get(kinds.PAGE, 0), bits.get(kinds.CERTIFICATE, 0) | bits.get(kinds.REGISTRANT, 0)
    looked_at = (found.score >= SHOWN) & (mask != 0)
    possible = {
        "planted": ((mask & open_to_all) != 0) & ((mask & own) == 0),
        "copied": ((mask & page) != 0) & ((mask & ~open_to_all) == 0),
        "supplier": pairs["crowd"].to_numpy() >= CROWD,
        "changed-hands": pairs["apart"].to_numpy() == 1,
    }
    for name, cases in possible.items():
        chosen = pairs.filter(pa.array(looked_at & cases))
        yield reasons.remark(chosen, "alternative", name, f"networks.alternative-{name}")
