"""Sets of sites that grow by joining, and refuse a join that would put two parted sites together."""

from collections.abc import Iterable


class Groups:
    """Disjoint sets over 0..count-1. The root of a set is its smallest member, so names do not depend on order."""

    def __init__(self, count: int, parted: Iterable[tuple[int, int]] = ()) -> None:
        self._parent = list(range(count))
        self._size = [1] * count
        self._enemies: dict[int, set[int]] = {}
        for a, b in parted:
            self._enemies.setdefault(a, set()).add(b)
            self._enemies.setdefault(b, set()).add(a)

    def root(self, member: int) -> int:
        """The set that a member is in."""
        parent = self._parent
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    def size(self, member: int) -> int:
        """How many members its set has."""
        return self._size[self.root(member)]

    def may(self, a: int, b: int) -> bool:
        """Whether nobody said that members of the two sets are not the same operator."""
        a, b = self.root(a), self.root(b)
        return b not in {self.root(enemy) for enemy in self._enemies.get(a, ())}

    def join(self, a: int, b: int) -> bool:
        """Make one set of two, unless they are parted. True when they are one afterwards."""
        a, b = sorted((self.root(a), self.root(b)))
        if a == b:
            return True
        if not self.may(a, b):
            return False
        self._parent[b] = a
        self._size[a] += self._size[b]
        if b in self._enemies:
            self._enemies.setdefault(a, set()).update(self._enemies.pop(b))
        return True
