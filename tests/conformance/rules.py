"""All rules, by the matters of the table in docs/collecting.md."""

from conformance import asking, leading, limits, trouble, watching

MATTERS = {
    "asking": asking.RULES,
    "trouble": trouble.RULES,
    "redirects": leading.RULES,
    "limits": limits.RULES,
    "watching": watching.RULES,
}

RULES = tuple(rule for rules in MATTERS.values() for rule in rules)
