"""Same, new or changed? What a source tells now, beside what we know of it; and what others tell of the same.

A new identity policy is a function in `identity`, and its name in POLICIES.
"""

from aggregator.matching.exports import changes_in_export, gone_in_export, told_in_export, without_names
from aggregator.matching.flood import reasons_to_hide
from aggregator.matching.full_text import keeping_full_texts, lacks_full_text, with_full_text
from aggregator.matching.identity import POLICIES, alias_of, by_link, identified, public_id, trusted_after
from aggregator.matching.links import plainly as plain_link
from aggregator.matching.outcome import changes_of
from aggregator.matching.stories import Bond, Telling, bond_between, meaningless_links, story_of, worth_reading

__all__ = [
    "POLICIES",
    "Bond",
    "Telling",
    "alias_of",
    "bond_between",
    "by_link",
    "changes_in_export",
    "changes_of",
    "gone_in_export",
    "identified",
    "keeping_full_texts",
    "lacks_full_text",
    "meaningless_links",
    "plain_link",
    "public_id",
    "reasons_to_hide",
    "story_of",
    "told_in_export",
    "trusted_after",
    "with_full_text",
    "without_names",
    "worth_reading",
]
