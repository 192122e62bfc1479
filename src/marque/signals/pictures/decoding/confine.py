"""What a process that touches hostile bytes gives up: memory, files, network, other processes, its environment.

Limits hold everywhere. The filter of system calls is the kernel's (seccomp); where the kernel or the processor has none
for us, the limits stand alone. None of this makes a decoder right: it makes a broken one harmless.
"""

import csv
import ctypes
import os
import platform
import resource
import struct
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

ROOM = 400 << 20  # address space beyond what the process has when it begins: 20 million pixels of any format fit

_CALLS = Path(__file__).parent / "syscalls.csv"
_MACHINES = {"x86_64": ("x86_64", 0xC000003E), "aarch64": ("aarch64", 0xC00000B7)}  # column, the kernel's name for it
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
_FILTER = 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # instructions of the kernel's packet filter
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050001, 0x80000000  # refuse: the call returns EPERM
_FOREIGN_ABI = 0x40000000  # x86-64: call numbers of the 32-bit pointer interface begin here
_SIGKILL = 9


class Cage:
    """What confining takes, fetched beforehand: once confined, nothing can be fetched."""

    def __init__(self) -> None:
        self.libc = ctypes.CDLL(None)
        known = _MACHINES.get(platform.machine())
        self.filter = program(refused_calls(known[0]), known[1]) if known else b""


def confine(cage: Cage, keep: Sequence[int], room: int = ROOM) -> None:
    """Give up everything but computing and the open files in `keep`. There is no way back."""
    libc, refused = cage.libc, cage.filter
    _close_others(keep)
    os.chdir("/")
    os.environ.clear()
    _limit(room)
    for option, value in ((_PR_SET_PDEATHSIG, _SIGKILL), (_PR_SET_DUMPABLE, 0), (_PR_SET_NO_NEW_PRIVS, 1)):
        libc.prctl(option, value, 0, 0, 0)
    held = ctypes.create_string_buffer(refused, len(refused))
    described = struct.pack("HxxxxxxP", len(refused) // 8, ctypes.addressof(held))
    libc.prctl(
        _PR_SET_SECCOMP, _FILTER, ctypes.c_char_p(described), 0, 0
    )  # an empty one is refused, and changes nothing


def _close_others(keep: Sequence[int]) -> None:
    for path in list(Path("/proc/self/fd").iterdir()):
        if int(path.name) not in keep:
            with suppress(OSError):  # the listing's own
                os.close(int(path.name))


def _limit(room: int) -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limits = {
        resource.RLIMIT_AS: pages * resource.getpagesize() + room,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 0,  # those open stay open; no further file or socket can be
        resource.RLIMIT_NPROC: 0,
    }
    for limit, value in limits.items():
        resource.setrlimit(limit, (value, value))


def refused_calls(machine: str) -> list[int]:
    """Numbers of the system calls that open, send, start or change anything outside the process."""
    with _CALLS.open(encoding="utf-8", newline="") as stream:
        return sorted(int(row[machine]) for row in csv.DictReader(stream) if row[machine])


def program(calls: Sequence[int], machine: int) -> bytes:
    """The kernel's filter: another machine's calls end the process, the named ones are refused, the rest may pass."""

    def instruction(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
        return struct.pack("HBBI", code, yes, no, value)

    tests = [instruction(_AT_LEAST, _FOREIGN_ABI, len(calls) + 1)]
    tests += [instruction(_EQUAL, call, len(calls) - number) for number, call in enumerate(calls)]
    return b"".join(
        [
            instruction(_LOAD, 4),
            instruction(_EQUAL, machine, 1),
            instruction(_RETURN, _KILL),
            instruction(_LOAD, 0),
            *tests,
            instruction(_RETURN, _ALLOW),
            instruction(_RETURN, _REFUSE),
        ]
    )
