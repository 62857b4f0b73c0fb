"""Explain: why an item is in each newsfeed that carries it."""

from dataclasses import dataclass

from aggregator.config import Config
from aggregator.jobs.retag import tagged
from aggregator.model import Channel, Finding, Item
from aggregator.publishing import channels_of
from aggregator.storage import Storage


@dataclass(frozen=True, slots=True)
class Explained:
    """An item, the newsfeeds that carry it, and what the rules would say of it now if they were asked again."""

    item: Item
    carried_by: tuple[Channel, ...]
    now: Item

    @property
    def counted(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.item.findings if not finding.rejected)

    @property
    def rejected(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.item.findings if finding.rejected)


def explain(config: Config, storage: Storage, name: str) -> tuple[Explained, ...]:
    """The items that NAME means: by their public id, by their address, or by words of their title."""
    channels = channels_of(config.nation, config.counties, config.networks, config.areas)
    found = storage.called(name)
    told = {story.leader.told_in: story for story in storage.stories.named([item.told_in for item in found])}
    return tuple(
        Explained(
            item,
            tuple(channel for channel in channels if channel.selection.carries(told[item.told_in])),
            tagged(config, item),
        )
        for item in found
    )
