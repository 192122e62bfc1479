"""Covers apart from units in the table of matches: whoever asks what a site serves asks here first.

A row of a cover says that a page shows the cover of a work, and nothing else: it is no ground to look at a site, meets
no criterion, and belongs in no case file. Its answer is always `unsure`; that alone would keep it out, so this is the
second lock.
"""

import pyarrow as pa
import pyarrow.compute as pc

from marque.works.entries import COVER


def units(matches: pa.Table) -> pa.Table:
    """The rows that speak of units."""
    return matches.filter(pc.invert(_of_covers(matches))) if "medium" in matches.column_names else matches


def covers(matches: pa.Table) -> pa.Table:
    """The rows that speak of covers."""
    return matches.filter(_of_covers(matches))


def _of_covers(matches: pa.Table) -> pa.ChunkedArray:
    return pc.equal(pc.fill_null(matches["medium"], ""), COVER)
