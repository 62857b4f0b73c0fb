"""Takedown: remove what must not be told any more, from the store and from all that is published, for good."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from aggregator.config import Config
from aggregator.errors import AggregatorError
from aggregator.jobs.publish import Published, publish
from aggregator.jobs.search import forget_search
from aggregator.matching import by_link
from aggregator.model import Item, Tombstone, page_of
from aggregator.publishing import Output, remove_picture
from aggregator.storage import Storage


class TakedownError(AggregatorError):
    """What should be taken down is not there, or is not told apart from others."""


@dataclass(frozen=True, slots=True)
class TakenDown:
    """What was removed, the `others` that tell the same story and stay, and what was made anew without it.

    `pictures` are the copies that were removed from the output folder.
    """

    items: tuple[Item, ...]
    others: tuple[Item, ...]
    pictures: tuple[str, ...]
    published: Published


def take_down(
    config: Config, storage: Storage, name: str, reason: str, by: str, now: datetime, whole_story: bool = False
) -> TakenDown:
    """Remove the item that NAME means (its public id, its address, or that of its page with us), as BY asks.

    The copies of the store that were made by themselves still hold it; one without it is made instead of them.
    With WHOLE_STORY, all who tell the same go too. TakedownError if NAME means none, or several.
    """
    storage.rename(config.renames)
    item = _meant(config, storage, name)
    [story] = storage.stories.named([item.told_in])
    items = story.items if whole_story else (item,)
    others = tuple(one for one in story.items if one not in items)
    buried = [_tombstone(one, storage, reason, by, now) for one in items]
    output = Output(config.output)
    pictures = tuple(path for one in items for path in _remove_picture(config, storage, one, items, output))
    storage.take_down(buried)
    forget_search(output)
    if storage.forget_copies():
        storage.back_up_daily(now.date(), config.backups)
    return TakenDown(tuple(items), others, pictures, publish(config, storage, now))


def _meant(config: Config, storage: Storage, name: str) -> Item:
    found = storage.called_exactly(name)
    page = name.removeprefix(config.site.url)
    if not found and page != name:
        found = [item for item in storage.paged(page) if page_of(item.public_id).strip("/") == page.strip("/")]
    if not found:
        raise TakedownError(f"no item has the id or the address \"{name}\"; 'nyhetsflode explain WORDS' finds its id")
    if len(found) > 1:
        meant = "; ".join(f'{item.public_id} ("{item.entry.title}", {item.source})' for item in found)
        raise TakedownError(f"{len(found)} items have the address {name}; name one by its id: {meant}")
    return found[0]


def _tombstone(item: Item, storage: Storage, reason: str, by: str, now: datetime) -> Tombstone:
    """With the aliases by which it would come back; its address too, unless others of its source have the same."""
    link, aliases = by_link(item.entry), item.aliases
    if link and sum(by_link(other.entry) == link for other in storage.items(item.source)) == 1:
        aliases |= {link}
    was_seen = item.is_visible or item.withdrawn is not None
    return Tombstone(item.public_id, item.source, aliases, reason, now, item.codes, was_seen, by)


def _remove_picture(
    config: Config, storage: Storage, item: Item, going: Sequence[Item], output: Output
) -> Iterable[str]:
    """Remove the copy of its picture, unless an item that stays shows the same."""
    image = item.entry.image
    ids = {one.public_id for one in going}
    if image is None or not image.url.startswith(config.site.url):
        return
    if any(
        other.entry.image and other.entry.image.url == image.url
        for other in storage.items()
        if other.public_id not in ids
    ):
        return
    path = image.url.removeprefix(config.site.url)
    if remove_picture(output, path):
        yield path
