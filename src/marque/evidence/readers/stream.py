"""A stream of records, read one after another: what WARC and ARC have in common."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

from marque.evidence.model import Locator, Problem
from marque.evidence.readers import records
from marque.evidence.readers.body import Budget
from marque.evidence.readers.item import Item
from marque.evidence.readers.records import Grammar
from marque.evidence.readers.window import Window


class Stream(ABC):
    """One stream of records. `member` is the path inside a container; `ordinal` counts on from what came before."""

    grammar: Grammar

    def __init__(self, window: Window, member: str, budget: Budget, ordinal: int = 0) -> None:
        self.window = window
        self.member = member
        self.budget = budget
        self.ordinal = ordinal

    @abstractmethod
    def record(self, start: int) -> Item | str:
        """The record at the window, or the code of what is wrong with its header; then nothing was taken."""

    def __iter__(self) -> Iterator[Item | Problem]:
        while True:
            yield from self._align()
            if not self.window.look(1):
                return
            start = self.window.offset
            item = self.record(start)
            if not isinstance(item, str):
                yield item
                continue
            yield self.problem(item, start)
            self.window.pos += 1
            for _ in self.until_record():
                pass

    def until_record(self, limit: int = records.ALL) -> Iterator[bytes]:
        """Bytes up to the next record."""
        return records.until_record(self.window, limit, self.grammar)

    def flow(self, length: int | None) -> Iterator[bytes]:
        """A block: as long as it says where that is credible, else up to the next record."""
        if length is not None and records.trusted(self.window, length, self.grammar):
            return self.window.chunks(length, self.grammar.line)
        return self.until_record(records.ALL if length is None else length)

    def problem(self, code: str, offset: int, **params: str) -> Problem:
        """A problem at a place in the stream."""
        return Problem(code, self.place(offset), self.member, tuple(sorted(params.items())))

    def place(self, offset: int) -> int:
        """Where in the stored file that is, as exactly as compression allows: the start of the gzip member."""
        if self.window.peek is not None or not self.window.opens:
            return offset
        before = [at for at in self.window.opens if at <= offset]
        return self.window.opens[max(before)] if before else offset

    def faults(self, upto: int) -> tuple[Problem, ...]:
        """What the source found wrong up to a place in the stream, taken off its list."""
        if not self.window.faults:
            return ()
        found = tuple(fault for at, fault in self.window.faults if at <= upto)
        self.window.faults = [(at, fault) for at, fault in self.window.faults if at > upto]
        return found

    def locate(self, start: int, opened: int | None) -> Locator:
        """Where the record that began at `start`, in the member opened there, and ends here can be cut out."""
        window = self.window
        window.look(1)
        end = window.offset
        if window.peek is not None or not window.opens:
            return Locator(self.member, start, end - start, "identity")
        if opened is not None and end in window.closes:
            return Locator(self.member, opened, window.closes[end] - opened, "gzip")
        return Locator(self.member, start, end - start, "gzip-stream")

    def _align(self) -> Iterator[Problem]:
        """Go to where a record begins; name what stands in between."""
        while True:
            records.skip_blank(self.window)
            if not self.window.look(1):
                yield from self.faults(self.window.offset)
                if not self.window.broken:
                    return
                self.window.cross()
            elif records.begins(self.window, self.grammar):
                return
            else:
                start = self.window.offset
                length = sum(map(len, self.until_record()))
                if length:
                    yield self.problem("read.garbage", start, length=str(length))
