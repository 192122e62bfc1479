"""Every hostile file costs bounded memory and time, is named, and never ends in a traceback.

Each is read in a process of its own with a limit on address space; what it took is printed as a table (`-s`).
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.evidence.hostile import FILES

ROOT = Path(__file__).parents[2]
SPACE = 1_400 << 20
SECONDS = 60
CHILD = """
import json, resource, sys, time
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, ({space}, {space}))
from marque.errors import InputRefused
from marque.evidence import captures, read
from marque.evidence.model import Problem
start, codes, records = time.process_time(), {{}}, 0
try:
    for item in read.read(captures.outside(Path(sys.argv[1]))):
        rows = [item] if isinstance(item, Problem) else item.record.problems
        records += not isinstance(item, Problem)
        for problem in rows:
            codes[problem.code] = codes.get(problem.code, 0) + 1
except InputRefused as refused:
    codes[refused.code] = 1
took = time.process_time() - start
status = Path("/proc/self/status").read_text()
peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
print(json.dumps({{"codes": codes, "records": records, "seconds": round(took, 1), "mib": round(peak)}}))
"""


def read_apart(path: Path) -> dict[str, object]:
    """What reading gave and took."""
    command = [sys.executable, "-W", "error", "-c", CHILD.format(space=SPACE), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS * 3, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_bounded_and_named(tmp_path: Path, name: str) -> None:
    make, code = FILES[name]
    path = tmp_path / "x"
    path.write_bytes(make())
    found = read_apart(path)
    codes = found["codes"]
    assert isinstance(codes, dict)
    size = path.stat().st_size / 1024
    took = f"{size:10.0f} KiB {found['mib']:>6} MiB {found['seconds']:>6} s"
    print(f"\n{name:32} {took}  {sorted(codes)}")
    assert code is None or code in codes
    assert float(str(found["seconds"])) < SECONDS
    assert int(str(found["mib"])) < 900
