"""People: heads with hair and eyes, bodies in patterned clothes, each of a work drawn alike from panel to panel."""

from PIL import ImageDraw

from marque.training.dice import Dice
from marque.training.strips.scenes import Colour, Palette, shade

_SKIN: tuple[Colour, ...] = ((250, 224, 200), (234, 196, 162), (206, 156, 120), (156, 108, 80))
_INK: Colour = (24, 20, 28)


def figure(draw: ImageDraw.ImageDraw, foot: tuple[int, int], size: int, who: Dice, now: Dice, colours: Palette) -> None:
    """One person. `who` fixes the looks, `now` the pose; `size` is the height of the head."""
    x, y = foot
    skin, hair, cloth = who.pick(_SKIN), who.pick(colours[:5]), who.pick(colours[1:5])
    _body(draw, x, y, size, shade(cloth, who.between(-20, 20)), who)
    head = y - size * 5 // 2
    lean = now.between(-size // 6, size // 6)
    _hair(draw, x + lean, head, size, shade(hair, -24), who.of("back"), back=True)
    box = (x + lean - size * 2 // 5, head - size // 2, x + lean + size * 2 // 5, head + size // 2)
    draw.ellipse(box, fill=skin, outline=_INK, width=3)
    _face(draw, x + lean, head, size, now, colours)
    _hair(draw, x + lean, head, size, hair, who.of("front"), back=False)


def _body(draw: ImageDraw.ImageDraw, x: int, y: int, size: int, cloth: Colour, who: Dice) -> None:
    top, wide = y - size * 2, size * who.between(7, 10) // 10
    shape = [
        (x - wide // 2, top),
        (x + wide // 2, top),
        (x + wide, top + size // 3),
        (x + wide, y),
        (x - wide, y),
        (x - wide, top + size // 3),
    ]
    draw.polygon(shape, fill=cloth, outline=_INK)
    pattern = who.below(3)
    for at, down in enumerate(range(top + size // 3, y - 8, max(12, size // 4))):
        if pattern == 0:
            draw.rectangle((x - wide + 3, down, x + wide - 3, down + size // 10), fill=shade(cloth, 46))
        for across in range(x - wide + 10, x + wide - 10, max(14, size // 4)):
            if pattern == 1:
                draw.ellipse((across, down, across + size // 9, down + size // 9), fill=shade(cloth, -50))
            if pattern == 2:
                draw.polygon(
                    [(across, down), (across + size // 8, down + size // 6), (across - size // 8, down + size // 6)],
                    fill=shade(cloth, 40 if at % 2 else -40),
                )
    draw.polygon(
        [(x - wide // 3, top), (x, top + size // 2), (x + wide // 3, top)], fill=shade(cloth, -60), outline=_INK
    )


def _hair(draw: ImageDraw.ImageDraw, x: int, y: int, size: int, tone: Colour, who: Dice, *, back: bool) -> None:
    reach = size * who.between(9, 15) // 10 if back else size * who.between(1, 4) // 10
    left, right, points = x - size // 2, x + size // 2, []
    for across in range(left, right + 1, max(6, size // 7)):
        points.append((across, y - size * who.between(5, 8) // 10))
    for across in range(right, left - 1, -max(6, size // 7)):
        points.append((across, y - size // 3 + reach * who.between(4, 10) // 10))
    draw.polygon(points, fill=tone, outline=_INK)


def _face(draw: ImageDraw.ImageDraw, x: int, y: int, size: int, now: Dice, colours: Palette) -> None:
    wide, tall = size // 7, size * now.between(8, 16) // 80
    for side in (-1, 1):
        eye = x + side * size // 6
        draw.ellipse(
            (eye - wide // 2, y - tall, eye + wide // 2, y + tall), fill=(255, 255, 255), outline=_INK, width=2
        )
        draw.ellipse((eye - wide // 4, y - tall * 2 // 3, eye + wide // 4, y + tall * 2 // 3), fill=colours[4])
        draw.rectangle((eye - 1, y - tall // 2, eye + 2, y - tall // 4), fill=(255, 255, 255))
        slope = now.between(-size // 16, size // 16)
        draw.line(
            (eye - wide // 2, y - tall - size // 12 - slope, eye + wide // 2, y - tall - size // 12 + slope),
            fill=_INK,
            width=4,
        )
    mouth = y + size // 4
    open_by = now.below(size // 7 + 1)
    draw.ellipse(
        (x - size // 9, mouth - open_by // 2, x + size // 9, mouth + open_by // 2 + 3),
        fill=(150, 50, 60),
        outline=_INK,
        width=2,
    )
