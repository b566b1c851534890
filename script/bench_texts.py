"""How long reading takes: hostile teaching files, all that ship, and two long texts beside each other."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench_serving import PYTHON, ROOT


def texts(_: Path) -> None:
    """Run the measures with the packages of the program."""
    command, env = [PYTHON, str(Path(__file__).resolve())], {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=ROOT, env=env, check=True)


def measure() -> None:
    """Print each measure's seconds of work, the slowest hostile file first."""
    from tests.curricula.hostile import HOSTILE  # noqa: PLC0415 (only where the packages are)
    from tests.curricula.written import SOURCES  # noqa: PLC0415
    from workshops.curricula.differences import difference  # noqa: PLC0415
    from workshops.curricula.library import read_catalogue  # noqa: PLC0415
    from workshops.curricula.reading import read_curriculum  # noqa: PLC0415
    from workshops.curricula.texts import texts_in  # noqa: PLC0415

    def reading(text: str) -> Callable[[], object]:
        return lambda: read_curriculum(text, file="", sources=SOURCES)

    spent = {name: work(reading(text)) for name, text in HOSTILE.items()}
    for name in sorted(spent, key=lambda each: -spent[each]):
        print(f"{name:>20}: {spent[name]:5.2f} s")
    shipped = texts_in(ROOT / "curricula")
    print(f"{'all that ship':>20}: {work(lambda: read_catalogue(shipped)):5.2f} s")
    again = ["\n".join(str(number * turn % 150) for number in range(9_900)) for turn in (1, 7)]
    other = ["\n".join(f"{number * (number % turn)}" for number in range(4_000)) for turn in (2, 3)]
    slowest = max(work(lambda: difference(*again)), work(lambda: difference(*other)))
    print(f"{'difference':>20}: {slowest:5.2f} s")


def work(do: Callable[[], object]) -> float:
    """Seconds of work that something takes."""
    began = time.process_time()
    do()
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(measure())
