"""Text for tests: sentences of a language that nobody speaks, with a vocabulary that follows a power law."""

import random

_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "or", "is")]


def prose(seed: int, words: int = 3_000) -> str:
    """Sentences of twelve words, the same for the same seed."""
    dice = random.Random(seed)
    known = ["".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4))) for _ in range(1_500)]
    drawn = dice.choices(known, [1 / (rank + 3) for rank in range(len(known))], k=words)
    return ". ".join(" ".join(drawn[at : at + 12]) for at in range(0, words, 12))
