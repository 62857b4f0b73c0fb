"""Every rule is kept; and every rule is seen to be able to fail, by a collector that was broken on purpose."""

import re
from pathlib import Path

import pytest

from aggregator.watching import CHECKS
from conformance.rule import Rule
from conformance.rules import RULES
from conformance.trial import trial


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_rule_is_kept(rule: Rule) -> None:
    with trial() as t:
        rule.tried(t)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_broken_collector_is_found_out(rule: Rule) -> None:
    with trial() as t, rule.broken(t), pytest.raises(AssertionError):
        rule.tried(t)


TABLES = (Path(__file__).parents[2] / "docs/collecting.md").read_text(encoding="utf-8")
PROOFS = {name for row in re.findall(r"^\|.*\|(.*)\|$", TABLES, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}


def test_every_rule_stands_in_the_docs() -> None:
    assert {rule.name for rule in RULES} == {name for name in PROOFS if not name.startswith("test_")}


def test_every_test_that_the_docs_call_a_proof_exists() -> None:
    files = (Path(__file__).parents[1] / "fetching").glob("test_*.py")
    tests = {name for file in files for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)}
    assert {name for name in PROOFS if name.startswith("test_")} <= tests


def test_every_check_stands_in_the_docs() -> None:
    assert all(f"\n| `{kind}` |" in TABLES for kind in CHECKS)
