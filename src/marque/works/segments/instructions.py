"""Two instructions of the processor that numba does not offer, and how what uses them is compiled and kept."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

Function = TypeVar("Function", bound=Callable[..., Any])

_generating: Any = cgutils
ir = _generating.ir  # of llvmlite, that numba is made with

_BYTES, _NUMBER = ir.IntType(8).as_pointer(), ir.IntType(32)
_READ, _KEEP, _DATA = _NUMBER(0), _NUMBER(3), _NUMBER(1)


def compiled(function: Function) -> Function:
    """The function as machine code, made when it is called first and kept on disk where that is possible."""
    try:
        return cast(Function, njit(cache=True, nogil=True)(function))
    except RuntimeError:  # nowhere to keep compiled code
        return cast(Function, njit(nogil=True)(function))


def _count(_typing: Any, word: Any) -> Any:
    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint64(types.uint64), generate


def _prefetch(_typing: Any, array: Any, at: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        place = builder.bitcast(builder.gep(data, [arguments[1]]), _BYTES)
        kind = ir.FunctionType(ir.VoidType(), [_BYTES, _NUMBER, _NUMBER, _NUMBER])
        fetch = _generating.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        builder.call(fetch, [place, _READ, _KEEP, _DATA])
        return context.get_dummy_value()

    return types.void(array, types.uint64), generate


ones: Any = intrinsic(_count)  # bits set in a word of 64
fetch: Any = intrinsic(_prefetch)  # begin to read an element of a flat array; harmless where there is none
