"""What verifying finds, one value each: which check, how it went, and what is wrong, as a code with parameters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from marque.errors import Parameter

# Grades, the gravest first. `fault`: not what was sealed or logged. `missing`: not there, or not to be read.
# `unknown`: the given checkpoint says nothing about this log. `note`: worth knowing, nothing wrong. `ok`: checked.
EXITS = {"fault": 1, "missing": 2, "unknown": 3, "note": 0, "ok": 0}


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of one check."""

    check: str
    grade: str
    code: str
    params: Mapping[str, Parameter] = field(default_factory=dict)


def exit_status(grades: Iterable[str]) -> int:
    """0 valid, 1 invalid, 2 incomplete, 3 trust unknown: the gravest decides."""
    seen = set(grades)
    return next((status for grade, status in EXITS.items() if grade in seen and status), 0)
