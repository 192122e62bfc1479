"""Becomes the program that reads text, after giving up what it does not need: `python -m ...launcher PROGRAM ARGS`.

The program opens its language data itself, so it cannot be shut in as a decoder of pictures is. It may open files to
read, and nothing else: no network, no other process, no writing, bounded memory and processor time, no environment.
"""

import csv
import ctypes
import os
import platform
import resource
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

from marque.signals.pictures.decoding import confine

MEMORY, SECONDS, FILES = 700 << 20, 30, 64
_NEEDED = ("openat", "execve")  # of the calls a decoder is refused
_CALLS = Path(confine.__file__).parent / "syscalls.csv"
_MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # the kernel's names for them
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _FILTER, _SIGKILL = 1, 22, 38, 2, 9
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06  # instructions of the kernel's filter
_ALLOW, _REFUSE, _KILL, _FOREIGN_ABI = 0x7FFF0000, 0x00050001, 0x80000000, 0x40000000
_NUMBER, _ARCHITECTURE, _THIRD = 0, 4, 32  # where the filter finds what was called, and with which flags
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main(program: str, *arguments: str) -> None:
    """Shut this process in and become the program. Output goes where ours went."""
    libc = ctypes.CDLL(None)
    os.chdir("/")
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: FILES,
        resource.RLIMIT_NPROC: 0,
    }
    for limit, value in limits.items():
        resource.setrlimit(limit, (value, value))
    for option, number in ((_PR_SET_PDEATHSIG, _SIGKILL), (_PR_SET_NO_NEW_PRIVS, 1)):
        libc.prctl(option, number, 0, 0, 0)
    refused = filter_of(platform.machine())
    held = ctypes.create_string_buffer(refused, len(refused))
    described = struct.pack("HxxxxxxP", len(refused) // 8, ctypes.addressof(held))
    libc.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.c_char_p(described), 0, 0)  # an empty one is refused, and does nothing
    os.execve(program, [program, *arguments], {"OMP_THREAD_LIMIT": "1"})  # noqa: S606 - what this module is for


def filter_of(machine: str) -> bytes:
    """The kernel's filter for a machine; b"" for one we have no numbers for: there the limits stand alone."""
    if machine not in _MACHINES:
        return b""
    with _CALLS.open(encoding="utf-8", newline="") as stream:
        numbers = {row["call"]: int(row[machine]) for row in csv.DictReader(stream) if row[machine]}
    refused = sorted(number for call, number in numbers.items() if call not in _NEEDED)
    return b"".join(struct.pack("HBBI", *each) for each in _program(refused, numbers["openat"], _MACHINES[machine]))


def _program(refused: list[int], opening: int, machine: int) -> Iterable[tuple[int, int, int, int]]:
    """Instructions (code, steps where it holds, steps where not, value): refuse by number, and opening to write."""
    yield _LOAD, 0, 0, _ARCHITECTURE
    yield _EQUAL, 1, 0, machine
    yield _RETURN, 0, 0, _KILL
    yield _LOAD, 0, 0, _NUMBER
    yield _AT_LEAST, len(refused) + 4, 0, _FOREIGN_ABI
    for at, number in enumerate(refused):
        yield _EQUAL, len(refused) - at + 3, 0, number
    yield _EQUAL, 0, 2, opening
    yield _LOAD, 0, 0, _THIRD
    yield _ANY_BIT, 1, 0, _WRITES
    yield _RETURN, 0, 0, _ALLOW
    yield _RETURN, 0, 0, _REFUSE


if __name__ == "__main__":
    main(*sys.argv[1:])
