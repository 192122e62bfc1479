"""Text is read in the charset it is written in, named or not."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.training.prose import novel
from marque.works.text.charset import decoded

TEXTS = {name: novel(name, 3, "charsets", 3_000) for name in ("en", "es", "ko", "ja", "zh")}
TRADITIONAL = "這個時候他們還沒有從學校裡出來，門開著，裡面點著燈。老師說過，讀書的時間總是過得很快。" * 20
RUSSIAN = "В тот вечер никто не вышел из дома, и свет горел до утра. Она читала письма и плакала. " * 20


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        *(pytest.param(TEXTS[name], codec, id=f"{name} {codec}") for name, codec in (
            ("en", "utf-8"), ("es", "cp1252"), ("es", "utf-8"), ("ko", "cp949"), ("ko", "utf-8"), ("ja", "cp932"),
            ("ja", "euc_jp"), ("zh", "gb18030"), ("zh", "utf-16-le"), ("en", "utf-16-be"), ("ko", "utf-16-le"),
        )),
        pytest.param(TRADITIONAL, "big5", id="zh-Hant big5"),
        pytest.param(TRADITIONAL, "gb18030", id="zh-Hant gb18030"),
        pytest.param(RUSSIAN, "cp1251", id="ru cp1251"),
    ],
)  # fmt: skip
def test_a_charset_that_is_not_named(text: str, codec: str) -> None:
    written = text.encode(codec, "ignore")
    assert decoded(written) == written.decode(codec)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("codec", ["utf-8", "own"])
@pytest.mark.parametrize("each", [2_000, 40])
def test_empty_bytes_strewn_in_make_no_other_charset(name: str, codec: str, each: int) -> None:
    own = {"en": "ascii", "es": "cp1252", "ko": "cp949", "ja": "cp932", "zh": "gb18030"}[name]
    text = "".join(char + "\0" * (at % each == 7) for at, char in enumerate(TEXTS[name]))
    codec = own if codec == "own" else codec
    written = text.encode(codec, "ignore")
    assert decoded(written)[:500] == written.decode(codec)[:500]


def test_a_mark_names_the_charset() -> None:
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        assert decoded(mark + "한국어".encode(codec)) == "한국어"


def test_a_name_that_the_bytes_contradict_does_not_count() -> None:
    page = f'<meta charset="utf-8"><p>{TEXTS["ko"]}</p>'
    assert TEXTS["ko"][:500] in decoded(page.encode("cp949"))


@given(st.binary(max_size=2_000))
def test_any_bytes_are_some_text(data: bytes) -> None:
    assert isinstance(decoded(data), str)
