"""Same, new or changed? What a source tells now, beside what we know of it.

A new identity policy is a function in `identity`, and its name in POLICIES.
"""

from aggregator.matching.exports import changes_in_export, gone_in_export, told_in_export
from aggregator.matching.flood import reasons_to_hide
from aggregator.matching.identity import POLICIES, alias_of, identified, public_id
from aggregator.matching.outcome import changes_of

__all__ = [
    "POLICIES",
    "alias_of",
    "changes_in_export",
    "changes_of",
    "gone_in_export",
    "identified",
    "public_id",
    "reasons_to_hide",
    "told_in_export",
]
