"""Blocks: tall panels in parts, and each patch in the part of its own panel, also where panels stand side by side."""

import numpy as np

from marque.works.blocks import BLOCK, Block, block_of
from marque.works.strip import Rectangle


def test_patches_lie_in_the_parts_of_their_own_panel() -> None:
    """Two tall panels side by side, a low one below: tops do not rise from block to block."""
    half = BLOCK // 2
    blocks = [
        Block(0, Rectangle(0, 0, 300, BLOCK)),
        Block(0, Rectangle(0, BLOCK, 300, BLOCK)),
        Block(1, Rectangle(320, half, 300, half)),
        Block(1, Rectangle(320, BLOCK, 300, BLOCK)),
        Block(2, Rectangle(0, 2 * BLOCK, 620, half)),
    ]
    panel = np.array([0, 0, 0, 1, 1, 1, 2], np.int32)
    y = np.array([5, BLOCK - 1, BLOCK + 5, 3, half + 9, BLOCK + 7, 2 * BLOCK + 1], np.float32)
    assert block_of(panel, y, blocks).tolist() == [0, 0, 1, 2, 2, 3, 4]
