"""All rules, by the matters of the table in docs/collecting.md."""

from tests.conformance import asking

MATTERS = {
    "asking": asking.RULES,
}

RULES = tuple(rule for rules in MATTERS.values() for rule in rules)
