"""An edition with everything that readers' programs have stumbled over."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from made import MARIESTAD, NOON, SITE, an_article

from aggregator.model import Credit, Edition, Event, Finding, Image, Volume, Withdrawal
from aggregator.places import coded
from aggregator.publishing.edition import edition_of, volume_of

ARTICLES = [
    an_article(
        1,
        title="CO₂ < 2 ton? & “så gör vi” – <b>Mariestad</b> räknar",
        summary="En ]]> mitt i, <script>alert(1)</script> & åäö.",
        html="<p>Text med <em>kursiv</em> &amp; ]]&gt; mitt i.</p><ul><li>Åäö</li></ul>",
        published=datetime(2026, 11, 20, 22, 45, tzinfo=UTC),
        authors=("Åsa Öberg", "Örjan"),
    ),
    an_article(2, title="Utan ingress", summary="", categories=(), authors=()),
    an_article(
        3,
        title="Cykelfest på torget",
        event=Event(
            datetime(2026, 12, 5, 12, tzinfo=UTC), datetime(2026, 12, 5, 14, tzinfo=UTC), "Nya torget & scenen"
        ),
        published=NOON - timedelta(days=1),
    ),
    an_article(
        4,
        title="Inställt: adventsvandring",
        event=Event(date(2026, 12, 6), place="Kanalen", cancelled=True),
        published=NOON - timedelta(days=2),
    ),
    an_article(
        5, title="Har varit", event=Event(date(2026, 11, 3), date(2026, 11, 5)), published=NOON - timedelta(days=30)
    ),
    an_article(
        6,
        title="Med bild",
        image=Image("https://cykel.example/b.jpg?a=1&b=2", "image/jpeg", "En cykel", "Foto: Å & Ö", 1200, 675, 48213),
        published=datetime(2026, 3, 28, 23, tzinfo=UTC),
        updated=datetime(2026, 3, 28, 23, tzinfo=UTC),
    ),
    an_article(7, title="Bild av okänd storlek", image=Image("https://cykel.example/c.webp"), published=NOON),
    an_article(8, title="Odaterad", dated=False, published=NOON, language="en"),
]

EDITION: Edition = edition_of(SITE, MARIESTAD, ARTICLES, NOON.date(), events=[each for each in ARTICLES if each.event])
EMPTY: Edition = edition_of(SITE, MARIESTAD, [], NOON.date())

# Whatever a source can put into a field that is published as text, if all else let it through.
_ATTACK = (
    "\"'></title></script><script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt; {{ 7 * 7 }} "
    "javascript:alert(3)"
)


HOSTILE = an_article(
    1,
    id="tag:prov.example,2026:cykel/fientlig?subject=x&bcc=annan@annan.example",
    path="nyhet/fientlig/",
    title=_ATTACK,
    summary=_ATTACK,
    actor=_ATTACK,
    authors=(_ATTACK,),
    categories=(_ATTACK,),
    language='sv" onload="alert(4)',
    event=Event(NOON, NOON + timedelta(days=3), _ATTACK, _ATTACK),
    also=(Credit(_ATTACK, "https://annan.example/", "https://annan.example/?'&b"),),
    findings=(Finding("1493", "name", _ATTACK), Finding("14", _ATTACK), Finding("natverk/skagern", _ATTACK)),
    corrected=NOON,
)

# The same as a county's newsfeed that has been going on for a while: told by several, with months behind it, something
# taken back, and a hub that is told when it changes.
COUNTY = replace(MARIESTAD, level="county", path="vastra-gotaland/", name="Västra Götalands län", places=(coded("14"),))
TOLD_BY_MANY = an_article(
    9,
    title="Gemensamt upprop för tåget",
    actor="Tåg & Co",
    also=(
        Credit("Örjans vänner", "https://orjan.example/", "https://orjan.example/upprop?a=1&b=2"),
        Credit("Naturen", "", ""),
    ),
    published=NOON - timedelta(hours=2),
    corrected=NOON + timedelta(minutes=30, seconds=10),
    updated=NOON + timedelta(minutes=30, seconds=10),
    themes=("Cykling",),
)
ONLY_WITH_US = an_article(
    10, title="Inlägg utan adress", url="https://prov.example/flode/nyhet/10/", actor_url="", published=NOON
)
WITHDRAWN = Withdrawal("tag:prov.example,2026:cykel/99", "nyhet/99/", NOON + timedelta(hours=1))
LIVELY: Edition = edition_of(
    replace(SITE, hub="https://hub.example/"),
    COUNTY,
    [*ARTICLES, TOLD_BY_MANY, ONLY_WITH_US],
    NOON.date(),
    events=[each for each in ARTICLES if each.event],
    months=("2026-11", "2026-10", "2026-03"),
    withdrawn=(WITHDRAWN,),
)
VOLUME: Volume = volume_of(
    LIVELY.site,
    COUNTY,
    "2026-10",
    [replace(each, entered=NOON - timedelta(days=30)) for each in ARTICLES],
    LIVELY.months,
)
