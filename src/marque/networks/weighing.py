"""What both ways of scoring share: what only one operator holds, what suppliers hand down, and how rare is rare."""

import math

# At most so many rejected candidates are kept with a run: the best scored ones.
KEPT, KEPT_PER_SITE = 20_000, 4
FEWEST = 20
APART = 1000  # less for a value that left one site before it came to the other

# An agency, a kit seller or a hoster leaves the same contact, container and address with many customers, each of whom
# holds accounts of its own. Operators are paid: a value on four sites or more, none of whose members share any account
# that is paid into, while at least half hold one that nobody else holds, is taken for such a hand-me-down. So is a
# value on eight sites or more without any such account in common, whatever its members hold.
LONELY = """
CREATE OR REPLACE TABLE lonely AS
SELECT DISTINCT x.site FROM exclusive x LEFT JOIN vals v ON x.kind = v.kind AND x.value = v.value
WHERE v.vid IS NULL AND x.grp IN ('identity', 'payment', 'tag')"""
HANDED_DOWN = """
CREATE OR REPLACE TABLE handed_down AS
WITH paid AS (
  SELECT DISTINCT t.vid FROM ties t
  JOIN (SELECT DISTINCT a, b FROM ties WHERE grp IN ('payment', 'advertising', 'tag')) p ON t.a = p.a AND t.b = p.b)
SELECT m.vid FROM members m LEFT JOIN paid p ON m.vid = p.vid LEFT JOIN lonely l ON m.site = l.site
WHERE m.n >= 4 AND p.vid IS NULL GROUP BY m.vid, m.n HAVING 2 * count(l.site) >= count(*) OR m.n >= 8"""
# What only one operator holds at a time: two sites that hold different ones at the same time speak against a link,
# unless they share something of that very provenance.
EXCLUSIVE = """
CREATE OR REPLACE TABLE exclusive AS
SELECT s.id AS site, c.kind, k.grp, k.against, c.value, c.since, c.until,
       CASE WHEN k.vendored = 1 THEN split_part(c.value, ':', 1) ELSE '' END AS slot
FROM claims c JOIN sites s ON c.site = s.site JOIN rules k ON c.kind = k.kind AND c.family = k.family
WHERE k.against < 0"""


def rarest(sites: int) -> int:
    """The most that one value may weigh among so many sites, in 1/1000 bit.

    What was never seen on strangers among n sites may still be shared by three in n of them, one time in twenty (the
    rule of three): a few hundred sites cannot show that anything is rarer. Cases of fewer than `FEWEST` sites say
    nothing of rarity by themselves; what is known of the kind beforehand counts as far as it would among so many.
    """
    return round(1000 * math.log2(max(sites, FEWEST) / 3))
