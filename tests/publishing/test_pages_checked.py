"""What checkers of others say of a page of every kind: axe-core of its accessibility, the Nu checker of its HTML."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from browsing import PAGES, opened
from conftest import REPOSITORY

CLIENTS = REPOSITORY / "tests" / "clients" / "node_modules"
AXE = CLIENTS / "axe-core" / "axe.min.js"
NU = CLIENTS / "vnu-jar" / "build" / "dist" / "vnu.jar"
MISSING = "is not installed; run 'npm ci' in tests/clients"

# WCAG 2.2 A and AA, and what axe calls good practice.
ASKED = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.skipif(not AXE.exists(), reason=f"axe-core {MISSING}")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_to_complain_of(browser: Any, address: str, path: str, scheme: str) -> None:
    with opened(browser, address + path, 390 if scheme == "dark" else 1280, scheme) as page:
        page.wait_for_load_state("networkidle")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        told = page.evaluate("asked => axe.run(document, asked)", ASKED)
    assert [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in told["violations"]] == []
    assert len(told["passes"]) > 10


@pytest.mark.skipif(not NU.exists() or shutil.which("java") is None, reason=f"vnu-jar or java {MISSING}")
def test_the_nu_checker_finds_no_error_in_html_css_or_svg(example: Path) -> None:
    paths = [*PAGES, "sida.css", "flode.css", "ikon.svg"]
    told = json.loads(
        nu("--errors-only", "--also-check-css", "--also-check-svg", *(str(example / path) for path in paths))
    )
    assert [(each.get("url", ""), each["message"]) for each in told["messages"]] == []


@pytest.mark.skipif(not NU.exists() or shutil.which("java") is None, reason=f"vnu-jar or java {MISSING}")
def test_the_nu_checker_would_find_one(tmp_path: Path) -> None:
    (tmp_path / "wrong.html").write_text("<!doctype html><title>x</title><p><div></p>")
    assert json.loads(nu("--errors-only", str(tmp_path / "wrong.html")))["messages"]


def nu(*options: str) -> bytes:
    return subprocess.run(
        ["java", "-jar", str(NU), "--format", "json", *options], capture_output=True, timeout=300
    ).stderr
