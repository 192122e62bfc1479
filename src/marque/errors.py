"""One root for every error an operator can meet. An error is a code with parameters; `words` turns it into a sentence.

Anything else that escapes is our own bug and crashes loudly.
"""

from collections.abc import Mapping

Parameter = str | int | None


class MarqueError(Exception):
    """Something the operator can understand and act on.

    `code` names both the sentence (`<code>`) and the advice (`<code>.advice`) in the word catalogues.
    `exit_status` is what the command line ends with (contract: 2 wrong usage, 3 failed).
    """

    exit_status = 3

    def __init__(self, code: str, **params: Parameter) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Mapping[str, Parameter] = params


class WrongUsage(MarqueError):
    """The call cannot be understood or asks for what is not there; nothing was touched."""

    exit_status = 2


class InputRefused(MarqueError):
    """One input is not something marque reads. The others go on; the run ends with 1."""

    exit_status = 1


class StoreFailure(MarqueError):
    """The disk did not do what it was asked. Nothing was acknowledged; repeat after the cause is mended."""


class StoreDamaged(MarqueError):
    """What is stored is not what was sealed."""

    exit_status = 1
