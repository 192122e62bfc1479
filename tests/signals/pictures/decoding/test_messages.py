"""Messages survive the pipe, and are small enough never to be torn."""

import select

from hypothesis import given, settings
from hypothesis import strategies as st

from marque.signals.pictures.decoding import messages
from marque.signals.pictures.decoding.messages import Answer, Request
from marque.signals.pictures.images import PROBLEMS

WORD = st.integers(0, 2**32 - 1)


@settings(deadline=None)  # a busy machine is no failure
@given(st.integers(0, 2**64 - 1), WORD, WORD, WORD, WORD)
def test_requests_and_answers_come_back(number: int, a: int, b: int, c: int, d: int) -> None:
    request, answer = Request(number, a, b, c, d), Answer(number, a, b, c, d)
    assert messages.unpack_request(messages.pack_request(request)) == request
    assert messages.unpack_answer(messages.pack_answer(answer)) == answer
    assert (answer.code is None) == (not 0 < a <= len(PROBLEMS))


def test_no_message_is_torn() -> None:
    assert max(messages.REQUEST_BYTES, messages.ANSWER_BYTES) <= select.PIPE_BUF
