"""The scorecard: a line for each rule. `make conformance` prints it; with --broken, of collectors broken on purpose.

Words after that are for one rule, or some: those that have all of them in their promise.
"""

import logging
import sys
from collections.abc import Sequence
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


def main(broken: bool, words: Sequence[str] = ()) -> int:
    """Print the scorecard; the exit code is 1 if a rule is not kept, or if a broken collector is not found out."""
    logging.disable(logging.CRITICAL)
    wanted, total = 0, 0
    for matter, rules in MATTERS.items():
        chosen = [rule for rule in rules if all(word in rule.promise for word in words)]
        if chosen:
            sys.stdout.write(f"\n{matter}\n")
        for rule in chosen:
            found = kept(rule, broken)
            wanted, total = wanted + (found is not broken), total + 1
            sys.stdout.write(f"  {'kept  ' if found else 'BROKEN'}  {rule.promise}\n")
            sys.stdout.flush()
    what = "broken collectors are found out" if broken else "rules are kept"
    sys.stdout.write(f"\n{wanted} of {total} {what}.\n")
    return int(wanted < total)


if __name__ == "__main__":
    sys.exit(main("--broken" in sys.argv[1:], [word for word in sys.argv[1:] if word != "--broken"]))
