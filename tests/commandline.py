"""Our commands, run as people run them."""

import os
import subprocess
import sys
from pathlib import Path
from subprocess import CompletedProcess

ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "FORCE_COLOR")}


def nyhetsflode(*arguments: str, input: str | None = None, cwd: Path | None = None) -> CompletedProcess[str]:
    """What the command with these ARGUMENTS did; a warning is an error."""
    command = [sys.executable, "-W", "error", "-m", "aggregator", *arguments]
    return subprocess.run(
        command, input=input, cwd=cwd, capture_output=True, text=True, check=False, timeout=120, env=ENVIRONMENT
    )
