"""What lists and summaries show, worked out once in the embedded file: signals a site, sites, networks, works.

Everything is counted within this run's scope; a rarity says nothing about the web outside it.
"""

# Twenty pairs of each tenth of the probabilities, by digest: what is judged blind over the whole range of scores.
SAMPLE = (
    """
    UPDATE web_link SET sampled = 1 WHERE id IN (
      SELECT id FROM (
        SELECT id, ROW_NUMBER() OVER (
          PARTITION BY MIN(9, CAST(COALESCE(probability, 0) * 10 AS INTEGER)) ORDER BY turn, id) AS place
        FROM web_link WHERE blind)
      WHERE place <= 20)
    """,
)

SIGNALS = (
    """
    CREATE TEMP TABLE rarity AS
    SELECT kind, value, COUNT(DISTINCT site) AS sites FROM web_sighting
    WHERE site IS NOT NULL AND role <> 'bystander' GROUP BY kind, value
    """,
    "CREATE INDEX temp.rarity_value ON rarity (kind, value)",
    """
    INSERT INTO web_signal (site, kind, family, value, role, count, sites, first, last, sighting)
    SELECT s.site, s.kind, MIN(s.family), s.value, s.role, COUNT(*),
           COALESCE((SELECT r.sites FROM temp.rarity r WHERE r.kind = s.kind AND r.value = s.value), 0),
           MIN(s.time), MAX(s.time), MIN(s.id)
    FROM web_sighting s WHERE s.site IS NOT NULL GROUP BY s.site, s.kind, s.value, s.role
    """,
    "DROP TABLE temp.rarity",
)

CAPTURES = (
    """
    INSERT INTO web_capture (digest, records, problems, first, last)
    SELECT capture, COUNT(*), SUM(problems <> '[]'), MIN(time), MAX(time) FROM web_record GROUP BY capture
    """,
)

# A site's state is the verdict of the last page captured of it; pages without a time come first.
SITES = (
    """
    CREATE TEMP TABLE state AS
    SELECT site, verdict, MAX(COALESCE(time, -1)) FROM web_record
    WHERE site IS NOT NULL AND (page = record OR page IS NULL) GROUP BY site
    """,
    """
    CREATE TEMP TABLE named AS
    SELECT site FROM web_record WHERE site IS NOT NULL AND (page = record OR page IS NULL)
    UNION SELECT site FROM web_member UNION SELECT site FROM temp.assessed UNION SELECT site FROM web_service
    UNION SELECT site FROM web_successor
    """,
    "CREATE INDEX temp.state_site ON state (site)",
    "CREATE INDEX temp.assessed_site ON assessed (site)",
    """
    INSERT INTO web_site (site, display, scripts, service_kind, level, criteria, network, service, state, languages,
                          works, licensed, signals, links, records, captures, first, last, latest)
    SELECT n.site, display(n.site), scripts(n.site), a.service_kind, COALESCE(a.level, 'not-looked'),
           COALESCE(a.criteria, '[]'),
           (SELECT network FROM web_member m WHERE m.site = n.site),
           (SELECT service FROM web_service v WHERE v.site = n.site),
           COALESCE((SELECT verdict FROM temp.state s WHERE s.site = n.site), ''),
           (SELECT json_group_array(DISTINCT substr(value, 1, 12)) FROM web_signal g WHERE g.site = n.site
             AND g.kind IN ('language-detected', 'language-declared') AND g.role <> 'bystander'),
           (SELECT COUNT(DISTINCT work) FROM web_match m
             WHERE m.site = n.site AND answer = 'match' AND licensed IS NOT 1),
           (SELECT COUNT(DISTINCT work) FROM web_match m WHERE m.site = n.site AND answer = 'match' AND licensed IS 1),
           (SELECT COUNT(*) FROM web_signal g WHERE g.site = n.site AND role <> 'bystander'),
           (SELECT COUNT(*) FROM web_link l WHERE l.site_a = n.site AND accepted)
             + (SELECT COUNT(*) FROM web_link l WHERE l.site_b = n.site AND accepted),
           (SELECT COUNT(*) FROM web_record r WHERE r.site = n.site),
           (SELECT COUNT(DISTINCT capture) FROM web_record r WHERE r.site = n.site),
           (SELECT MIN(time) FROM web_record r WHERE r.site = n.site),
           (SELECT MAX(time) FROM web_record r WHERE r.site = n.site),
           COALESCE((SELECT MAX(time) FROM web_record r WHERE r.site = n.site), -1)
    FROM temp.named n LEFT JOIN temp.assessed a ON a.site = n.site ORDER BY n.site
    """,
    "DROP TABLE temp.state",
    "DROP TABLE temp.named",
)

NETWORKS = (
    """
    INSERT INTO web_network (network, lead, core, halo, works, languages, first, last, alarm)
    SELECT m.network,
           (SELECT s2.display FROM web_member m2 JOIN web_site s2 ON s2.site = m2.site
             WHERE m2.network = m.network ORDER BY m2.role, s2.links DESC, s2.site LIMIT 1),
           SUM(m.role = 'core'), SUM(m.role <> 'core'),
           (SELECT COUNT(DISTINCT x.work) FROM web_match x JOIN web_member y ON y.site = x.site
             WHERE y.network = m.network AND x.answer = 'match' AND x.licensed IS NOT 1),
           (SELECT json_group_array(DISTINCT l.value) FROM web_member y JOIN web_site z ON z.site = y.site,
             json_each(z.languages) l WHERE y.network = m.network),
           MIN(s.first), MAX(s.last), MAX(m.alarm)
    FROM web_member m LEFT JOIN web_site s ON s.site = m.site GROUP BY m.network
    """,
)

# The current site last seen stands for its service.
SERVICES = (
    """
    INSERT INTO web_offer (service, lead, sites, former, mirrors, works, first, last)
    SELECT v.service,
           (SELECT c.site FROM web_service c JOIN web_site z ON z.site = c.site WHERE c.service = v.service
             ORDER BY c.role = 'current' DESC, z.latest DESC, c.site LIMIT 1),
           COUNT(*), SUM(v.role = 'former'), SUM(v.role = 'mirror'),
           (SELECT COUNT(DISTINCT m.work) FROM web_service d JOIN web_match m ON m.site = d.site
             WHERE d.service = v.service AND m.answer = 'match' AND m.licensed IS NOT 1),
           MIN(v.first), MAX(v.last)
    FROM web_service v GROUP BY v.service
    """,
)

PICTURES = (
    """
    UPDATE web_record SET known = 1 WHERE record IN (
      SELECT json_extract(p.value, '$.query.record') FROM web_match m, json_each(m.pieces) p)
    """,
)

WORKS = (
    """
    INSERT OR IGNORE INTO web_work (work, title, titles, holder, sites, units, languages)
    SELECT DISTINCT work, work, '{}', '', 0, 0, '[]' FROM web_match
    """,
    """
    UPDATE web_work SET
      sites = (SELECT COUNT(DISTINCT site) FROM web_match m WHERE m.work = web_work.work
                AND answer = 'match' AND licensed IS NOT 1),
      units = (SELECT COUNT(DISTINCT unit) FROM web_match m WHERE m.work = web_work.work AND answer = 'match'),
      languages = (SELECT json_group_array(DISTINCT l.value) FROM web_site z, json_each(z.languages) l
                    WHERE z.site IN (SELECT site FROM web_match m WHERE m.work = web_work.work
                                      AND answer = 'match' AND licensed IS NOT 1))
    """,
)

# Field by field in the order in which results are shown. Values of bystanders were masked before and are left out.
ENTRIES = (
    """
    INSERT INTO web_entry (field, text, folded, key)
    SELECT 'site', site, fold(site), site FROM web_site ORDER BY site
    """,
    """
    INSERT INTO web_entry (field, text, folded, key)
    SELECT 'site', display, fold(display), site FROM web_site WHERE display <> site ORDER BY site
    """,
    """
    INSERT INTO web_entry (field, text, folded, key)
    SELECT 'work', t.value, fold(t.value), w.work FROM web_work w, json_each(w.titles) t ORDER BY w.work, t.key
    """,
    """
    INSERT INTO web_entry (field, text, folded, key)
    SELECT 'work', work, fold(work), work FROM web_work ORDER BY work
    """,
    """
    INSERT INTO web_entry (field, text, folded, key)
    SELECT 'network', network, fold(network), network FROM web_network ORDER BY network
    """,
    """
    INSERT INTO web_entry (field, text, folded, key)
    SELECT 'service', service, fold(service), MIN(site) FROM web_service GROUP BY service ORDER BY service
    """,
    """
    INSERT INTO web_entry (field, text, folded, key)
    SELECT 'signal', value, fold(value), kind FROM web_signal WHERE role <> 'bystander'
    GROUP BY kind, value ORDER BY value, kind
    """,
    "CREATE VIRTUAL TABLE web_entry_text USING fts5(folded, content='', tokenize='trigram', detail='full')",
    "INSERT INTO web_entry_text (rowid, folded) SELECT id, folded FROM web_entry",
    "INSERT INTO web_entry_text (web_entry_text) VALUES ('optimize')",
    "ANALYZE",
)
