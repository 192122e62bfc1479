"""Covers of invented series, drawn anew for a number; volumes of a series share lettering, frame and colours."""

import io
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageEnhance

from marque.training.dice import Dice
from marque.training.strips.figures import figure
from marque.training.strips.lettering import font
from marque.training.strips.scenes import PALETTES, PLACES, paint, sky

Pixels = npt.NDArray[np.uint8]

_WORDS = ("Moon", "River", "Crown", "Ash", "Garden", "Night", "Stone", "Return", "Blade", "Winter", "Lotus", "Tower")
_KOREAN = ("달의", "강", "검은", "왕관", "마지막", "정원", "밤", "돌", "귀환", "겨울", "연꽃", "탑")
_WIDTH, _HEIGHTS = 480, (720, 672, 640)  # 2:3, 5:7, 3:4


def cover(series: int, volume: int = 1) -> Image.Image:
    """A volume's cover: the series' layout and lettering, the volume's own picture and number."""
    cast = Dice("cover", series)
    height = cast.of("shape").pick(_HEIGHTS)
    image = _art(cast, cast.of("volume", volume), height)
    draw, look = ImageDraw.Draw(image), cast.of("look")
    ink, ground = look.pick(((255, 255, 255), (20, 20, 24), (250, 220, 60))), look.pick(PALETTES)[look.below(6)]
    title = " ".join(cast.of("title").sample(_KOREAN if look.chance(40) else _WORDS, 2))
    face = font("ko", look.between(56, 84))
    top = look.pick((24, 30, height - 190))
    if look.chance(40):
        draw.rectangle((0, top - 20, _WIDTH, top + 150), fill=ground)
    for at, word in enumerate(title.split()):
        draw.text((look.between(16, 60), top + 66 * at), word, font=face, fill=ink, stroke_width=3, stroke_fill=ground)
    draw.text(
        (_WIDTH - 90, height - 70), str(volume), font=font("en", 54), fill=ink, stroke_width=2, stroke_fill=ground
    )
    draw.text((24, height - 44), f"by {look.text('aeimnorstu', 8)}", font=font("en", 24), fill=ink)
    if look.chance(30):
        draw.rectangle((0, 0, _WIDTH - 1, height - 1), outline=ground, width=look.between(8, 18))
    draw.rectangle((_WIDTH - 70, 14, _WIDTH - 14, 40), fill=(200, 30, 40))
    draw.text((_WIDTH - 64, 14), "HC", font=font("en", 20), fill=(255, 255, 255))
    return image


def _art(cast: Dice, own: Dice, height: int) -> Image.Image:
    colours = PALETTES[own.of("palette").below(len(PALETTES))]
    image = sky(_WIDTH, height, colours[0], colours[1])
    PLACES[own.below(len(PLACES))](ImageDraw.Draw(image), image.size, own.of("place"), colours)
    image = paint(image, own.of("paint"), 17, 22)
    draw = ImageDraw.Draw(image)
    for at in range(own.between(1, 3)):
        foot = (own.between(80, _WIDTH - 80), height + own.between(-40, 160))
        figure(draw, foot, own.between(110, 230), cast.of("who", at), own.of("pose", at), colours)
    return paint(image, own.of("grain"), 3, 6)


def photograph(number: int) -> Image.Image:
    """What else a page shows at a cover's size: places without persons or title, as a shop or a blog may show."""
    dice = Dice("photograph", number)
    colours = dice.pick(PALETTES)
    image = sky(_WIDTH, dice.pick(_HEIGHTS), colours[0], colours[1])
    dice.pick(PLACES)(ImageDraw.Draw(image), image.size, dice.of("place"), colours)
    return paint(image, dice.of("paint"), 17, 30)


def jpeg(image: Image.Image, width: int, quality: int) -> bytes:
    """The picture as a page delivers it."""
    out = io.BytesIO()
    height = round(image.height * width / image.width)
    image.convert("RGB").resize((width, height), Image.Resampling.LANCZOS).save(out, "JPEG", quality=quality)
    return out.getvalue()


def cropped(image: Image.Image, ratio: float, at: float) -> Image.Image:
    """Cut above and below (or left and right) to height over width; `at` 0 keeps the top, 1 the foot."""
    height = min(image.height, round(image.width * ratio))
    width = min(image.width, round(image.height / ratio))
    left, top = round((image.width - width) * 0.5), round((image.height - height) * at)
    return image.crop((left, top, left + width, top + height))


def badged(image: Image.Image) -> Image.Image:
    """A number, a flag and a ribbon in three corners: fifteen per cent of the picture."""
    image, (w, h) = image.copy(), image.size
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, w * 40 // 100, h * 9 // 100), fill=(230, 40, 60))
    draw.text((w * 4 // 100, h * 1 // 100), "Ch. 128", font=font("en", w // 14), fill=(255, 255, 255))
    for stripe in range(3):
        colour = ((20, 60, 160), (255, 255, 255), (200, 30, 40))[stripe]
        left = w * (70 + 9 * stripe) // 100
        draw.rectangle((left, h * 2 // 100, left + w * 9 // 100, h * 13 // 100), fill=colour)
    draw.polygon([(w, h * 60 // 100), (w, h), (w * 60 // 100, h)], fill=(40, 160, 80))
    return image


def barred(image: Image.Image) -> Image.Image:
    """The site's own title drawn over the foot."""
    image, (w, h) = image.copy().convert("RGBA"), image.size
    over = Image.new("RGBA", image.size)
    draw = ImageDraw.Draw(over)
    draw.rectangle((0, h * 80 // 100, w, h), fill=(0, 0, 0, 190))
    draw.text((w * 5 // 100, h * 83 // 100), "Read online", font=font("en", w // 9), fill=(255, 255, 255, 255))
    return Image.alpha_composite(image, over).convert("RGB")


def framed(image: Image.Image) -> Image.Image:
    """A white border of six per cent."""
    edge = image.width * 6 // 100
    out = Image.new("RGB", (image.width + 2 * edge, image.height + 2 * edge), (255, 255, 255))
    out.paste(image, (edge, edge))
    return out


def pillared(image: Image.Image) -> Image.Image:
    """Set into a dark square."""
    out = Image.new("RGB", (image.height, image.height), (16, 16, 20))
    out.paste(image, ((image.height - image.width) // 2, 0))
    return out


def rounded(image: Image.Image) -> Image.Image:
    """Corners cut round on white."""
    mask = Image.new("L", image.size)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, image.width - 1, image.height - 1), image.width // 8, fill=255)
    out = Image.new("RGB", image.size, (255, 255, 255))
    out.paste(image, (0, 0), mask)
    return out


def washed(image: Image.Image) -> Image.Image:
    """Greyed out and pale, as what is not to be had any more is shown."""
    pale = ImageEnhance.Contrast(image.convert("L").convert("RGB")).enhance(0.45)
    return ImageEnhance.Brightness(pale).enhance(1.3)


def hard(image: Image.Image) -> Image.Image:
    """Contrast and gamma."""
    table = [min(255, round(255 * (at / 255) ** 0.6)) for at in range(256)] * 3
    return ImageEnhance.Contrast(image.point(table)).enhance(1.5)


def mirrored(image: Image.Image) -> Image.Image:
    return image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)


def squeezed(image: Image.Image) -> Image.Image:
    """Pressed to 3:4 instead of cut."""
    return image.resize((image.width, image.width * 4 // 3))


def all_at_once(image: Image.Image) -> Image.Image:
    return barred(badged(cropped(image, 4 / 3, 0.3)))


ATTACKS: dict[str, Callable[[Image.Image], bytes]] = {
    "400 px, quality 80": lambda image: jpeg(image, 400, 80),
    "100 px, quality 30": lambda image: jpeg(image, 100, 30),
    "cut to 3:4": lambda image: jpeg(cropped(image, 4 / 3, 0.5), 160, 50),
    "cut to 3:4 from the top": lambda image: jpeg(cropped(image, 4 / 3, 0.0), 160, 50),
    "cut to a square": lambda image: jpeg(cropped(image, 1.0, 0.25), 160, 50),
    "cut to 1:2 at the sides": lambda image: jpeg(cropped(image, 2.0, 0.5), 160, 50),
    "badges over 15 %": lambda image: jpeg(badged(image), 160, 50),
    "title bar over the foot": lambda image: jpeg(barred(image), 160, 50),
    "grey and pale": lambda image: jpeg(washed(image), 160, 50),
    "contrast and gamma": lambda image: jpeg(hard(image), 160, 50),
    "mirrored": lambda image: jpeg(mirrored(image), 160, 50),
    "white border": lambda image: jpeg(framed(image), 160, 50),
    "in a dark square": lambda image: jpeg(pillared(image), 200, 50),
    "round corners": lambda image: jpeg(rounded(image), 160, 50),
    "pressed to 3:4": lambda image: jpeg(squeezed(image), 160, 50),
    "3:4, badges, bar, 120 px, quality 30": lambda image: jpeg(all_at_once(image), 120, 30),
    "mirrored, 3:4, badges, bar, 120 px, quality 30": lambda image: jpeg(all_at_once(mirrored(image)), 120, 30),
}
