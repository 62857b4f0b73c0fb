"""What the readers of one newsfeed get: now, in one month, on one day and in one week."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from aggregator.model import (
    SWEDEN,
    Actor,
    Article,
    Channel,
    Digest,
    Edition,
    Site,
    Volume,
    Withdrawal,
    digest_name,
    month_of,
)
from aggregator.publishing import swedish
from aggregator.publishing.article import BEGINNING, newest_change

# What feeds show (Google and Flipboard want at least 30), and how far pages and calendars look.
NEWEST = 50
COMING = 100
CALENDAR = 1000
CALENDAR_BACK = timedelta(days=92)
WEEKS_BACK = 26
WITHDRAWN_BACK = timedelta(days=60)

# So many digests a newsfeed's page leads to.
WEEKS_SHOWN, DAYS_SHOWN = 5, 7
_WEEK, _DAY = re.compile(r"\d{4}/v\d{2}"), re.compile(r"\d{4}/\d{2}-\d{2}")

DIGEST_AHEAD = timedelta(days=14)


def edition_of(
    site: Site,
    channel: Channel,
    articles: Iterable[Article],
    day: date,
    *,
    events: Iterable[Article] = (),
    months: Iterable[str] = (),
    dates: Iterable[datetime] = (),
    withdrawn: Iterable[Withdrawal] = (),
    actors: Iterable[Actor] = (),
    digests: Iterable[str] = (),
) -> Edition:
    """The edition of CHANNEL on DAY: the newest of ARTICLES, and what is to come of EVENTS.

    DATES are when whatever it carries came out, in the last half year.
    """
    newest = tuple(newest_first(articles)[:NEWEST])
    calendar = tuple(sorted(events, key=begins))
    gone = tuple(withdrawn)
    return Edition(
        site,
        channel,
        newest,
        day,
        max(newest_change(newest), *(withdrawal.moment for withdrawal in gone), BEGINNING),
        coming=tuple(event for event in calendar if not is_over(event, day))[:COMING],
        calendar=calendar,
        months=tuple(months),
        weeks=weeks_of(dates, day),
        withdrawn=gone,
        actors=tuple(actors),
        digests=tuple(digests),
    )


def latest_digests(names: Iterable[str]) -> tuple[str, ...]:
    """Of digests with these NAMES those of the last weeks, and then those of the last days; the latest first."""
    told = sorted(names, reverse=True)
    weeks = [name for name in told if _WEEK.fullmatch(name)]
    days = [name for name in told if _DAY.fullmatch(name)]
    return (*weeks[:WEEKS_SHOWN], *days[:DAYS_SHOWN])


def is_over(article: Article, day: date) -> bool:
    """Whether ARTICLE is of an event that ended before DAY."""
    return article.event is not None and article.event.is_over_at <= span_of(day, day)[0]


def newest_first(articles: Iterable[Article]) -> list[Article]:
    """A total order: by date, then by id."""
    return sorted(articles, key=lambda article: (article.published, article.id), reverse=True)


def volume_of(site: Site, channel: Channel, month: str, articles: Iterable[Article], months: Sequence[str]) -> Volume:
    """What of ARTICLES came into CHANNEL in MONTH; MONTHS are all in which anything did."""
    within = tuple(newest_first(article for article in articles if month_of(article.entered) == month))
    earlier, later = (
        max((m for m in months if m < month), default=""),
        min((m for m in months if m > month), default=""),
    )
    return Volume(site, channel, month, within, newest_change(within), earlier, later)


def digest_of(
    site: Site, channel: Channel, first: date, last: date, articles: Iterable[Article], events: Iterable[Article]
) -> Digest:
    """What of ARTICLES came into CHANNEL from FIRST to LAST, and what of EVENTS follows that was known by then."""
    begin, end = span_of(first, last)
    within = tuple(newest_first(article for article in articles if begin <= article.entered < end))
    coming = [
        article
        for article in events
        if article.event and article.entered < end <= article.event.begins < end + DIGEST_AHEAD
    ]
    return Digest(site, channel, first, last, within, tuple(sorted(coming, key=begins)), newest_change(within))


def periods_of(
    entered: Collection[datetime], known: Collection[str], month: str, today: date
) -> Iterator[tuple[date, date]]:
    """The days of MONTH, and the ISO weeks that touch it, that are over by TODAY: first and last day of each.

    Only those in which anything ENTERED, or of which there is a digest that goes by one of these KNOWN names.
    """
    begin, end = (swedish.day_of(moment) for moment in months_span(month))
    days = [begin + timedelta(days=number) for number in range((end - begin).days)]
    came = {swedish.day_of(moment) for moment in entered}
    for day in days:
        if day < today and f"{day:%Y-%m}" == month and (day in came or digest_name(day, day) in known):
            yield day, day
    for monday in days[::7]:
        week = [monday + timedelta(days=number) for number in range(7)]
        if week[-1] < today and (not came.isdisjoint(week) or digest_name(monday, week[-1]) in known):
            yield monday, week[-1]


def months_span(month: str) -> tuple[datetime, datetime]:
    """From the first moment of the first ISO week that has a day of MONTH to the last moment of the last one."""
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return span_of(first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday()))


def span_of(first: date, last: date) -> tuple[datetime, datetime]:
    """From Swedish midnight before FIRST to that after LAST."""
    begin, end = (datetime.combine(day, time(), SWEDEN).astimezone(UTC) for day in (first, last + timedelta(days=1)))
    return begin, end


def weeks_of(dates: Iterable[datetime], today: date) -> tuple[tuple[date, int], ...]:
    """How many of DATES lie in each of the last weeks: its Monday, and the number; the oldest first."""
    monday = today - timedelta(days=today.weekday())
    counted = {monday - timedelta(weeks=back): 0 for back in reversed(range(WEEKS_BACK))}
    for moment in dates:
        day = swedish.day_of(moment)
        week = day - timedelta(days=day.weekday())
        if week in counted:
            counted[week] += 1
    return tuple(counted.items())


def begins(article: Article) -> tuple[datetime, str]:
    """The order of events."""
    if article.event is None:
        raise ValueError(f"{article.id} is no event")
    return article.event.begins, article.id
