"""Explain: why an item is in each newsfeed that carries it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aggregator.config import Config
from aggregator.jobs.departed import with_departed
from aggregator.jobs.retag import judged
from aggregator.jobs.stories import homes_of
from aggregator.matching import Bond, Telling, bond_between, meaningless_links
from aggregator.model import Channel, Finding, Item, Story
from aggregator.publishing import channels_of
from aggregator.storage import Storage


@dataclass(frozen=True, slots=True)
class Explained:
    """An item, the newsfeeds that carry it, and what the rules would say of it now if they were asked again.

    `brought` are the findings that bring its story into each of those newsfeeds, by the newsfeed's path; where there
    are none, it is carried because no other newsfeed does.
    `story` is the one that it tells, and `bonds` says of each other item that tells it why these two do, or None if
    only a third one binds them. `left_out_of` are the newsfeeds that would carry it, did they not do without its actor.
    """

    item: Item
    carried_by: tuple[Channel, ...]
    brought: Mapping[str, tuple[Finding, ...]]
    now: Item
    story: Story
    bonds: tuple[tuple[Item, Bond | None], ...] = ()
    left_out_of: tuple[Channel, ...] = ()

    @property
    def counted(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.item.findings if not finding.rejected)

    @property
    def rejected(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.item.findings if finding.rejected)


def explain(config: Config, storage: Storage, name: str) -> tuple[Explained, ...]:
    """The items that NAME means: by their public id, by their address, or by words of their title."""
    config = with_departed(config, storage)
    channels = channels_of(
        config.nation, config.counties, config.networks, config.areas, config.conditions, config.people
    )
    found = storage.called(name)
    told = {story.leader.told_in: story for story in storage.stories.named([item.told_in for item in found])}
    return tuple(_explained(config, item, told[item.told_in], channels) for item in found)


def _explained(config: Config, item: Item, story: Story, channels: Sequence[Channel]) -> Explained:
    carried_by = tuple(channel for channel in channels if channel.selection.carries(story))
    counted = [finding for one in story.items if one.is_visible for finding in one.findings if not finding.rejected]
    codes = {channel.path: channel.selection.brought_by(story) for channel in carried_by}
    brought = {path: tuple(finding for finding in counted if finding.code in codes[path]) for path in codes}
    left_out_of = tuple(channel for channel in channels if channel.selection.leaves_out(story))
    return Explained(item, carried_by, brought, judged(config, item), story, _bonds(config, item, story), left_out_of)


def _bonds(config: Config, item: Item, story: Story) -> tuple[tuple[Item, Bond | None], ...]:
    tellings = [Telling(one) for one in story.items]
    nothing = homes_of(config) | meaningless_links(tellings)
    return tuple(
        (other.item, bond_between(Telling(item), other, nothing))
        for other in tellings
        if other.item.public_id != item.public_id
    )
