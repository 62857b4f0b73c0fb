"""Which addresses are one, and which name a single piece of news."""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from aggregator.model import Entry

# What follows a reader around and changes nothing of what is shown.
_TRACKING = re.compile(
    r"utm_.*|[a-z]*clid|mc_[ce]id|ref|ref_src|ref_url|referrer|igsh(?:id)?|_g[al]|_hs\w+|mkt_tok|cmpid|ocid|wt\.?_?mc\w*"
    r"|at_(?:medium|campaign)|amp|share|shared|via|mibextid|acontext|rdid|__(?:cft|tn|xts)__.*|sfnsn|paipv|eav",
    re.IGNORECASE,
)
_VARIANT = re.compile(r"^(?:(?:www\d?|m|mobil|mobile|amp)\.)+")
_ENDING = re.compile(r"(?:/(?:amp|index\.(?:html?|php|aspx?)|default\.aspx?))+$", re.IGNORECASE)

# Pages that are there for good, and where the news changes: a link to them is about nothing in particular.
_STANDING = frozenset(
    "nyheter nyhet news aktuellt aktuella senaste blogg blog arkiv archive kalender kalendarium calendar evenemang "
    "events event program start startsida hem home index sv se om om-oss about kontakt kontakta-oss contact bli-medlem "
    "medlem medlemskap stod-oss gava ge-en-gava donera swish nyhetsbrev prenumerera press pressrum pressmeddelanden "
    "artiklar inlagg posts category kategori tag feed rss webbshop shop butik boka anmalan".split()
)
_ARCHIVE = re.compile(r"(?:(?:19|20)\d\d(?:/\d{1,2}){0,2})?/?(?:(?:page|sida)/\d+)?")

# On these sites an address is about a person or a page, unless it names a post or an event.
_SOCIAL = re.compile(r"(?:^|\.)(?:facebook\.com|fb\.com|fb\.me|instagram\.com|linkedin\.com|twitter\.com|x\.com)$")
_OF_A_POST = re.compile(
    r"/(?:posts|permalink|photos?|videos?|reels?|p|events|status|story\.php|permalink\.php|watch|share|groups/[^/]+/\w+)"
    r"(?:/|\.php|$)"
)
_NAMES_A_POST = frozenset({"story_fbid", "fbid", "v", "multi_permalinks"})

_HREF = re.compile(r'<a\b[^<>]*?\bhref="(https?://[^"]+)"', re.IGNORECASE)
_BARE = re.compile(r"https?://[^\s<>\"“”]+[^\s<>\"“”.,:;!?)\]}'’]")


def plainly(url: str) -> str:
    """URL as it should be compared: no tracking, and http or https, www, mobile and AMP variants are one; "" if it is
    no address of the web."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower().rstrip(".")
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ""
    path = _ENDING.sub("", unquote(parts.path).rstrip("/")).rstrip("/")
    told = sorted((name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name))
    return _VARIANT.sub("", host) + path + (f"?{urlencode(told)}" if told else "")


def of_one_piece(url: str) -> str:
    """URL as it should be compared, if it can be the address of a single piece of news; else ""."""
    plain = plainly(url)
    place, _, query = plain.partition("?")
    host, _, path = place.partition("/")
    if _SOCIAL.search(host):
        names = {name for name, _ in parse_qsl(query)}
        return plain if _OF_A_POST.search(f"/{path}") and (names & _NAMES_A_POST or path.count("/")) else ""
    special = "/".join(step for step in path.lower().split("/") if step and step not in _STANDING)
    return plain if query or not _ARCHIVE.fullmatch(special) else ""


def told_at(entry: Entry) -> str:
    """The page where ENTRY itself is told: its address, unless it is a post, whose address is what it links to."""
    return of_one_piece(entry.url) if entry.form == "article" else ""


def links_of(entry: Entry) -> frozenset[str]:
    """The pieces of news that ENTRY is, or leads to. An article leads to many; a post or a share to one, or to none."""
    own = of_one_piece(entry.url)
    if entry.form == "article":
        return frozenset({own} - {""})
    text = entry.html or entry.summary
    named = {of_one_piece(url.replace("&amp;", "&")) for url in (*_HREF.findall(text), *_BARE.findall(text))} - {
        "",
        own,
    }
    return frozenset(({own} | (named if len(named) == 1 else set())) - {""})
