"""A crawl of invented pages in six languages, as a WARC, for measuring speed: the same bytes for the same seed.

Pages of about 50 KB with inline scripts, comments and accounts, scripts of about 40 KB, and noise that stands for
pictures. It resembles reading sites in size and mix, not in what they serve.
"""

import gzip
import json
import random
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

_DATE = "2026-09-07T00:00:00Z"
_PAGE, _SCRIPT, _PICTURE = 50_000, 40_000, 60_000  # bytes, about


def write(path: Path, seed: int, *, pages: int, scripts: int, pictures: int) -> None:
    """Write the crawl, one gzip member a record, in an order that mixes them."""
    dice = random.Random(seed)  # noqa: S311 - a corpus, not a secret
    records = list(_records(dice, pages, scripts, pictures))
    dice.shuffle(records)
    with path.open("wb") as stream:
        for uri, media, body in records:
            stream.write(gzip.compress(_record(uri, media, body, dice), 6, mtime=0))


def _records(dice: random.Random, pages: int, scripts: int, pictures: int) -> Iterator[tuple[str, str, bytes]]:
    words = json.loads(files("marque.bench").joinpath("data", "words.json").read_text("utf-8"))
    languages = sorted(words)
    for number in range(pages):
        language = languages[number % len(languages)]
        uri = f"https://site{number % 40}.example/{language}/{number}/"
        yield uri, "text/html; charset=utf-8", _page(dice, uri, language, words[language]).encode()
    for number in range(scripts):
        yield f"https://site{number % 40}.example/js/{number}.js", "application/javascript", _script(dice).encode()
    for number in range(pictures):
        yield f"https://site{number % 40}.example/img/{number}.jpg", "image/jpeg", _picture(dice)


def _record(uri: str, media: str, body: bytes, dice: random.Random) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    lines = (
        "WARC/1.1",
        "WARC-Type: response",
        f"WARC-Record-ID: <urn:uuid:{dice.getrandbits(32):08x}-0000-4000-8000-{dice.getrandbits(48):012x}>",
        f"WARC-Date: {_DATE}",
        f"WARC-Target-URI: {uri}",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(head) + len(body)}",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + head + body + b"\r\n\r\n"


def _page(dice: random.Random, uri: str, language: str, words: list[str]) -> str:
    parts = [
        _HEAD.format(language=language, title=_text(dice, words, 6), tag=dice.randrange(10**9), seed=dice.random())
    ]
    length = 0
    while length < _PAGE:
        block = _block(dice, uri, words)
        parts.append(block)
        length += len(block.encode())
    return "".join(parts) + _FOOT.format(year=2026, name=_text(dice, words, 2), handle=f"h{dice.randrange(10**6)}")


def _block(dice: random.Random, uri: str, words: list[str]) -> str:
    number, kind = dice.randrange(10**6), dice.randrange(12)
    if kind == 0:
        return f"<script>{_script(dice)[: dice.randrange(400, 6000)]}</script>\n"
    if kind < 4:
        return (
            f'<li class="page-item item-{number}"><div class="thumb"><a href="{uri}{number}"\n'
            f'title="{_text(dice, words, 4)}">\n'
            f'<img class="lazy" data-src="/thumbs/{number}.webp" width="175" height="238"\n'
            f'alt="{_text(dice, words, 3)}"></a>'
            f'</div><span class="rating">{number % 10}.{number % 7}</span></li>\n'
        )
    return f'<p class="entry text-{number % 9}">{_text(dice, words, dice.randrange(12, 60))}</p>\n'


def _text(dice: random.Random, words: list[str], count: int) -> str:
    return " ".join(dice.choices(words, k=count))


def _script(dice: random.Random) -> str:
    out, length = [], 0
    while length < _SCRIPT:
        name, number = dice.choice(_NAMES), dice.randrange(10**5)
        line = dice.choice(_LINES).format(name=name, number=number, key=f"{dice.getrandbits(64):016x}")
        out.append(line)
        length += len(line)
    return "".join(out)


def _picture(dice: random.Random) -> bytes:
    return b"\xff\xd8\xff\xe0" + dice.randbytes(_PICTURE)


_HEAD = """<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><meta name="generator" content="WordPress 6.8">
<link rel="stylesheet" href="/wp-content/themes/madara/style.css">
<script src="/wp-includes/js/jquery/jquery.min.js"></script>
<script async src="https://www.googletagmanager.com/gtag/js?id=UA-{tag}-1"></script>
<script>window.dataLayer=window.dataLayer||[];gtag('config','UA-{tag}-1');var s={seed};</script></head>
<body class="wp-theme-madara"><div class="wrap"><header><nav><ul>
"""
_FOOT = """</ul></nav></header></div><footer><p>&copy; {year} {name}</p><a href="https://t.me/{handle}">Telegram</a>
</footer></body></html>"""
_NAMES = ("render", "load", "state", "queue", "node", "index", "frame", "cache", "event", "timer", "scope", "layer")
_LINES = (
    "function {name}{number}(e,t){{return e&&e.{name}?e.{name}(t):null}}",
    "var {name}{number}={{id:{number},key:'{key}',on:!0}};",
    "if(window.{name}!==void 0){{document.getElementById('{name}-{number}').classList.add('is-{name}')}}",
    "t.exports={{{name}:function(){{for(var n=0;n<{number};n++)this.{name}.push(n)}}}},",
    'r.setAttribute("data-{name}","{key}"),r.addEventListener("click",function(e){{e.preventDefault()}});',
)
