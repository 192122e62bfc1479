"""Small real WARC files for tests of the pipeline."""

from collections.abc import Mapping
from pathlib import Path

from marque.clock import parse_iso
from marque.training.archives import warc
from marque.training.model import Reply

PAGE = b"""<!doctype html><html lang="en"><head><title>Reader</title>
<script async src="https://www.googletagmanager.com/gtag/js?id=G-%b"></script></head>
<body><p>Support us: BTC %b</p><p>Write to <a href="mailto:%b">%b</a></p></body></html>"""


def page(analytics: bytes, wallet: bytes, mail: bytes) -> bytes:
    return PAGE % (analytics, wallet, mail, mail)


def write_warc(path: Path, pages: Mapping[str, bytes], date: str = "2026-03-01T10:00:00Z") -> Path:
    """One response and its request a page; addresses are URLs."""
    time = parse_iso(date)
    assert time is not None
    replies = [
        Reply(uri=address, time=time, status=200, media_type="text/html; charset=utf-8", body=body, ip="192.0.2.7")
        for address, body in pages.items()
    ]
    path.write_bytes(warc.write(replies, path.name, time)[0])
    return path


# Checksums are valid; the keys behind these addresses are nobody's (all bytes the same).
WALLETS = (b"1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH", b"1JwSSubhmg6iPtRjtyqhUYYH7bZg3Lfy1T")


def two_sisters_and_a_stranger(folder: Path) -> list[Path]:
    """Three sites in three captures: two share an analytics account, a wallet and an address; the third has its own."""
    ours = page(b"AB12CD34EF", WALLETS[0], b"desk@operator.example")
    other = page(b"ZZ99YY88XX", WALLETS[1], b"hello@stranger.example")
    return [
        write_warc(folder / "one.warc.gz", {"https://toon-one.example/": ours}),
        write_warc(folder / "two.warc.gz", {"https://toon-two.example/": ours.replace(b"Reader", b"Lector")}),
        write_warc(folder / "three.warc.gz", {"https://stranger.example/": other}),
    ]
