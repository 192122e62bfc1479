"""Requests brought to their responses. What was asked, and from where, tells which page a response belongs to."""

import re
from collections import OrderedDict, deque
from collections.abc import Iterator

from marque.evidence import http, limits
from marque.evidence.model import Problem
from marque.evidence.readers.item import EXCHANGES, Hints, Item

_TELLING = re.compile(rb"\n(referer|sec-fetch-dest):[ \t]*([^\r\n]*[^\r\n \t])", re.IGNORECASE)
_PATIENCE = 3
_REMEMBERED = 512
_NO_BODY = (204, 205, 304)
_CUT = ("read.record-cut", "read.capture-truncated", "read.payload-bomb", "read.capture-bomb")


def hints_of(request: bytes, already: Hints) -> Hints:
    """What a request head says, added to what is known."""
    found = {name.lower(): http.text(value) for name, value in _TELLING.findall(request)}
    kind = found.get(b"sec-fetch-dest")
    return Hints(
        page=already.page,
        page_uri=already.page_uri,
        top=already.top,
        kind=kind.lower() if kind else already.kind,
        referrer=found.get(b"referer") or already.referrer,
        method=http.text(request[:20].partition(b" ")[0]).upper() or None,
        asked=True,
        frame=already.frame,
    )


class _Desk:
    """Exchanges that wait for their request, and requests that wait for their response; both only shortly."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[int, Item | Problem]] = deque()
        self.asked: OrderedDict[str, Item] = OrderedDict()
        self.weight = 0
        self.seen = 0

    def add(self, entry: Item | Problem) -> None:
        if isinstance(entry, Item):
            self.weight += len(entry.body.payload)
            for key in (*entry.concurrent, entry.uri):
                if (request := self.asked.pop(key, None)) is not None:
                    entry = _with(entry, request)
                    break
        self.waiting.append((self.seen, entry))

    def ask(self, request: Item) -> None:
        """Give a request to the response that waits for it, or keep it for one to come."""
        for at in range(len(self.waiting) - 1, -1, -1):
            since, entry = self.waiting[at]
            if isinstance(entry, Item) and not _asked(entry, request) and _belong(entry, request):
                self.waiting[at] = (since, _with(entry, request))
                return
        if request.kind == "request":
            self.asked[request.name] = self.asked[request.uri] = request
            while len(self.asked) > _REMEMBERED:
                self.asked.popitem(last=False)

    def ripe(self, everything: bool = False) -> Iterator[Item | Problem]:
        while self.waiting:
            since, entry = self.waiting[0]
            patient = self.seen - since < _PATIENCE and self.weight <= limits.WAITING_BYTES
            if isinstance(entry, Item) and not entry.hints.asked and patient and not everything:
                return
            self.waiting.popleft()
            if isinstance(entry, Item):
                self.weight -= len(entry.body.payload)
            yield entry


def _asked(entry: Item, request: Item) -> bool:
    return entry.hints.asked if request.kind == "request" else entry.hints.referrer is not None


def _belong(entry: Item, request: Item) -> bool:
    if request.concurrent and entry.name in request.concurrent:
        return True
    return entry.uri == request.uri or bool(request.name and request.name in entry.concurrent)


def _with(entry: Item, request: Item) -> Item:
    if request.kind == "metadata":
        return entry._replace(hints=entry.hints._replace(referrer=entry.hints.referrer or request.hints.referrer))
    return entry._replace(request=request.http_header, hints=hints_of(request.http_header, entry.hints))


def whole(entry: Item) -> Item:
    """The exchange, told to be cut where fewer bytes were received than the server said it would send."""
    told = http.first(entry.headers, "content-length") if entry.kind == "response" and entry.body.plain else None
    if told is None or not told.isdecimal() or len(told) > 18 or entry.locator.coding == "har":
        return entry
    short = entry.body.length < int(told) and entry.status not in _NO_BODY
    coded = http.first(entry.headers, "content-encoding") is not None  # then the length is that of the coded body
    # browsers do not hand out the bodies of redirects, and HEAD has none
    redirect = entry.status is not None and 300 <= entry.status < 400
    silent = not entry.body.length and (redirect or entry.hints.method in (None, "HEAD"))
    if not short or coded or silent or any(p.code in _CUT for p in entry.problems):
        return entry
    params = (("expected", told), ("found", str(entry.body.length)))
    problem = Problem("read.http-cut", entry.offset, entry.locator.member, params)
    return entry._replace(problems=(*entry.problems, problem))


def paired(stream: Iterator[Item | Problem]) -> Iterator[Item | Problem]:
    """Exchanges with their requests, in file order. Other records leave only their problems."""
    desk = _Desk()
    for entry in stream:
        if isinstance(entry, Problem):
            desk.add(entry)
        else:
            desk.seen += 1
            if entry.kind in EXCHANGES:
                desk.add(entry)
            else:
                for problem in entry.problems:
                    desk.add(problem)
                if entry.kind == "request" or (entry.kind == "metadata" and entry.hints.referrer):
                    desk.ask(entry)
        yield from map(_finished, desk.ripe())
    yield from map(_finished, desk.ripe(everything=True))


def _finished(entry: Item | Problem) -> Item | Problem:
    return entry if isinstance(entry, Problem) else whole(entry)
