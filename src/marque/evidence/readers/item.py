"""What every reader hands on: one record as it stands in the capture, before anybody asks what page it belongs to."""

from typing import NamedTuple

from marque.evidence.http import Headers
from marque.evidence.model import Locator, Problem

EXCHANGES = ("response", "resource", "revisit")


class Body(NamedTuple):
    """A payload with its codings undone. `payload` is empty and `digest` "" where that was not possible."""

    payload: bytes = b""
    digest: str = ""
    length: int = 0
    faults: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    plain: bool = True


class Hints(NamedTuple):
    """What the capture itself says about the page a record belongs to.

    `page` is a page id of the producer's own, `page_uri` the address of that page, `top` whether the record is said
    to be the page itself, `kind` the kind of resource as browsers name it (Sec-Fetch-Dest), `referrer` the address
    that asked for it, `method` the request's, `frame` the producer's own id of the frame that loaded it.
    """

    page: str | None = None
    page_uri: str | None = None
    top: bool | None = None
    kind: str | None = None
    referrer: str | None = None
    method: str | None = None
    asked: bool = False
    frame: str | None = None


class Item(NamedTuple):
    """One record of a capture. `kind` is the WARC record type, whatever the format."""

    ordinal: int
    kind: str
    uri: str
    time: int | None
    locator: Locator
    offset: int
    problems: tuple[Problem, ...] = ()
    record_header: bytes = b""
    http_header: bytes = b""
    status: int | None = None
    headers: Headers = ()
    media_type: str = ""
    body: Body = Body()
    name: str = ""
    concurrent: tuple[str, ...] = ()
    server_ip: str | None = None
    certificate: str | None = None
    request: bytes = b""
    hints: Hints = Hints()

    def with_problem(self, *codes: str) -> "Item":
        """The same record with more that is wrong with it."""
        more = tuple(Problem(code, self.offset, self.locator.member) for code in codes)
        return self._replace(problems=self.problems + more)
