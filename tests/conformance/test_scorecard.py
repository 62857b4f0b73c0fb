"""Every rule is kept; and every rule is seen to be able to fail, by a collector that was broken on purpose."""

import pytest

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
