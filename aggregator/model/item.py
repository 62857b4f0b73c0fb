"""What we keep: an entry whose places are known, under an id that never changes."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Literal

from aggregator.model.entry import Entry, Kind
from aggregator.model.source import PublishPolicy

# The rules that say where an item is carried, although it is not about the place.
PROMOTION, FAN_OUT, NETWORK_PART = "promotion", "fan-out", "network"
CARRYING_RULES = frozenset({PROMOTION, FAN_OUT, NETWORK_PART})

# The beginning of `hidden` for what waits in quarantine until an operator releases or drops it.
HELD = "held: "


# What a correction may have changed of an item, in the order in which it is told.
CorrectedPart = Literal["cancelled", "resumed", "title", "time", "place", "organiser", "text", "link"]

# So many corrections of an item are remembered, the last ones.
CORRECTIONS_KEPT = 10


@dataclass(frozen=True, slots=True)
class Correction:
    """When an item was corrected, and what of it; no parts: that was not written down."""

    moment: datetime
    parts: tuple[CorrectedPart, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A place that an entry is about, with the evidence; or one that was considered and rejected, and why.

    `code` is the place's SCB code, or "SE", or a network's newsfeed ("natverk/skagernbladet"), or its part of a
    municipality ("natverk/skagernbladet/1494"). A finding of one of CARRYING_RULES says only where it is carried.
    `words` are the words
    that decided, as they stand in the title or the body, and `start` is where they begin in `title + "\\n" + body`
    (-1: no words, as for an actor's own area).
    `score` is between 0 and 1. `rejected` is empty for a place that counts.
    """

    code: str
    rule: str
    words: str = ""
    start: int = -1
    score: float = 1.0
    rejected: str = ""

    @property
    def tells_place(self) -> bool:
        """Whether it says that the entry is about the place, and not only that the place's newsfeed carries it."""
        return not self.rejected and self.rule not in CARRYING_RULES


def effective_date(entry: Entry, first_seen: datetime) -> datetime:
    """When readers should take ENTRY to be published: as told, but never later than we saw it; if untold, then.

    An entry that tells only when it was updated (Atom allows that) is dated by what it told first.
    """
    return min(entry.published or entry.updated or first_seen, first_seen)


def page_of(public_id: str) -> str:
    """Where the item's page lives below the site, from its id alone: titles change, and databases are rebuilt."""
    return f"nyhet/{public_id.rpartition('/')[2]}/"


def within_second(public_id: str, now: datetime) -> datetime:
    """NOW, with a fraction of a second that follows from the item.

    The items of one round enter our newsfeeds at one moment, but the W3C's validator notes when entries of a newsfeed
    have the same `updated`. Being made from the id, the fraction is the same in a store that is built anew.
    """
    fraction = int.from_bytes(blake2b(public_id.encode(), digest_size=8).digest()) % 1_000_000
    return now.replace(microsecond=fraction)


def remains_of(entry: Entry) -> str:
    """A fingerprint of ENTRY: of all that it tells but its texts, and after a slash of its texts.

    What a later version of this program finds in an entry besides leaves the fingerprint of one without it as it is.
    """
    told = {name: value for name, value in asdict(entry).items() if value}
    texts = {name: told.pop(name) for name in ("summary", "html") if name in told}
    return "/".join(_digest(json.dumps(part, default=_plainly, sort_keys=True)) for part in (told, texts))


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _plainly(when: datetime | date) -> str:
    return (when.astimezone(UTC) if isinstance(when, datetime) else when).isoformat()


@dataclass(frozen=True, slots=True)
class Item:
    """An entry that we keep: whose it is, what it is about, and since when we have it.

    `public_id` is minted once (RFC 4151) and never again. `aliases` are all identities that the item was ever seen
    under in its source. `date` is when readers should take it to be published (see `effective_date`). `entered` is when
    it came into our newsfeeds, `corrected` when what readers see last changed, and `corrections` what changed, the
    latest last.

    Why no newsfeed carries it, if so: `hidden` is what was decided of this very item, for good or until an operator
    releases it; `withheld` is what the rules say now, and changes with them.

    The rules also say what it is about (`findings`, and `themes`, the strongest first), what it is to readers (`kind`),
    and how much of it they get (`terms`; None: as much as its source allows).

    `story` is the public id of the item that first told the same story, or empty if this is it. `withdrawn` is since
    when readers do not see it any more, if they ever did. `remains` is empty until it is put away because of its age,
    and then what `remains_of` said of its entry.
    """

    public_id: str
    source: str
    actor: str
    entry: Entry
    findings: tuple[Finding, ...]
    aliases: frozenset[str]
    date: datetime
    first_seen: datetime
    entered: datetime
    corrected: datetime | None = None
    hidden: str = ""
    withheld: str = ""
    themes: tuple[str, ...] = ()
    kind: Kind = "article"
    terms: PublishPolicy | None = None
    story: str = ""
    withdrawn: datetime | None = None
    corrections: tuple[Correction, ...] = ()
    remains: str = ""

    @property
    def is_put_away(self) -> bool:
        """Whether only a trace of it is left: by what it is known again, when it came, where it was and its address."""
        return bool(self.remains)

    def tells(self, entry: Entry, but_texts: bool = False) -> bool:
        """Whether ENTRY says what we keep of it, or kept until it was put away; then its texts aside, if BUT_TEXTS."""
        if not self.is_put_away:
            return self.entry == entry
        told, kept = remains_of(entry), self.remains
        return told.partition("/")[0] == kept.partition("/")[0] if but_texts else told == kept

    @property
    def told_in(self) -> str:
        """The story that it tells, by the public id of the item that leads it."""
        return self.story or self.public_id

    @property
    def is_visible(self) -> bool:
        """Whether newsfeeds may carry it."""
        return not (self.hidden or self.withheld)

    @property
    def changed(self) -> datetime:
        """When what newsfeeds say of it was last new: corrected, else entered."""
        return max(self.entered, self.corrected or self.entered)

    @property
    def codes(self) -> frozenset[str]:
        """The newsfeeds that it belongs in, by their codes: those of what it is about, and where else it is carried."""
        return frozenset(finding.code for finding in self.findings if not finding.rejected)

    @property
    def about(self) -> frozenset[str]:
        """The codes of what it is about."""
        return frozenset(finding.code for finding in self.findings if finding.tells_place)

    @property
    def is_held(self) -> bool:
        """Whether it waits for an operator."""
        return self.hidden.startswith(HELD)

    @property
    def is_event(self) -> bool:
        return self.entry.event is not None

    def released(self, now: datetime) -> "Item":
        """The same item out of quarantine: it enters our newsfeeds now."""
        return replace(self, hidden="", entered=within_second(self.public_id, now), withdrawn=None)

    def dropped(self, now: datetime) -> "Item":
        """The same item, never to be published again, and not held any more."""
        return replace(self, hidden="dropped by an operator", withdrawn=now if self.is_visible else self.withdrawn)

    def moved(self, before: "Item", now: datetime) -> "Item":
        """The same item, after the rules were asked again: what comes into other newsfeeds than BEFORE enters them now,
        and what readers do not see any more is withdrawn now."""
        if not self.is_visible:
            return replace(self, withdrawn=now) if before.is_visible else self
        if before.is_visible and self.codes == before.codes:
            return self
        return replace(self, entered=within_second(self.public_id, now), withdrawn=None)

    def judged(
        self,
        findings: tuple[Finding, ...],
        themes: tuple[str, ...],
        kind: Kind,
        withheld: str = "",
        terms: PublishPolicy | None = None,
    ) -> "Item":
        """The same item with what the rules say of it now; nothing that its source told is other than it was."""
        return replace(self, findings=findings, themes=themes, kind=kind, withheld=withheld, terms=terms)

    def retold(self, entry: Entry, aliases: frozenset[str], now: datetime) -> "Item":
        """The same item as its source tells it now; corrected only if readers will see a difference.

        One that was put away is whole again by that.
        """
        parts = corrected_in(self.entry, entry)
        moment = within_second(self.public_id, now)
        corrections = (*self.corrections, Correction(moment, parts))[-CORRECTIONS_KEPT:]
        return replace(
            self,
            entry=entry,
            remains="",
            aliases=self.aliases | aliases,
            date=effective_date(entry, self.first_seen) if entry.published else self.date,
            corrected=moment if parts else self.corrected,
            corrections=corrections if parts else self.corrections,
        )


def corrected_in(before: Entry, after: Entry) -> tuple[CorrectedPart, ...]:
    """What readers see other in AFTER than in BEFORE: not a new guid, a rewritten date string or a word about the
    author."""
    was, now = before.event, after.event
    other: dict[CorrectedPart, bool] = {
        "cancelled": bool(now and now.cancelled and not (was and was.cancelled)),
        "resumed": bool(was and was.cancelled and now and not now.cancelled),
        "title": before.title != after.title,
        "time": (was and (was.start, was.end)) != (now and (now.start, now.end)),
        "place": (was and (was.place, was.address)) != (now and (now.place, now.address)),
        "organiser": (was and was.organiser) != (now and now.organiser),
        "text": (before.summary, before.html) != (after.summary, after.html),
        "link": before.url != after.url,
    }
    return tuple(part for part, is_other in other.items() if is_other)
