"""Strips drawn for the tests of the pages: plain shapes, the same bytes each time."""

import io

from PIL import Image, ImageDraw

from marque.digest import sha256

PANELS = 4
WIDTH, HEIGHT, GUTTER = 320, 240, 24


def strip(site: str, number: int) -> bytes:
    """A PNG of four panels; sites differ in a tint only."""
    tint = int(sha256(f"{site} {number}".encode())[:2], 16) // 4
    image = Image.new("RGB", (WIDTH, PANELS * (HEIGHT + GUTTER)), (255, 255, 255))
    pen = ImageDraw.Draw(image)
    for panel in range(PANELS):
        x, y, w, h = place(panel)
        pen.rectangle((x, y, x + w, y + h), fill=(90 + tint, 110 + 20 * panel, 150), outline=(20, 20, 30), width=3)
        pen.ellipse(
            (x + 30 + 40 * panel, y + 60, x + 110 + 40 * panel, y + 160), fill=(240, 214, 180), outline=(20, 20, 30)
        )
        pen.rectangle((x + 20, y + 14, x + 150, y + 46), fill=(255, 255, 255), outline=(20, 20, 30))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def other() -> bytes:
    """A strip of the same panels with quite other shapes in them: another work."""
    image = Image.new("RGB", (WIDTH, PANELS * (HEIGHT + GUTTER)), (255, 255, 255))
    pen = ImageDraw.Draw(image)
    for panel in range(PANELS):
        x, y, w, h = place(panel)
        pen.rectangle((x, y, x + w, y + h), fill=(230, 220, 200), outline=(20, 20, 30), width=3)
        numbers = [int(sha256(f"{panel} {each}".encode())[:6], 16) for each in range(24)]
        for number in numbers:
            left, top, size = x + number % 240, y + number // 240 % 180, 16 + number % 37
            shade = number % 200
            pen.polygon(
                ((left, top), (left + size, top + size // 3), (left + size // 2, top + size)), (shade, 90, shade)
            )
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def place(panel: int) -> tuple[int, int, int, int]:
    """Where a panel stands in the strip: x, y, width, height."""
    return 10, panel * (HEIGHT + GUTTER) + 12, WIDTH - 20, HEIGHT
