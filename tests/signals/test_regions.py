"""Other people's words: where they begin and end, and that nobody can hide a whole page in them."""

import pytest

from tests.signals.captured import sightings

HANDLE = '<a href="https://t.me/{name}">x</a>'


def roles(page: str) -> dict[str, str]:
    return {s.value.partition(":")[2]: s.role for s in sightings(page, "chat-handle")}


@pytest.mark.parametrize(
    "opening",
    [
        pytest.param('<div id="comments" class="comments-area">', id="wordpress"),
        pytest.param('<section class="x donor-list y">', id="donors"),
        pytest.param("<ol class=commentlist>", id="unquoted"),
        pytest.param('<article itemprop="comment">', id="microdata"),
        pytest.param('<DIV CLASS="Comment-Body">', id="capitals"),
    ],
)
def test_inside_is_a_bystander_outside_is_the_site(opening: str) -> None:
    tag = opening[1:].split()[0].lower()
    inside = f"{opening}<{tag}>{HANDLE.format(name='inside')}</{tag}></{tag}>"
    page = f"<body>{HANDLE.format(name='before')}{inside}{HANDLE.format(name='after')}</body>"
    assert roles(page) == {"before": "site", "inside": "bystander", "after": "site"}


def test_tags_in_scripts_and_comments_do_not_count() -> None:
    trick = '<script>"</div></div>"</script><!-- </div> -->'
    page = f'<div class="comments">{trick}{HANDLE.format(name="inside")}</div>{HANDLE.format(name="after")}'
    assert roles(page) == {"inside": "bystander", "after": "site"}


def test_a_whole_page_is_no_comment() -> None:
    page = f'<div class="comments"><h1>Toon</h1>{HANDLE.format(name="owner")}</div>'
    assert roles(page) == {"owner": "site"}


def test_never_closed_runs_to_the_end() -> None:
    page = f'{HANDLE.format(name="before")}<div class="comments">{HANDLE.format(name="inside")}'
    assert roles(page) == {"before": "site", "inside": "bystander"}
