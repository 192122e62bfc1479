"""Places: what stands behind the figures of a panel. Integer geometry only, so that every machine draws the same."""

import hashlib

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from marque.training.dice import Dice

Colour = tuple[int, int, int]
Palette = tuple[Colour, ...]

# One palette a work: sky top, sky bottom, far, near, accent, light.
PALETTES: tuple[Palette, ...] = (
    ((22, 34, 74), (92, 120, 170), (44, 58, 96), (20, 26, 48), (232, 186, 84), (244, 236, 208)),
    ((196, 84, 60), (250, 206, 140), (146, 70, 74), (74, 36, 52), (255, 220, 96), (255, 246, 222)),
    ((158, 206, 196), (236, 246, 226), (92, 156, 120), (38, 84, 70), (226, 110, 140), (255, 255, 240)),
    ((116, 166, 226), (232, 240, 250), (142, 150, 176), (66, 72, 104), (214, 90, 70), (255, 252, 236)),
    ((86, 72, 108), (196, 170, 190), (112, 90, 120), (48, 38, 66), (120, 190, 200), (246, 230, 238)),
    ((8, 44, 62), (30, 116, 128), (18, 78, 92), (6, 28, 42), (240, 150, 90), (206, 246, 236)),
    ((200, 190, 170), (244, 238, 222), (150, 132, 108), (86, 70, 56), (60, 110, 150), (255, 252, 242)),
    ((120, 96, 60), (236, 208, 150), (166, 128, 76), (78, 56, 34), (150, 60, 90), (255, 244, 214)),
)


def shade(colour: Colour, by: int) -> Colour:
    """A little lighter or darker."""
    red, green, blue = (max(0, min(255, part + by)) for part in colour)
    return red, green, blue


def sky(width: int, height: int, top: Colour, bottom: Colour) -> Image.Image:
    """A gradient from top to bottom."""
    rows = np.arange(height, dtype=np.int32)[:, None]
    ends = np.array([top, bottom], dtype=np.int32)
    column = (ends[0] * (height - 1 - rows) + ends[1] * rows) // max(1, height - 1)
    return Image.fromarray(np.repeat(column[:, None, :].astype(np.uint8), width, axis=1))


def paint(image: Image.Image, dice: Dice, cell: int, strength: int) -> Image.Image:
    """Uneven paint: a coarse grid of light and dark laid over the picture."""
    columns, rows = image.width // cell + 2, image.height // cell + 2
    noise = np.frombuffer(hashlib.shake_256(dice.data(32)).digest(columns * rows), dtype=np.uint8)
    grid = Image.fromarray(noise.reshape(rows, columns)).resize(image.size, Image.Resampling.BICUBIC)
    shift = (np.asarray(grid, dtype=np.int16)[:, :, None] - 128) * strength // 128
    return Image.fromarray(_clip(np.asarray(image, dtype=np.int16) + shift))


def _clip(values: NDArray[np.int16]) -> NDArray[np.uint8]:
    return np.clip(values, 0, 255).astype(np.uint8)


def city(draw: ImageDraw.ImageDraw, size: tuple[int, int], dice: Dice, colours: Palette) -> None:
    """Houses with lit windows, aerials and signs."""
    width, height = size
    for layer in (2, 3):
        left = -dice.below(60)
        while left < width:
            wide, tall = dice.between(60, 150), dice.between(height // 5, height * (5 - layer) // 4)
            top, base = height - tall, shade(colours[layer], dice.between(-18, 18))
            draw.rectangle((left, top, left + wide, height), fill=base, outline=shade(base, -30), width=3)
            for across in range(left + 10, left + wide - 16, dice.between(20, 30)):
                for down in range(top + 14, height, dice.between(26, 40)):
                    lit = colours[5] if dice.chance(45) else shade(base, -22)
                    draw.rectangle((across, down, across + 11, down + dice.between(10, 18)), fill=lit)
            if dice.chance(50):
                mast = left + wide // 2
                draw.rectangle((mast, top - dice.between(20, 60), mast + 4, top), fill=shade(base, -30))
            left += wide + dice.between(-6, 22)


def forest(draw: ImageDraw.ImageDraw, size: tuple[int, int], dice: Dice, colours: Palette) -> None:
    """Trunks and crowns of many leaves, a path between."""
    width, height = size
    draw.polygon(
        [(width // 3, height), (width // 2, height * 2 // 3), (width * 3 // 4, height)], fill=shade(colours[1], -20)
    )
    for _ in range(dice.between(6, 9)):
        foot, thick = dice.below(width), dice.between(14, 34)
        crown = dice.between(height // 6, height // 2)
        draw.polygon(
            [(foot - thick, height), (foot - thick // 3, crown), (foot + thick // 3, crown), (foot + thick, height)],
            fill=shade(colours[3], dice.between(-10, 20)),
        )
        for _ in range(dice.between(16, 26)):
            x, y, r = foot + dice.between(-90, 90), crown + dice.between(-70, 60), dice.between(12, 36)
            green = shade(colours[2], dice.between(-40, 40))
            draw.ellipse((x - r, y - r * 3 // 4, x + r, y + r * 3 // 4), fill=green, outline=shade(green, -35))


def room(draw: ImageDraw.ImageDraw, size: tuple[int, int], dice: Dice, colours: Palette) -> None:
    """A papered wall, shelves full of things, a window, boards on the floor."""
    width, height = size
    floor = height * 3 // 4
    step, tone = dice.between(26, 44), shade(colours[1], -26)
    for x in range(0, width, step):
        for y in range(0, floor, step):
            if (x // step + y // step) % 2:
                draw.polygon([(x, y - 7), (x + 7, y), (x, y + 7), (x - 7, y)], fill=tone)
    left = dice.between(40, width - 240)
    draw.rectangle((left, 50, left + 180, 50 + floor // 2), fill=colours[5], outline=colours[3], width=9)
    draw.line((left + 90, 50, left + 90, 50 + floor // 2), fill=colours[3], width=6)
    for shelf in range(dice.between(2, 4)):
        x, y = dice.below(width - 200), dice.between(80, floor - 40)
        draw.rectangle((x, y, x + 200, y + 9), fill=colours[3])
        for item in range(x + 6, x + 184, dice.between(13, 22)):
            tall = dice.between(20, 58)
            draw.rectangle(
                (item, y - tall, item + dice.between(8, 15), y),
                fill=shade(colours[(shelf + item) % 5], dice.between(-30, 30)),
                outline=colours[3],
            )
    for row, y in enumerate(range(floor, height, 24)):
        draw.rectangle((0, y, width, y + 24), fill=shade(colours[2], -14 if row % 2 else 6))
        for x in range(dice.below(70), width, dice.between(80, 140)):
            draw.rectangle((x, y, x + 3, y + 24), fill=shade(colours[2], -50))


def sea(draw: ImageDraw.ImageDraw, size: tuple[int, int], dice: Dice, colours: Palette) -> None:
    """Waves in rows, rocks, a light or a sail, birds."""
    width, height = size
    x, y, r = dice.between(80, width - 80), dice.between(50, height // 3), dice.between(28, 60)
    draw.ellipse((x - r, y - r, x + r, y + r), fill=colours[5])
    for row, y in enumerate(range(height // 2, height, 26)):
        tone, start = shade(colours[2], -row * 7), -dice.below(80)
        for x in range(start, width, dice.between(44, 90)):
            lift = dice.between(10, 26)
            draw.polygon(
                [(x, y + 40), (x + 20, y - lift), (x + 34, y - lift // 3), (x + 66, y + 40)],
                fill=shade(tone, dice.between(-16, 16)),
                outline=shade(colours[5], -40),
            )
    for _ in range(dice.between(3, 6)):
        x, wide, tall = dice.below(width), dice.between(50, 130), dice.between(60, 190)
        points = [
            (x - wide, height),
            (x - wide // 2, height - tall // 2),
            (x, height - tall),
            (x + wide // 3, height - tall * 2 // 3),
            (x + wide, height),
        ]
        draw.polygon(points, fill=colours[3], outline=shade(colours[3], 40))
    for _ in range(dice.between(4, 9)):
        x, y = dice.below(width), dice.below(height // 3)
        draw.line([(x - 14, y - 7), (x, y), (x + 14, y - 7)], fill=colours[3], width=4)


def rush(draw: ImageDraw.ImageDraw, size: tuple[int, int], dice: Dice, colours: Palette) -> None:
    """Lines of speed towards one point, with flying pieces."""
    width, height = size
    aim = (dice.between(width // 3, width * 2 // 3), dice.between(height // 3, height * 2 // 3))
    for _ in range(64):
        edge = dice.below(2 * (width + height))
        start = (edge, 0) if edge < width else (width, edge - width)
        if edge >= width + height:
            rest = edge - width - height
            start = (rest, height) if rest < width else (0, rest - width)
        spread, ink = dice.between(3, 20), shade(colours[3 if dice.chance(60) else 4], dice.between(-20, 30))
        draw.polygon([(start[0] - spread, start[1]), (start[0] + spread, start[1] + spread), aim], fill=ink)
    for _ in range(24):
        x, y, r = dice.below(width), dice.below(height), dice.between(6, 24)
        draw.polygon(
            [(x - r, y), (x, y - dice.between(4, r)), (x + r, y + 3), (x + 2, y + r)],
            fill=colours[5],
            outline=colours[3],
        )


def peaks(draw: ImageDraw.ImageDraw, size: tuple[int, int], dice: Dice, colours: Palette) -> None:
    """Mountains with snow and shadow, stars, a railway or a road below."""
    width, height = size
    for _ in range(50):
        x, y, r = dice.below(width), dice.below(height // 2), dice.between(2, 6)
        draw.polygon([(x, y - 2 * r), (x + r, y), (x, y + 2 * r), (x - r, y)], fill=colours[5])
    for layer in (2, 3):
        for _ in range(4):
            x, wide, tall = dice.below(width), dice.between(120, 260), dice.between(height // 4, height * 2 // 3)
            top, tone = height - tall, shade(colours[layer], dice.between(-12, 18))
            draw.polygon([(x - wide, height), (x, top), (x + wide, height)], fill=tone)
            draw.polygon([(x, top), (x + wide, height), (x + wide // 5, height)], fill=shade(tone, -26))
            draw.polygon(
                [(x, top), (x - wide // 6, top + tall // 6), (x, top + tall // 9), (x + wide // 6, top + tall // 6)],
                fill=colours[5],
            )
    y = height - dice.between(30, 70)
    for x in range(0, width, dice.between(30, 46)):
        draw.rectangle((x, y - 8, x + 12, y + 16), fill=shade(colours[3], -16), outline=colours[4])
    draw.rectangle((0, y, width, y + 6), fill=colours[4])


PLACES = (city, forest, room, sea, rush, peaks)
