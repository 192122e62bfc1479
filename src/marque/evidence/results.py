"""What reading one capture came to: counts and problems, kept as one canonical JSON text inside its records table."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from marque.digest import canonical_json
from marque.evidence.model import CONTENT, Problem, Record

# what a sound recording never held, or what we cannot check: named, but no damage
LIMITS = frozenset({"read.digest-unknown", "read.har-attachment-missing", "read.har-body-missing"})
MOST_PROBLEMS = 1_000  # shown with a file; all of a record's problems stand in the table


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem with the record it is in, None for the capture as a whole."""

    problem: Problem
    record: str | None = None


def _damage(trouble: Trouble) -> bool:
    return trouble.problem.code not in LIMITS


@dataclass(frozen=True, slots=True)
class Result:
    """How a reading ended: exchanges read, sites their pages belong to, what is wrong, how much more is wrong.

    `notes` are codes of what is worth knowing although nothing is wrong.
    """

    records: int
    sites: int
    problems: tuple[Trouble, ...]
    left_out: int = 0
    notes: tuple[str, ...] = ()

    @property
    def damaged(self) -> bool:
        """Whether anything is wrong beyond what the recording left out."""
        return any(_damage(trouble) for trouble in self.problems)


@dataclass(slots=True)
class Tally:
    records: int = 0
    left_out: int = 0
    streamed: bool = False
    damaged: bool = False
    sites: set[str] = field(default_factory=set)
    problems: list[Trouble] = field(default_factory=list)
    notes: tuple[str, ...] = ()

    def note(self, troubles: Iterable[Trouble]) -> None:
        """Keep the first problems, and at least one that is damage where there is any."""
        for trouble in troubles:
            if len(self.problems) < MOST_PROBLEMS:
                self.problems.append(trouble)
                self.damaged = self.damaged or _damage(trouble)
                continue
            self.left_out += 1
            if _damage(trouble) and not self.damaged:
                self.problems[-1] = trouble
            self.damaged = self.damaged or _damage(trouble)

    def take(self, record: Record) -> None:
        self.records += 1
        self.streamed = self.streamed or record.locator.coding == "gzip-stream"
        if record.site is not None and record.verdict == CONTENT and record.page == record.record:
            self.sites.add(record.site)
        self.note(Trouble(problem, record.record) for problem in record.problems)

    def result(self) -> Result:
        return Result(self.records, len(self.sites), tuple(self.problems), self.left_out, self.notes)


def as_text(result: Result) -> bytes:
    problems = [
        {
            "code": trouble.problem.code,
            "member": trouble.problem.member,
            "offset": trouble.problem.offset,
            "params": dict(trouble.problem.params),
            "record": trouble.record,
        }
        for trouble in result.problems
    ]
    counts = {"left_out": result.left_out, "records": result.records, "sites": result.sites}
    return canonical_json({"notes": list(result.notes), "problems": problems, **counts})


def parse(text: bytes) -> Result:
    value = json.loads(text.decode("utf-8", "surrogatepass"))
    troubles = tuple(Trouble(_problem(row), row["record"]) for row in value["problems"])
    return Result(value["records"], value["sites"], troubles, value["left_out"], tuple(value["notes"]))


def _problem(row: Mapping[str, object]) -> Problem:
    code, offset, member, params = row["code"], row["offset"], row["member"], row["params"]
    assert isinstance(code, str)
    assert isinstance(member, str)
    assert isinstance(params, dict)
    return Problem(code, offset if isinstance(offset, int) else None, member, tuple(params.items()))
