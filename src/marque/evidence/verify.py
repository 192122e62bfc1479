"""Verify a workspace: re-hash the store, prove the log, and compare with a checkpoint that was kept outside.

Without such a checkpoint the most that can be said is that the workspace agrees with itself: whoever can write to it
could have rewritten all of it. Damage that was in a capture when it was sealed is no fault of the workspace.
"""

from collections.abc import Iterator
from pathlib import Path

from marque.errors import Parameter
from marque.evidence.checkpoint import Checkpoint
from marque.evidence.findings import EXITS, Finding
from marque.evidence.logcheck import Proved, prove
from marque.evidence.scrub import Moved, check_derived, check_objects, strangers, wanted

CHECKS = ("identity", "log", "openings", "objects", "derived", "trust")


def verify(
    folder: Path, origin: str | None, trust: Checkpoint | None, moved: Moved = lambda count: None
) -> Iterator[Finding]:
    """Yield what is found, each check ending with `ok` where nothing is wrong. `origin` is the workspace's own."""
    proved = Proved()
    tally: dict[str, int] = {}
    vault = folder / "vault"
    yield from _watched(prove(folder / "log", origin, proved), tally)
    stored = wanted(vault, proved.leaves)
    yield from _watched(check_objects(vault, stored, moved), tally)
    yield from _watched(strangers(vault, stored, lambda: _since(folder)), tally)
    yield from _watched(check_derived(folder, proved.leaves, moved), tally)
    size = proved.checkpoint.size if proved.checkpoint else len(proved.tree)
    counts = {
        "log": ("evidence.log-proved", size),
        "openings": ("evidence.openings-proved", size),
        "objects": ("evidence.objects-proved", len(stored)),
        "derived": ("evidence.derived-proved", sum(leaf.type == "derived" for leaf in proved.leaves.values())),
    }
    for check, (code, count) in counts.items():
        if not tally.get(check):
            yield Finding(check, "ok", code, {"count": count})
    yield _against(trust, proved, faultless=not any(tally.values()))


def _watched(findings: Iterator[Finding], tally: dict[str, int]) -> Iterator[Finding]:
    for finding in findings:
        tally[finding.check] = tally.get(finding.check, 0) + (EXITS[finding.grade] > 0)
        yield finding


def _since(folder: Path) -> set[str]:
    """Objects that the log names by now."""
    later = Proved()
    for _ in prove(folder / "log", None, later):
        pass
    return set(wanted(folder / "vault", later.leaves))


def _against(trust: Checkpoint | None, proved: Proved, *, faultless: bool) -> Finding:
    """What an outside checkpoint says about this log."""
    if trust is None:
        code = "evidence.consistent-only" if faultless else "evidence.not-consistent"
        return Finding("trust", "note", code)
    params: dict[str, Parameter] = {"origin": trust.origin, "size": trust.size}
    checkpoint = proved.checkpoint
    if checkpoint is not None and checkpoint.origin != trust.origin:
        return Finding("trust", "unknown", "evidence.trust-other-log", params | {"found": checkpoint.origin})
    if trust.size > len(proved.tree):
        return Finding("trust", "fault", "evidence.rolled-back", params | {"found": len(proved.tree)})
    if proved.tree.root(trust.size) != trust.root:
        return Finding("trust", "fault", "evidence.forked", params)
    return Finding("trust", "ok", "evidence.unchanged", params)
