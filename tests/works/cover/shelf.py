"""Fingerprints of drawn covers, made in this process: these bytes are our own."""

from collections.abc import Sequence

import pyarrow as pa
from PIL import Image

from marque.signals.pictures import images
from marque.works.cover import model, reference
from marque.works.cover.raster import PIXELS, rasters
from tests.works.cover import covers


def fingerprint(data: bytes) -> pa.Table:
    found = rasters(images.decode(data, "cover", PIXELS).grey)
    return model.as_table(found) if found else model.TABLE.empty_table()


def reference_of(pictures: Sequence[Image.Image]) -> reference.Reference:
    """As a holder would register them: large, hardly compressed."""
    return reference.build([fingerprint(covers.jpeg(picture, 480, 90)) for picture in pictures])
