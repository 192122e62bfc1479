"""Groups by the names they sign releases with. Releases are re-posted by many who have nothing to do with the group."""

from marque.signals.rows import load
from marque.signals.vendors import hits

ROWS = load("releases")
find = hits
