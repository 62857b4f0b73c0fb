"""Whatever a file holds: an entry, or one error that names it, soon and in little memory, and nothing that runs."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.errors import ParseError
from aggregator.model import Document
from aggregator.sources import LONGEST_MAIL, LONGEST_NOTE, InboxSource

SOURCE = InboxSource(inbox="inbox")
NAMES = st.sampled_from(["a.md", "a.txt", "a.eml"])

HEADS = st.sampled_from(
    ["", "+++\n", "+++\nrubrik = x\n+++\n", "+++\n[evenemang]\nstart = ", "Subject: x\n", "Content-Type: "]
)
PIECES = st.sampled_from(
    '+++ --- [evenemang] rubrik= till= start=2026-12-05 \n \r\n : = " ” [ ] { } , <script> <p> [a](b) ![a](b) ` ~~ | '
    "multipart/mixed;boundary=x --x --x-- text/html charset=utf-7 charset=x format=flowed base64 =?utf-8?B?x?= > Den "
    "skrev: Från: Vidarebefordrat meddelande -- \x00 \x7f \u2028 \ud7ff å".split(" ")
)


def is_told(name: str, content: bytes) -> None:
    problem, title, html = "", "", ""
    try:
        written = SOURCE.told(Document(name, content))
        title, html = written.entry.title, written.entry.html
    except ParseError as error:
        problem = str(error)
    assert title or problem.startswith(f"{name}: ")
    assert "\n" not in problem
    assert "<script" not in html


@given(NAMES, st.binary(max_size=400))
def test_any_bytes_give_an_entry_or_one_error_that_names_the_file(name: str, content: bytes) -> None:
    is_told(name, content)


@given(NAMES, HEADS, st.lists(PIECES, max_size=40), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_anything_like_a_note_or_a_mail_gives_one_too(name: str, head: str, pieces: list[str], letters: str) -> None:
    is_told(name, (head + " ".join(pieces)).encode(letters, "replace"))
    is_told(name, (head + "\n".join(pieces)).encode(letters, "replace"))


HOSTILE = {
    "brackets.md": lambda n: "[" * n,
    "links.md": lambda n: "[a](" * (n // 4),
    "pictures.md": lambda n: "![" * (n // 2),
    "stars.md": lambda n: "*a _b " * (n // 6),
    "quotes.md": lambda n: ">" * n,
    "nested.md": lambda n: "".join(" " * i + "* a\n" for i in range(int((2 * n) ** 0.5))),
    "ticks.md": lambda n: "".join("`" * i + " " for i in range(int((2 * n) ** 0.5))),
    "table.md": lambda n: "|a" * 500 + "|\n" + "|-" * 500 + "|\n" + "|\n" * (n // 2),
    "references.md": lambda n: "".join(f"[{i}]: /x\n" for i in range(n // 12)) + "[1]" * 1000,
    "entities.md": lambda n: "&" * n,
    "angles.md": lambda n: "<" * n,
    "addresses.md": lambda n: "https://a.b/" * (n // 12),
    "at.md": lambda n: "a@" * (n // 2),
    "colons.md": lambda n: "://" * (n // 3),
    "spaces.md": lambda n: "a" + " " * n + "b",
    "heading.md": lambda n: "# a" + " #" * (n // 2) + "b",
    "lines.md": lambda n: "\n" * n + "x",
    "head.md": lambda n: "+++\n" + "a = [\n" * (n // 6) + "+++\n",
    "dots.md": lambda n: "+++\n" + "a." * 9000 + "b = 1\n+++\n",
    "pairs.md": lambda n: "+++\n" + "rubrik = x\n" * 1800 + "+++\n",
    "forwards.eml": lambda n: "Subject: x\n\n" + "Vidarebefordrat meddelande\n" * (n // 27),
    "dashes.eml": lambda n: "Subject: x\n\n" + "-" * n,
    "underscores.eml": lambda n: "Subject: x\n\n" + "_" * n + "x",
    "answers.eml": lambda n: "Subject: x\n\n" + "Den a skrev " * (n // 12),
    "answered.eml": lambda n: "Subject: x\n\n" + "Den abcdefgh skrev\n" * (n // 19),
    "sent.eml": lambda n: "Subject: x\n\n" + "Sent from my x\n" * (n // 15) + "x",
    "blank.eml": lambda n: "Subject: x\n\nSent from my" + " \n" * (n // 2) + "x",
    "signatures.eml": lambda n: "Subject: x\n\n" + "--\n" * (n // 3),
    "letterhead.eml": lambda n: "Subject: x\n\nForwarded message\n" + "Till: a\n" * (n // 8),
    "prefixes.eml": lambda n: "Subject: " + "VB: " * (n // 4) + "\n\nx",
    "folded.eml": lambda n: "Subject: x\n" + " y\n" * (n // 3) + "\nx",
    "headers.eml": lambda n: "a: b\n" * (n // 5) + "\nx",
    "encoded.eml": lambda n: "Subject: " + "=?utf-8?Q?a?= " * (n // 14) + "\n\nx",
    "parts.eml": lambda n: "Content-Type: multipart/mixed; boundary=x\n\n" + "--x\n\na\n" * (n // 7),
    "boxes.eml": lambda n: "".join(
        f"Content-Type: multipart/mixed; boundary=x{i}\n\n--x{i}\n" for i in range(min(n // 60, 3000))
    ),
    "parameters.eml": lambda n: "Content-Type: text/plain" + "; a=b" * (n // 5) + "\n\nx",
    "tags.eml": lambda n: "Content-Type: text/html\n\n" + "<div><b>" * (n // 8),
    "definitions.eml": lambda n: "Content-Type: text/html\n\n" + "<dl><dd>" * (n // 8),
    "attributes.eml": lambda n: "Content-Type: text/html\n\n<p" + " a=b" * (n // 4) + ">x",
    "cites.eml": lambda n: "Content-Type: text/html\n\n" + "<blockquote type=cite>" * (n // 22) + "x",
    "tables.eml": lambda n: "Content-Type: text/html\n\n" + "<table><tr><td>" * (n // 15) + "x",
    "words.eml": lambda n: "Subject: x\n\n" + "a b " * (n // 4),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_be_slow_is_read_within_five_seconds_and_300_megabytes(name: str, tmp_path: Path) -> None:
    size = (LONGEST_MAIL if name.endswith(".eml") else LONGEST_NOTE) - 200
    path = tmp_path / name
    path.write_text(HOSTILE[name](size), encoding="utf-8")
    code = (
        "import resource, sys\n"
        "from aggregator.errors import ParseError\n"
        "from aggregator.model import Document\n"
        "from aggregator.sources import InboxSource\n"
        "InboxSource(inbox='.').told(Document('a.md', b'# a\\n\\nb'))\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (5 + round(resource.getrusage(0).ru_utime) + 1,) * 2)\n"
        "try:\n"
        "    InboxSource(inbox='.').told(Document(sys.argv[1], open(sys.argv[1], 'rb').read()))\n"
        "except ParseError: pass\n"
        # The most that this program had itself: `ru_maxrss` also counts what the one had that started it.
        "print(next(int(line.split()[1]) // 1000 for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.returncode} {done.stderr[-600:]}"
    assert int(done.stdout) < 300
