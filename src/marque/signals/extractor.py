"""What an extractor is: a name, the patterns it declares, and what it makes of their matches."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from marque.signals.hits import Hit
from marque.signals.rows import Match, Row
from marque.signals.subject import BINARY, HTML, SCRIPT, STYLE, TEXT, Subject

Find = Callable[[Subject, Sequence[Match]], Iterator[Hit]]
TEXTS = frozenset({HTML, SCRIPT, TEXT})
PAGES = frozenset({HTML})
ANYTHING = frozenset({HTML, SCRIPT, TEXT, STYLE, BINARY})


@dataclass(frozen=True, slots=True)
class Extractor:
    """`rows` go into the one pass; `find` gets what they matched. `forms` are the payloads it can read.

    `always` is for extractors that look at more than their rows; the others are skipped where nothing matched.
    """

    name: str
    find: Find
    rows: tuple[Row, ...] = ()
    forms: frozenset[str] = field(default=TEXTS)
    always: bool = False
