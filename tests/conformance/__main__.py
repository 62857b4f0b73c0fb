"""The scorecard: a line for each rule. `make conformance` prints it; with --broken, of collectors broken on purpose."""

import logging
import sys
from contextlib import nullcontext

from conformance.rule import Rule
from conformance.rules import MATTERS
from conformance.trial import trial


def kept(rule: Rule, broken: bool) -> bool:
    with trial() as t, rule.broken(t) if broken else nullcontext():
        try:
            rule.tried(t)
        except AssertionError:
            return False
        return True


def main(broken: bool) -> int:
    """Print the scorecard; the exit code is 1 if a rule is not kept, or if a broken collector is not found out."""
    logging.disable(logging.CRITICAL)
    wanted, total = 0, 0
    for matter, rules in MATTERS.items():
        sys.stdout.write(f"\n{matter}\n")
        for rule in rules:
            found = kept(rule, broken)
            wanted, total = wanted + (found is not broken), total + 1
            sys.stdout.write(f"  {'kept  ' if found else 'BROKEN'}  {rule.promise}\n")
            sys.stdout.flush()
    what = "broken collectors are found out" if broken else "rules are kept"
    sys.stdout.write(f"\n{wanted} of {total} {what}.\n")
    return int(wanted < total)


if __name__ == "__main__":
    sys.exit(main("--broken" in sys.argv[1:]))
