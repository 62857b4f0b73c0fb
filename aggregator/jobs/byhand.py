"""By hand: keep what lies in an inbox as items, for as long as it lies there.

A file is an item, known by its name. An edited file corrects it, and it is taken back when its file is deleted, called
a draft or given a day to come. A file that cannot be read leaves what was published of it as it is.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from aggregator.config import Config
from aggregator.errors import FetchError, SourceError
from aggregator.jobs.importing import Import
from aggregator.jobs.inbox import lying, told_beside
from aggregator.jobs.items import new_item, with_events
from aggregator.jobs.retag import judged
from aggregator.matching import alias_of
from aggregator.model import SWEDEN, Document, Identified, Item, Known, Tally, Tombstone
from aggregator.sources import LONGEST_MAIL, LONGEST_NOTE, MAIL, HandWritten, InboxSource
from aggregator.storage import Storage

log = logging.getLogger(__name__)

TAKEN_BACK = "taken back by its writer"


@dataclass(slots=True)
class _Look:
    """One look through an inbox, in which every file is read. `kept` are those by whose names an item lives on."""

    new: list[Item] = field(default_factory=list)
    changed: list[Item] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)


def read_inbox(config: Config, storage: Storage, source: InboxSource, now: datetime) -> Import:
    """Read what is new or edited in the inbox of SOURCE, and take back what is not there any more.

    FetchError if it looks as if the whole folder were lost: then nothing is taken back.
    """
    folder = Path(source.inbox)
    items = {alias: item for item in storage.items(source.id) for alias in item.aliases}
    if not items:
        _make(folder)
    found = lying(folder)
    barred = {alias for gone in storage.taken_down(source.id) for alias in gone.aliases}
    gone_at_once = len({item.public_id for item in items.values()})
    if gone_at_once > 1 and not found.files:
        what = f"is empty, but {gone_at_once} items came from it; none was taken back: is it the right folder?"
        raise FetchError(source.inbox, what)
    look = _Look(notes=list(found.notes))
    for name, path in found.files.items():
        if alias_of_file(name) in barred:
            look.notes.append(f"{name} was taken down, and is not read any more; delete it")
            continue
        try:
            _look_at(config, source, name, path, items, now, look)
        except SourceError as error:
            look.problems[name] = error.reason
            look.kept.add(name)
        except Exception as error:  # A fence: a fault of ours costs this file, not the others.
            log.exception("%s: our own fault", name)
            look.problems[name] = f"could not be read, which is our own fault: {error!r}"
            look.kept.add(name)
    gone = list(_gone(items, look, now))
    storage.keep_import(source.id, {}, [*look.new, *look.changed], gone, now)
    told_beside(found, look.problems)
    return Import(
        source.id,
        read=tuple(sorted(look.kept - look.problems.keys())),
        problems=look.problems,
        tally=Tally(notes=tuple(look.notes)),
        new=len(look.new),
        changed=len(look.changed),
        gone=len(gone),
    )


def alias_of_file(name: str) -> str:
    return alias_of("file", name)


def _make(folder: Path) -> None:
    """An inbox that nobody has used yet is made, so that there is something to drop files into."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FetchError(str(folder), f"cannot be used as an inbox: {error.strerror or error}") from error


def _look_at(
    config: Config,
    source: InboxSource,
    name: str,
    path: Path,
    items: Mapping[str, Item],
    now: datetime,
    look: _Look,
) -> None:
    """See what has become of one file, and put it in LOOK."""
    alias = alias_of_file(name)
    item = items.get(alias)
    written = source.told(Document(name, content_of(path), at=now))
    problem = _misnamed(config, written)
    if problem:
        raise FetchError(name, problem)
    if not written.is_out(now):
        when = "is a draft" if written.draft or not written.since else f"waits until {_day(written.since)}"
        look.notes.append(f"{name} {when}")
        return
    look.kept.add(name)
    [told] = with_events([Identified(written.entry, (alias,))], Known({alias: item} if item else {}), now)
    actor = written.actor or source.actor
    if item is None:
        look.new.append(judged(config, replace(new_item(config, source, told, now), actor=actor)))
    elif not item.tells(told.entry) or item.actor != actor:
        after = replace(item.retold(told.entry, frozenset(told.aliases), now), actor=actor)
        look.changed.append(judged(config, after).moved(item, now))


def content_of(path: Path) -> bytes:
    """The bytes of a note, or those of a mail that may hold its words; FetchError says what to do."""
    is_mail = path.name.lower().endswith(MAIL)
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST_MAIL if is_mail else LONGEST_NOTE + 1)
    except OSError as error:
        raise FetchError(path.name, f"cannot be read: {error.strerror or error}") from error
    if not is_mail and len(content) > LONGEST_NOTE:
        raise FetchError(path.name, f"is larger than {LONGEST_NOTE // 1000} kB; a note is plain text without pictures")
    return content


def _misnamed(config: Config, written: HandWritten) -> str:
    """What is wrong with the names that somebody wrote, if nobody and nothing is called so in feeds.toml."""
    networks = {f"natverk/{network.id}": network for network in config.networks}
    for code in written.entry.places:
        if "/" in code and code not in networks:
            return f'says that it is for "{code}", but no network is called so{_hint(code, networks)}'
    if written.actor and written.actor not in config.actors:
        return f'is written for "{written.actor}", but no actor has that id{_hint(written.actor, config.actors)}'
    return ""


def _hint(name: str, names: Mapping[str, object]) -> str:
    near = get_close_matches(name, names, n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(SWEDEN):%Y-%m-%d %H:%M}"


def _gone(items: Mapping[str, Item], look: _Look, now: datetime) -> Iterator[Tombstone]:
    """The items whose files are not there any more, or are not out."""
    kept = {alias_of_file(name) for name in look.kept}
    for alias, item in items.items():
        if alias not in kept and alias.startswith("file:"):
            yield Tombstone(item.public_id, item.source, item.aliases, TAKEN_BACK, now, item.codes, item.is_visible)
