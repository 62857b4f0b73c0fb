"""Deploy: send what changed in the output folder to the host that serves it."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aggregator.errors import DeployError
from aggregator.model import GONE, Deploy

if TYPE_CHECKING:
    from paramiko import SFTPClient

# What is ours alone. Where an article was taken back, the mark beside its page goes along.
OURS = (".drafts", ".manifest", ".manifest.json", ".sent.json")
SENT = ".sent.json"

TIMEOUT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Deployed:
    """How many files were sent, and where to."""

    files: int
    where: str


def deploy(output: Path, to: Deploy) -> Deployed:
    """Send what is new or other. Nothing is removed there, since the folder may hold more than is ours, but the marks
    that articles were taken back, when they are not any more.

    DeployError if not all of it could be sent. What was sent stays, and each file is whole.
    """
    if not output.is_dir():
        raise DeployError(to.shown, f"there is nothing in {output} to send; 'nyhetsflode publish' makes it")
    return _by_rsync(output, to) if to.way == "rsync" else _by_sftp(output, to)


def _by_rsync(output: Path, to: Deploy) -> Deployed:
    """rsync compares by itself, and puts all files into place at the end (--delay-updates)."""
    if not shutil.which("rsync"):
        raise DeployError(to.shown, 'rsync is not installed here; install it, or use "sftp"')
    shell = ["ssh", "-p", str(to.port), "-o", "BatchMode=yes", "-o", f"ConnectTimeout={TIMEOUT_SECONDS}"]
    shell += ["-i", to.key] if to.key else []
    shell += ["-o", f"UserKnownHostsFile={to.known_hosts}"] if to.known_hosts else []
    there = f"{f'{to.user}@' if to.user else ''}{to.host}:{to.folder.rstrip('/')}/"
    command = ["rsync", "--recursive", "--times", "--compress", "--delay-updates", "--mkpath", "--out-format=%n"]
    command += [f"--exclude=/{name}" for name in OURS]
    # Only marks may go there; whatever else is there is protected, since it may not be ours.
    command += ["--delete", f"--filter=risk {GONE}", "--filter=protect *"]
    # rsync splits the words of the shell itself, and knows quotation marks.
    quoted = " ".join(f"'{word}'" if " " in word else word for word in shell)
    told = subprocess.run([*command, "-e", quoted, f"{output}/", there], capture_output=True, text=True, check=False)
    if told.returncode:
        raise DeployError(to.shown, told.stderr.strip().splitlines()[0] if told.stderr.strip() else "rsync failed")
    sent = [line for line in told.stdout.splitlines() if line and not line.endswith("/")]
    return Deployed(len(sent), to.shown)


def _by_sftp(output: Path, to: Deploy) -> Deployed:
    """What was sent is remembered beside the output: to ask the host of every file would take an hour."""
    before, now = _sent_before(output, to), _files(output)
    back = [path for path in before if path not in now and path.rpartition("/")[2] == GONE]
    changed = [path for path, state in now.items() if before.get(path) != state]
    with _connection(to) as host:
        made: set[str] = set()
        try:
            for path in back:
                _remove(host, f"{to.folder.rstrip('/')}/{path}")
                del before[path]
            for number, path in enumerate(changed, 1):
                _send(host, output, to.folder.rstrip("/"), path, made)
                before[path] = now[path]
                if number % 500 == 0:
                    _remember(output, to, before)
        except OSError as error:
            raise DeployError(to.shown, str(error) or repr(error)) from error
        finally:
            _remember(output, to, before)
    return Deployed(len(changed), to.shown)


def _send(host: "SFTPClient", output: Path, folder: str, path: str, made: set[str]) -> None:
    """Whole or not at all: under another name first, and then moved to its place."""
    target = f"{folder}/{path}"
    parents = target.split("/")
    for end in range(2, len(parents)):
        parent = "/".join(parents[:end])
        if parent not in made:
            made.add(parent)
            try:
                host.stat(parent)
            except FileNotFoundError:
                host.mkdir(parent)
    draft = f"{target}.part"
    host.put(str(output / path), draft)
    host.posix_rename(draft, target)


def _remove(host: "SFTPClient", path: str) -> None:
    with suppress(FileNotFoundError):
        host.remove(path)


def _files(output: Path) -> dict[str, str]:
    """Every file that is to be there, with what tells whether it is another than before."""
    found = {}
    for file in sorted(output.rglob("*")):
        path = file.relative_to(output)
        if path.parts[0] not in OURS and file.is_file():
            known = file.stat()
            found[path.as_posix()] = f"{known.st_size} {known.st_mtime_ns}"
    return found


def _sent_before(output: Path, to: Deploy) -> dict[str, str]:
    try:
        told = json.loads((output / SENT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    files = told.get("files") if isinstance(told, dict) and told.get("to") == to.shown else None
    return dict(files) if isinstance(files, dict) else {}


def _remember(output: Path, to: Deploy, files: dict[str, str]) -> None:
    draft = output / f"{SENT}.draft"
    draft.write_text(json.dumps({"to": to.shown, "files": files}, indent=0, sort_keys=True), encoding="utf-8")
    draft.replace(output / SENT)


@contextmanager
def _connection(to: Deploy) -> "Iterator[SFTPClient]":
    try:
        import paramiko
    except ImportError as error:
        raise DeployError(to.shown, 'it needs paramiko; install nyhetsflode with the extra "deploy"') from error
    with paramiko.SSHClient() as client:
        # Only a host that is known already is trusted: 'ssh HOST' once makes it known.
        client.load_system_host_keys(to.known_hosts or None)
        client.set_missing_host_key_policy(paramiko.RejectPolicy())
        try:
            client.connect(
                to.host,
                to.port,
                username=to.user or None,
                key_filename=to.key or None,
                timeout=TIMEOUT_SECONDS,
                banner_timeout=TIMEOUT_SECONDS,
                auth_timeout=TIMEOUT_SECONDS,
            )
            with client.open_sftp() as host:
                yield host
        except (paramiko.SSHException, OSError) as error:
            raise DeployError(to.shown, str(error) or repr(error)) from error
