"""Bad shapes, each read in a process of its own: how long it takes, and in how much memory."""

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from aggregator.errors import ParseError
from aggregator.model import Reading


def measured(label: str, read: Callable[[], Reading]) -> str:
    """What it took to READ, in a line: seconds of the processor, memory, and what came of it."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    try:
        reading = read()
        outcome = f"{len(reading.entries)} entries; " + "; ".join(reading.notes)
    except ParseError as error:
        outcome = error.reason
    seconds = time.process_time() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) // 1024
    return f"{label:40} {seconds:5.2f} s {grown:4} MB  {outcome[:100]}"


def alone(program: str, seconds: int, *shape: str) -> None:
    """Let PROGRAM measure one SHAPE by itself, for SECONDS by the clock at most."""
    try:
        subprocess.run([sys.executable, "-m", program, "--one", *shape], timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        print(f"{' '.join(shape):40} more than {seconds} s", flush=True)


def asked_for(arguments: Sequence[str]) -> Sequence[str]:
    """The one shape that this process is to measure; empty if it is the one that starts the others."""
    return arguments[1:] if arguments[:1] == ["--one"] else ()
