"""Fingerprints as tables and back."""

import numpy as np
import pyarrow as pa
import pytest

from marque.errors import InputRefused
from marque.works import packed
from marque.works.audio import model
from marque.works.audio.model import Codes


def test_codes_come_back_in_order_of_time() -> None:
    codes = np.arange(64, dtype=np.uint8).reshape(2, 32)
    table = model.table(Codes(9.5, np.array([4.0, 1.0], np.float32), np.array([7.0, 8.0], np.float32), codes))
    back = model.read(table)
    assert (back.seconds, back.time.tolist(), back.pitch.tolist()) == (9.5, [1.0, 4.0], [8.0, 7.0])
    assert back.codes.tolist() == codes[::-1].tolist()


def test_silence_has_no_rows_and_travels_packed() -> None:
    none = np.zeros(0, np.float32)
    table = model.table(Codes(3.0, none, none, np.zeros((0, 32), np.uint8)))
    assert table.num_rows == 0
    assert len(model.read(table).codes) == 0
    assert packed.unpack(packed.pack(table), model.TABLE, "x").equals(table)


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(model.TABLE.empty_table().replace_schema_metadata({}), id="no version"),
        pytest.param(
            model.TABLE.empty_table().replace_schema_metadata(
                {"marque.table": "audio-fingerprint", "marque.version": "0"}
            ),
            id="another version",
        ),
        pytest.param(pa.table({"x": [1]}), id="another table"),
        pytest.param(
            pa.Table.from_pylist(
                [{"seconds": 1.0, "time": float("nan"), "pitch": 1.0, "code": bytes(32)}], model.TABLE
            ),
            id="a time that is no number",
        ),
    ],
)
def test_a_foreign_fingerprint_is_refused(table: pa.Table) -> None:
    with pytest.raises(InputRefused) as refused:
        model.read(table)
    assert refused.value.code == "works.sound-fingerprint-version"
