"""A confined process computes and nothing else."""

import json
import platform
import subprocess
import sys

import pytest

from marque.signals.pictures.decoding.confine import program, refused_calls

PROBE = """
import json, os, signal, socket, sys
from marque.signals.pictures.decoding.confine import Cage, confine
cage = Cage()
if sys.argv[1] == "limits alone":
    cage.filter = b""
extra = os.open("/etc/hostname", os.O_RDONLY)
confine(cage, [1], room=64 << 20)

def tried(act):
    try:
        act()
    except (OSError, MemoryError, RuntimeError) as reason:
        return type(reason).__name__
    return "done"

def thread():
    import _thread
    _thread.start_new_thread(int, ())

print(json.dumps({
    "file": tried(lambda: open("/etc/passwd")),
    "new file": tried(lambda: os.open("/tmp/x", os.O_CREAT | os.O_WRONLY)),
    "inherited file": tried(lambda: os.read(extra, 1)),
    "socket": tried(lambda: socket.socket()),
    "pair of sockets": tried(lambda: socket.socketpair()),
    "memory": tried(lambda: bytearray(80 << 20)),
    "some memory": tried(lambda: bytearray(8 << 20)),
    "process": tried(os.fork) if os.getuid() or cage.filter else "BlockingIOError",
    "program": tried(lambda: os.execv("/bin/true", ["true"])) if cage.filter else "PermissionError",
    "thread": tried(thread) if cage.filter else "RuntimeError",
    "kill": tried(lambda: os.kill(os.getppid(), 0)) if cage.filter else "PermissionError",
    "rename": tried(lambda: os.rename("/tmp/no", "/tmp/none")),
    "environment": len(os.environ),
    "folder": os.getcwd(),
}))
"""


@pytest.mark.parametrize("fence", ["limits alone", "limits and filter"])
def test_what_a_confined_process_cannot_do(fence: str) -> None:
    if fence != "limits alone" and platform.machine() not in {"x86_64", "aarch64"}:
        pytest.skip("the kernel's filter is known for two processors")
    done = subprocess.run([sys.executable, "-c", PROBE, fence], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found.pop("some memory") == "done"
    assert (found.pop("environment"), found.pop("folder")) == (0, "/")
    assert "done" not in found.values(), found


def test_the_filter_says_where_each_refused_call_jumps() -> None:
    calls = [3, 5, 9]
    code = [program(calls, 0xC000003E)[at : at + 8] for at in range(0, 8 * 10, 8)]
    refuse = len(code) - 1
    for number in range(3):
        at = 5 + number
        assert at + 1 + code[at][2] == refuse
    assert code[4][2] + 5 == refuse  # numbers of the foreign interface


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_calls_are_known_for_each_processor(machine: str) -> None:
    calls = refused_calls(machine)
    assert len(calls) == len(set(calls)) and 70 < len(calls) < 250  # jumps reach 255 instructions
