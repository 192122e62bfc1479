"""What a work is called: in the reader's language where there is such a title, with the others beside it."""

import pytest
from django.test import Client

from marque.web.loading.titles import chosen
from tests.web import world

TITLES = {"en": "Harbour Librarian", "ko": "항구의 사서", "pt-BR": "Bibliotecária do Porto"}


@pytest.mark.parametrize(
    ("language", "tag"),
    [("ko", "ko"), ("en", "en"), ("pt", "pt-BR"), ("fr", "en"), ("ar-XB", "en"), ("", "en")],
)
def test_the_title_for_a_reader(language: str, tag: str) -> None:
    assert chosen(TITLES, language) == (tag, TITLES[tag])


@pytest.mark.parametrize("titles", [{}, {"ko": ""}])
def test_a_work_without_a_title(titles: dict[str, str]) -> None:
    assert chosen(titles, "ko") is None


@pytest.mark.parametrize(("language", "title"), [("en", "The Moonlit Swordsman"), ("ko", world.KOREAN)])
@pytest.mark.parametrize("address", ["/", "/works", "/works/moonlit", f"/sites/{world.OPERATOR[1]}"])
def test_every_page_says_it_in_the_readers_language(client: Client, address: str, language: str, title: str) -> None:
    client.cookies["language"] = language
    body = client.get(address).content.decode()
    assert f'<bdi lang="{language}">{title}</bdi>' in body


def test_the_list_shows_the_other_titles(client: Client) -> None:
    client.cookies["language"] = "ko"
    assert '<bdi class="muted small" lang="ja">月光の剣士</bdi>' in client.get("/works").content.decode()
