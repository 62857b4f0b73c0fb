"""Same, new or changed? What a source tells now, beside what we know of it.

A new identity policy is a function in `identity`, and its name in POLICIES.
"""

from aggregator.matching.exports import changes_in_export, gone_in_export, told_in_export
from aggregator.matching.flood import reasons_to_hide
from aggregator.matching.full_text import keeping_full_texts, lacks_full_text, with_full_text
from aggregator.matching.identity import POLICIES, identified, public_id
from aggregator.matching.outcome import changes_of

__all__ = [
    "POLICIES",
    "changes_in_export",
    "changes_of",
    "gone_in_export",
    "identified",
    "keeping_full_texts",
    "lacks_full_text",
    "public_id",
    "reasons_to_hide",
    "told_in_export",
    "with_full_text",
]
