"""Deploy: what changed goes to another host, whole, over a real SSH server on this machine."""

import getpass
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from aggregator.errors import DeployError
from aggregator.jobs import deploy
from aggregator.model import Deploy

SSHD = shutil.which("sshd") or "/usr/sbin/sshd"

pytestmark = pytest.mark.skipif(not Path(SSHD).exists(), reason="there is no SSH server to send to")


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """The port of an SSH server that lets this user in with the key in tmp_path, and is known to us."""
    for name in ("host", "key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)], check=True)
    shutil.copy(tmp_path / "key.pub", tmp_path / "authorized_keys")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    (tmp_path / "sshd_config").write_text(
        f"HostKey {tmp_path}/host\nAuthorizedKeysFile {tmp_path}/authorized_keys\nPidFile none\nStrictModes no\n"
        "PasswordAuthentication no\nUsePAM no\nPermitRootLogin prohibit-password\nSubsystem sftp internal-sftp\n",
        encoding="utf-8",
    )
    known = f"[127.0.0.1]:{port} {(tmp_path / 'host.pub').read_text(encoding='utf-8')}"
    (tmp_path / "known_hosts").write_text(known, encoding="utf-8")
    Path("/run/sshd").mkdir(exist_ok=True)
    command = [SSHD, "-D", "-e", "-p", str(port), "-o", "ListenAddress=127.0.0.1", "-f", str(tmp_path / "sshd_config")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield port
        server.terminate()


@pytest.fixture
def output(tmp_path: Path) -> Path:
    output = tmp_path / "output"
    for path, text in {
        "index.html": "<h1>Start</h1>",
        "skane/lund/rss.xml": "<rss/>",
        "nyhet/abc/.gone": "",
        ".manifest.json": "{}",
        ".manifest/orebro.json": "{}",
        ".drafts/half.xml": "<rs",
    }.items():
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_text(text, encoding="utf-8")
    return output


def there(tmp_path: Path, way: str, port: int) -> Deploy:
    assert way in ("rsync", "sftp")
    folder = f"{tmp_path}/there/www"
    key, known = str(tmp_path / "key"), str(tmp_path / "known_hosts")
    return Deploy("rsync" if way == "rsync" else "sftp", "127.0.0.1", folder, getpass.getuser(), port, key, known)


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("way", ["rsync", "sftp"])
def test_everything_is_sent_once_and_then_only_what_changed(tmp_path: Path, output: Path, port: int, way: str) -> None:
    (tmp_path / "there").mkdir()
    to = there(tmp_path, way, port)
    assert deploy(output, to).files == 3
    assert files(tmp_path / "there/www") == {
        "index.html": "<h1>Start</h1>",
        "skane/lund/rss.xml": "<rss/>",
        "nyhet/abc/.gone": "",
    }
    assert deploy(output, to).files == 0
    (output / "skane/lund/rss.xml").write_text("<rss>nytt</rss>", encoding="utf-8")
    assert deploy(output, to).files == 1
    assert files(tmp_path / "there/www")["skane/lund/rss.xml"] == "<rss>nytt</rss>"


@pytest.mark.parametrize("way", ["rsync", "sftp"])
def test_the_mark_of_what_was_taken_back_goes_when_it_is_back_and_nothing_else_does(
    tmp_path: Path, output: Path, port: int, way: str
) -> None:
    folder, to = tmp_path / "there/www", there(tmp_path, way, port)
    folder.mkdir(parents=True)
    deploy(output, to)
    (folder / "nyhet/abc/annat.html").write_text("annat", encoding="utf-8")
    (output / "nyhet/abc/.gone").unlink()
    (output / "nyhet/abc/index.html").write_text("igen", encoding="utf-8")
    (output / "skane/lund/rss.xml").unlink()
    deploy(output, to)
    assert sorted(files(folder)) == ["index.html", "nyhet/abc/annat.html", "nyhet/abc/index.html", "skane/lund/rss.xml"]


@pytest.mark.parametrize("way", ["rsync", "sftp"])
def test_what_others_keep_there_stays(tmp_path: Path, output: Path, port: int, way: str) -> None:
    folder = tmp_path / "there/www"
    folder.mkdir(parents=True)
    (folder / "annat.html").write_text("annat", encoding="utf-8")
    deploy(output, there(tmp_path, way, port))
    assert files(folder)["annat.html"] == "annat"


@pytest.mark.parametrize("way", ["rsync", "sftp"])
def test_a_host_that_is_not_there_or_lets_nobody_in_is_named(tmp_path: Path, output: Path, port: int, way: str) -> None:
    with pytest.raises(DeployError, match=rf"^{way}://.*127\.0\.0\.1:9/.* could not be sent: "):
        deploy(output, Deploy("rsync" if way == "rsync" else "sftp", "127.0.0.1", "/x", "", 9))
    (tmp_path / "authorized_keys").write_text("", encoding="utf-8")
    with pytest.raises(DeployError, match="could not be sent: "):
        deploy(output, there(tmp_path, way, port))


def test_a_host_that_nobody_knows_is_not_trusted(tmp_path: Path, output: Path, port: int) -> None:
    (tmp_path / "known_hosts").write_text("", encoding="utf-8")
    with pytest.raises(DeployError, match="not found in known_hosts"):
        deploy(output, there(tmp_path, "sftp", port))
    with pytest.raises(DeployError, match="Host key verification failed"):
        deploy(output, there(tmp_path, "rsync", port))


def test_what_was_sent_before_a_break_is_not_sent_again(tmp_path: Path, output: Path, port: int) -> None:
    (tmp_path / "there/www").mkdir(parents=True)
    (tmp_path / "there/www/skane").write_text("a file where a folder must be", encoding="utf-8")
    with pytest.raises(DeployError):
        deploy(output, there(tmp_path, "sftp", port))
    (tmp_path / "there/www/skane").unlink()
    assert deploy(output, there(tmp_path, "sftp", port)).files == 1
    assert len(files(tmp_path / "there/www")) == 3


def test_there_must_be_something_to_send(tmp_path: Path, port: int) -> None:
    with pytest.raises(DeployError, match="'nyhetsflode publish' makes it"):
        deploy(tmp_path / "saknas", there(tmp_path, "sftp", port))
