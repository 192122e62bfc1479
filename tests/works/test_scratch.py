"""Pictures set aside come back as they were."""

import numpy as np

from marque.signals.pictures.images import Picture
from marque.works.scratch import Scratch
from marque.works.strip import PIXELS


def test_pictures_come_back() -> None:
    rng = np.random.default_rng(1)
    pictures = [Picture(720, n, rng.integers(0, 256, (n, PIXELS)).astype(np.uint8)) for n in (1, 700, 30)]
    with Scratch() as scratch:
        kept = [scratch.keep(str(number), picture) for number, picture in enumerate(pictures)]
        for one, picture in reversed(list(zip(kept, pictures, strict=True))):
            assert scratch.read(one).grey.tolist() == picture.grey.tolist()
        assert scratch.get("1") == kept[1]
        assert scratch.get("none") is None
