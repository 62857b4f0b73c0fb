"""Same, new or changed? What a source tells now, beside what we know of it.

A new identity policy is a function in `identity`, and its name in POLICIES.
"""

from aggregator.matching.flood import flood_in
from aggregator.matching.identity import POLICIES, identified, public_id
from aggregator.matching.outcome import changes_of

__all__ = ["POLICIES", "changes_of", "flood_in", "identified", "public_id"]
