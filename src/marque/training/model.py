"""The world as values: who runs what, what a page answers, and what is true of it."""

from dataclasses import dataclass, field

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """One exchange as the crawler saw it. `body` is what the browser would hand on; `coding` is applied on the wire.

    `page` is the address of the document it was loaded for, None for a document of its own.
    """

    uri: str
    time: int
    body: bytes
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Headers = ()
    page: str | None = None
    ip: str = "192.0.2.1"
    coding: str = "identity"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Serving:
    """Truth about one page: which unit of which work it shows, in which language, and how much of it."""

    uri: str
    site: str
    work: str
    unit: str
    language: str
    panels: int
    part: str  # whole, excerpt


@dataclass(frozen=True, slots=True)
class Planted:
    """Truth about one signal put into a page. Values in the contract's canonical form."""

    site: str
    kind: str
    value: str
    role: str = "site"


@dataclass(frozen=True, slots=True)
class Site:
    """A site and the habits of whoever runs it.

    `operator` is None for sites that nobody runs in series: lawful ones and single ones. `first` and `last` are UTC
    microseconds of the first and the last visit at which it was itself. `accounts` are its values by slot.
    """

    host: str
    kind: str
    operator: str | None
    languages: tuple[str, ...]
    brand: str
    layout: str
    lawful: bool
    visits: tuple[int, ...]
    accounts: dict[str, str] = field(default_factory=dict)
    works: tuple[tuple[str, str], ...] = ()
    until: int | None = None
    part: str = ""
    swept: bool = False  # its last visit was a look at the front page only

    @property
    def home(self) -> str:
        """Its first page."""
        return f"https://{self.host}/"


@dataclass(slots=True)
class Visit:
    """Everything one visit to one site brought back, with the truth about it."""

    site: Site
    time: int
    replies: list[Reply] = field(default_factory=list)
    servings: list[Serving] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    verdicts: dict[str, str] = field(default_factory=dict)
    swept: bool = False
