"""The checks. Each answers with a sentence if something is wrong, "" if all is well, None if this call cannot tell."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from aggregator.errors import without_secrets
from aggregator.model import Document, Portrait, Reading, Source, Unchanged, Visit, host_of
from aggregator.watching.portrait import portrait_of

FAILING_FOR = timedelta(days=2)
EXPIRES_SOON = timedelta(days=14)
FUTURE = timedelta(days=1)

# A median length that grew or shrank so many times, of so many texts at least, is another kind of text.
LENGTH_FACTOR = 5
ENOUGH = 5
# A list of at least so many entries that has a quarter of them left has lost the rest.
A_LIST = 8
A_LIST_ON_A_PAGE = 4
SHRUNK = 4
# If so large a part of a source's entries told a date, all do that are meant to.
DATED = 0.8

NAMES = {"sv": "Swedish", "en": "English", "other": "another language"}


@dataclass(frozen=True)
class Watched:
    """One call, as the checks see it: the source, what we remembered before and after, and what came.

    `held` is how many of its items wait in quarantine, `renamed` how many known ones came under new ids.
    """

    source: Source
    before: Visit
    after: Visit
    at: datetime
    answer: Document | Unchanged | None = None
    reading: Reading | None = None
    held: int = 0
    renamed: int = 0

    @cached_property
    def portrait(self) -> Portrait:
        """What the source is like now; where all but a few entries were known, and those are like them, as it was."""
        if self.reading is None:
            return Portrait()
        if self.reading.known:
            return replace(self.before.portrait, entries=self.reading.count)
        return portrait_of(self.reading.entries)


def failing(call: Watched) -> str | None:
    since = call.after.succeeded or call.after.since or call.at
    if not call.after.failures:
        return ""
    if call.at - since < FAILING_FOR or call.after.failures < 3:
        return None
    return (
        f"has failed {call.after.failures} times in a row since {since:%Y-%m-%d}; the last time: {call.after.problem}"
    )


def gone(call: Watched) -> str | None:
    if not call.after.paused:
        return ""
    return (
        f"has said {call.after.gone.times} times that it is gone for good (410), and is not asked any more; give it a "
        "new address in feeds.toml, or let its actor have left"
    )


def silent(call: Watched) -> str | None:
    if call.answer is None or call.after.since is None:
        return None
    rhythm, since = call.after.rhythm, call.after.since
    if call.source.silence == "auto":
        silence, allowed = rhythm.silence(call.at, since), rhythm.silence_allowed()
    else:
        silence, allowed = call.at - (rhythm.moments[-1] if rhythm.moments else since), call.source.silence
    if silence <= allowed:
        return ""
    last = f"since {rhythm.moments[-1]:%Y-%m-%d}" if rhythm.moments else "since we began to ask it"
    return f"has had no news {last}, although it answers; {allowed.days} days without any would be like it"


def elsewhere(call: Watched) -> str | None:
    if call.answer is None or not host_of(call.answer.location):
        return None
    home, found = (host_of(address).removeprefix("www.") for address in (call.after.address, call.answer.location))
    return "" if home == found else f"is answered for by another site: {without_secrets(call.answer.location)}"


def moved(call: Watched) -> str | None:
    new = call.after.moved
    if not new or new.removeprefix("https:") == call.after.location.removeprefix("http:"):
        return ""
    told = f"has moved for good, and is read at {new}; put that into feeds.toml instead of {call.after.location}"
    return without_secrets(told)


def certificate(call: Watched) -> str | None:
    end = call.answer.trip.certificate if call.answer else None
    if end is None:
        return None
    return "" if end - call.at > EXPIRES_SOON else f"has a certificate that expires at {end:%Y-%m-%d}; tell its owner"


def future(call: Watched) -> str | None:
    if call.reading is None:
        return None
    dates = [entry.published for entry in call.reading.entries if entry.published and not entry.event]
    ahead = [date for date in dates if date > call.at + FUTURE]
    return f"has {len(ahead)} entries dated in the future, the last {max(ahead):%Y-%m-%d}" if ahead else ""


def flood(call: Watched) -> str | None:
    return f"has {call.held} items in quarantine, since too many came at once or were old" if call.held else ""


def ids(call: Watched) -> str | None:
    if call.reading is None:
        return None
    if call.renamed >= ENOUGH and 2 * call.renamed > call.reading.count:
        return f"has given new ids to {call.renamed} entries that we knew; nothing was published anew"
    was, now = call.before.portrait, call.portrait
    if min(was.entries, now.entries) < ENOUGH or was.ids == now.ids:
        return None
    return f'names its entries by "{now.ids}", and used to do so by "{was.ids}"'


def language(call: Watched) -> str | None:
    was, now = call.before.portrait.language, call.portrait.language
    if call.reading is None or not was or not now:
        return None
    return f"writes in {NAMES[now]}, and used to write in {NAMES[was]}" if was != now else ""


def length(call: Watched) -> str | None:
    was, now = call.before.portrait, call.portrait
    if min(was.entries, now.entries) < ENOUGH or not was.length or not now.length:
        return None
    if _is_like(was.length, now.length):
        return ""
    return f"writes texts of about {now.length} characters, and used to write about {was.length}"


def shrunk(call: Watched) -> str | None:
    was, now = call.before.portrait.entries, call.portrait.entries
    if call.reading is None:
        return None
    least = A_LIST_ON_A_PAGE if call.source.is_page else A_LIST
    return f"has {now} entries, and used to have {was}" if was >= least and now * SHRUNK <= was else ""


def undated(call: Watched) -> str | None:
    """A page that is made anew first loses its days: what a selector found is called otherwise."""
    was, now = call.before.portrait, call.portrait
    if call.reading is None or was.entries < ENOUGH or not now.entries:
        return None
    lost = DATED * was.entries <= was.dated and not now.dated
    return f"tells no dates any more; {was.dated} of its {was.entries} entries used to have one" if lost else ""


def is_doubtful(part: Reading, before: Visit, open: Collection[str]) -> bool:
    """Whether only the whole document tells if the source is still itself: what is new in it is not like the rest was,
    or an alarm of one of these kinds is open that only the whole can close.
    """
    if not JUDGED_BY_ENTRIES.isdisjoint(open):
        return True
    if not part.entries:
        return False
    was, now = before.portrait, portrait_of(part.entries)
    return now.ids != was.ids or now.language not in ("", was.language) or not _is_like(was.length, now.length)


def _is_like(was: int, now: int) -> bool:
    return was / LENGTH_FACTOR < now < was * LENGTH_FACTOR


Check = Callable[[Watched], str | None]

CHECKS: Mapping[str, Check] = {
    check.__name__: check
    for check in (
        failing,
        gone,
        silent,
        elsewhere,
        moved,
        certificate,
        future,
        flood,
        ids,
        language,
        length,
        shrunk,
        undated,
    )
}

# The checks that compare with how the source used to be.
DRIFT = ("ids", "language", "length", "shrunk", "undated")

# The checks that look at what stands in the entries, so that they are sure only of a document that was read whole.
JUDGED_BY_ENTRIES = frozenset(DRIFT) | {"future"}
