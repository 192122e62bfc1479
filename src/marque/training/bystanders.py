"""People who only passed by: commenters and donors. Their addresses must never link, be indexed or leave the agency."""

import html

from marque.training.dice import LETTERS, Dice
from marque.training.markup import texts
from marque.training.model import Planted, Site

_NAMES = ("mina", "jae", "lucho", "sora", "ren", "caro", "dewi", "tomas", "huda", "yui", "beto", "nari", "elif", "omar")


def _name(dice: Dice) -> str:
    return f"{dice.pick(_NAMES)}.{dice.text(LETTERS, 5)}"


def comments(site: Site, dice: Dice) -> tuple[str, list[Planted]]:
    """A comment section under a chapter, with an address and two handles left in it."""
    words, name = texts(site.languages[0]), _name(dice)
    mail, chat, social = f"{name}@mail.test", f"{name.replace('.', '_')}_reader", f"{name.replace('.', '')}x"
    rows = [
        (name, words["seen"]),
        (_name(dice), f"{words['seen']} {mail}"),
        (_name(dice), f'<a href="https://t.me/{chat}" rel="nofollow ugc">@{chat}</a>'),
        (_name(dice), f'<a href="https://x.com/{social}" rel="nofollow ugc">{html.escape(words["seen"])}</a>'),
    ]
    items = "\n".join(
        f'<li class="comment" id="comment-{at}"><div class="comment-author vcard"><b class="fn">{who}</b></div>'
        f'<div class="comment-content"><p>{text}</p></div></li>'
        for at, (who, text) in enumerate(rows, 1)
    )
    heading = f"<h3>{words['comments']}</h3>"
    block = f'<div id="comments" class="comments-area">{heading}<ol class="comment-list">{items}</ol></div>'
    values = [("email", mail), ("chat-handle", f"telegram:{chat}"), ("chat-handle", f"x:{social}")]
    return block, [Planted(site.host, kind, value, "bystander") for kind, value in values]


def donors(site: Site, dice: Dice) -> tuple[str, list[Planted]]:
    """A list of thanks on the donation page."""
    words, mail = texts(site.languages[0]), f"{_name(dice)}@mail.test"
    rows = [f"{_name(dice)} - 5.00", f"{mail} - 12.00", f"{_name(dice)} - 3.00"]
    items = "".join(f"<li>{row}</li>" for row in rows)
    block = (
        f'<section class="donors" id="donors"><h3>{words["thanks"]}</h3><ul class="donor-list">{items}</ul></section>'
    )
    return block, [Planted(site.host, "email", mail, "bystander")]
