"""What a page would do to a visitor: mine, push, pop, pass off downloads as updates, ask to switch protection off.

Much of it arrives through advertising networks. None of it says who profits.
"""

from collections.abc import Iterator, Sequence

from marque.signals.addresses import absolute
from marque.signals.hits import Hit
from marque.signals.rows import Match, load
from marque.signals.subject import BINARY, Subject

ROWS = load("risks")
KIND = "risk"
_DOWNLOADS = ("executable-download", "apk-download")
_NEAR = 600  # bytes between the words for an update and the file they pass off
_PACKAGES = {
    "application/vnd.android.package-archive": "apk-download",
    "application/x-msdownload": "executable-download",
    "application/x-msdos-program": "executable-download",
    "application/x-dosexec": "executable-download",
}


def find(subject: Subject, matches: Sequence[Match]) -> Iterator[Hit]:
    """Plain finds, downloads with their address, and what only two finds together show."""
    if subject.form == BINARY:
        yield from _delivered(subject)
        return
    groups: dict[str, list[Match]] = {}
    for match in matches:
        groups.setdefault(match.row.value, []).append(match)
        if ":" in match.row.value:
            yield Hit(KIND, match.row.value, match.start, match.end)
    downloads = [match for name in _DOWNLOADS for match in groups.get(name, []) if subject.html]
    for match in downloads:
        yield Hit(KIND, f"{match.row.value}:{_address(subject, match)}", match.start, match.end)
    yield from _passed_off(subject, groups.get("fake-update-words", []), downloads)
    if "push-request" in groups and "push-lure" in groups:
        lure = groups["push-lure"][0]
        yield Hit(KIND, "push-spam:lure", lure.start, lure.end)


def _address(subject: Subject, match: Match) -> str:
    written = (match.groups[1] or b"").decode("utf-8", "replace").replace("&amp;", "&")
    return absolute(written, subject.address).partition("//")[2] or written


def _passed_off(subject: Subject, words: Sequence[Match], downloads: Sequence[Match]) -> Iterator[Hit]:
    for match in words:
        for file in downloads:
            if abs(match.start - file.start) <= _NEAR:
                yield Hit(KIND, f"fake-update:{_address(subject, file)}", match.start, match.end)
                break


def _delivered(subject: Subject) -> Iterator[Hit]:
    """A program that the capture holds itself."""
    what = _PACKAGES.get(subject.record.media_type)
    if what:
        address = subject.record.uri.partition("//")[2].partition("?")[0]
        yield Hit(KIND, f"{what}:{address}", 0, len(subject.exchange.payload))
