"""What speaks for a place and what speaks against it.

A rule looks at what a text mentions and gives evidence; it decides nothing. `weigh` decides once, in one place, so that
'why is this in my newsfeed?' has one answer. A new rule is a function here, and its name in RULES.
"""

from aggregator.tagging.rules.against import (
    abroad,
    common_ground,
    in_a_title,
    nickname_from_abroad,
    opens_as_a_word,
    part_of_another_name,
    person,
    spoken_of_as_a_word,
    wants_company,
)
from aggregator.tagging.rules.favour import (
    after_preposition,
    at_the_venue,
    capital_in_midst,
    deeds_of_a_town,
    hard_evidence,
    in_enumeration,
    in_sweden,
    in_title,
    named,
    supported,
)
from aggregator.tagging.rules.passing import in_passing, near_a_landmark
from aggregator.tagging.rules.reading import Evidence, Reading, Rule, called_municipality

__all__ = ["RULES", "Evidence", "Reading", "called_municipality"]

# Every rule is asked, in this order; the first that speaks strongest for a place is the one that 'explain' names.
RULES: tuple[Rule, ...] = (
    hard_evidence,
    after_preposition,
    named,
    deeds_of_a_town,
    capital_in_midst,
    in_enumeration,
    in_sweden,
    at_the_venue,
    supported,
    in_title,
    wants_company,
    person,
    part_of_another_name,
    in_a_title,
    common_ground,
    abroad,
    nickname_from_abroad,
    spoken_of_as_a_word,
    opens_as_a_word,
    in_passing,
    near_a_landmark,
)
