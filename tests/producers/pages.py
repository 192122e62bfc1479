"""The pages of an invented webtoon site: three languages in the character sets such sites use, and planted signals."""

import base64
import gzip
import hashlib
import io
import json
from dataclasses import dataclass

import base58
import brotli
from PIL import Image, ImageDraw

TOON, PANELS, STATS, OTHER = "toon.example", "img.panels-cdn.example", "stat.widgets.example", "strangers.example"
TAG_KO, TAG_ES, TAG_SCRIPT = "G-KR3XW7T9QP", "UA-48213377-2", "G-SC7PT0Q4ZZ"
WALLET = base58.b58encode_check(b"\0" + hashlib.sha256(b"toon").digest()[:20]).decode()
PUBLISHER = "ca-pub-5813020044719263"
CHAPTERS = 3


@dataclass(frozen=True, slots=True)
class Served:
    """One answer of the site: `body` before content coding, `wire` as sent, `chunked` as sent in chunks."""

    body: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    coding: str = ""
    chunked: bool = False
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def wire(self) -> bytes:
        if self.coding == "gzip":
            return gzip.compress(self.body, mtime=0)
        return brotli.compress(self.body) if self.coding == "br" else self.body


def strip(number: int, size: tuple[int, int] = (480, 700)) -> bytes:
    """One slice of a strip, drawn."""
    image = Image.new("RGB", size, (250, 248, 240))
    pen = ImageDraw.Draw(image)
    for row in range(4):
        top = 20 + row * 170
        pen.rectangle((20, top, size[0] - 20, top + 150), outline=(10, 10, 10), width=4)
        pen.ellipse((60 + 40 * number, top + 30, 160 + 40 * number, top + 130), fill=(30 * row, 90, 200 - 30 * number))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def _page(language: str, charset: str, title: str, inner: str) -> bytes:
    text = (
        f'<!doctype html><html lang="{language}"><head><meta charset="{charset}"><title>{title}</title>'
        f'<link rel="stylesheet" href="/style.css"><link rel="icon" href="/favicon.ico">'
        f'<script src="http://{STATS}/tag.js"></script></head><body><h1>{title}</h1>{inner}'
        f'<p><a href="/">{title}</a></p></body></html>'
    )
    return text.encode(charset)


_LINKS = (
    '<a href="/ko/old">구</a> <a href="/ko/1">1화</a> <a href="/ja/">ja</a> <a href="/es/">es</a> <a href="/gone">x</a>'
)
KO = (
    f"<p>무료 웹툰을 매일 올립니다. 다음 주소는 텔레그램에서 안내합니다: "
    f'<a href="https://t.me/toon_next_addr">새 주소 공지</a></p>{_LINKS}'
    f'<script async src="https://www.googletagmanager.com/gtag/js?id={TAG_KO}"></script>'
    f"<script>gtag('config', '{TAG_KO}');</script><p>광고문의 <a href=\"mailto:ads@{TOON}\">ads@{TOON}</a></p>"
)
OLD = f"<p>만화를 사랑하는 모든 분께. 후원 비트코인: {WALLET}</p><p>문의: <b>old-desk@{TOON}</b></p>"
JA = (
    f"<p>漫画を無料で読む。連絡先: reader-ja@{TOON}</p>"
    f"<script>adsbygoogle.push({{google_ad_client: '{PUBLISHER}'}})</script>"
)
ES = (
    f"<p>Lee cómics gratis en español. Señal añadida.</p><script>ga('create', '{TAG_ES}', 'auto');</script>"
    f'<form method="post" action="/buscar"><input name="q"></form><p>Donaciones: <a href="https://ko-fi.com/toondesk">'
    f"ko-fi</a></p>"
)
CHAPTER = "".join(f'<img src="http://{PANELS}/1/{number}.jpg" alt="">' for number in range(CHAPTERS))
TAG_SCRIPT_BODY = f"(function(){{window.dataLayer=[];gtag('config','{TAG_SCRIPT}');}})();".encode()
JSON_BODY = json.dumps({"결과": ["웹툰", "漫画"], "contact": f"api@{TOON}"}, ensure_ascii=False).encode()
PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")

ANSWERS: dict[str, Served] = {
    f"http://{TOON}/": Served(b"moved", status=301, headers=(("Location", f"http://{TOON}/ko/"),)),
    f"http://{TOON}/ko/": Served(_page("ko", "utf-8", "툰마당 무료 웹툰", KO), coding="gzip"),
    f"http://{TOON}/ko/old": Served(_page("ko", "euc-kr", "툰마당 옛집", OLD), "text/html; charset=euc-kr"),
    f"http://{TOON}/ko/1": Served(_page("ko", "utf-8", "툰마당 1화", CHAPTER), coding="gzip", chunked=True),
    f"http://{TOON}/ja/": Served(_page("ja", "shift_jis", "漫画広場", JA), "text/html"),
    f"http://{TOON}/es/": Served(_page("es", "utf-8", "Plaza de cómics", ES), chunked=True),
    f"http://{TOON}/buscar": Served(_page("es", "utf-8", "Resultados", "<p>Nada</p>")),
    f"http://{TOON}/api": Served(JSON_BODY, "application/json"),
    f"http://{TOON}/gone": Served(_page("ko", "utf-8", "없음", "<p>404</p>"), status=404),
    f"http://{TOON}/still": Served(status=304),
    f"http://{TOON}/style.css": Served(b"h1 { color: #204060 }\n" * 40, "text/css", coding="br"),
    f"http://{TOON}/favicon.ico": Served(PIXEL, "image/gif"),
    f"http://{STATS}/tag.js": Served(TAG_SCRIPT_BODY, "text/javascript", coding="gzip"),
    f"http://{OTHER}/": Served(_page("es", "utf-8", "Otra casa", "<p>Sin señales.</p>")),
    **{f"http://{PANELS}/1/{number}.jpg": Served(strip(number), "image/jpeg") for number in range(CHAPTERS)},
    f"http://{PANELS}/1/0-again.jpg": Served(strip(0), "image/jpeg"),
}
