"""What each key of feeds.toml means, in a sentence, for editors that show it while one writes.

They stand here and not with the keys, since no run needs them. `SOURCE` is what all kinds of source may say.
"""

from collections.abc import Mapping

Descriptions = Mapping[str, str]

SOURCE: dict[str, str] = {
    "was": "The names this source had before, the oldest first; it keeps its items and their ids.",
    "every": 'How often it is asked, from "15m" to "24h"; "auto" learns its rhythm.',
    "silence": 'How long it may be silent before there is an alarm, as "30d"; "auto" learns its rhythm.',
    "identity": "By what a piece of news is known again.",
    "publish": "How much of each item is shown: the full text, an excerpt, or a link only.",
    "pictures": 'Whether pictures are shown: "publish" if an editor answers for the rights, else "link" (none are).',
    "cleared_by": "Who answers for the rights in its pictures; never published.",
    "kind": "What everything from this source is.",
    "about": "What counts of a source that publishes everything.",
    "rights": "What others may do with its items, if not what [site] says.",
}
_TRIALS = "Titles to try it with; check does."

DESCRIPTIONS: Mapping[str, Descriptions] = {
    "File": {
        "schema": "The version of the file.",
        "include": 'Other files that add tables, as "feeds.d/*.toml"; seen from this file.',
        "site": "Who publishes, and where.",
        "collect": "How sources are called at.",
        "keep": "What is kept, and for how long.",
        "mail": "Digests by mail, and who is told of alarms.",
        "deploy": "Where the output folder is sent.",
        "nation": "What the national newsfeed carries.",
        "county": 'How a county differs from the default, by its address, as "vastra-gotaland".',
        "network": "Networks: the circulation areas of local newspapers.",
        "area": "Municipality areas that have a newsfeed of their own.",
        "actor": "The actors whose news is carried, each by its id.",
        "place": "What the map cannot know of a place, by its code or name.",
        "condition": "Conditions for taking part.",
        "person": "Who answers for what.",
        "rule": "Rules for news of a kind, in order.",
    },
    "SiteTable": {
        "title": "What the site is called.",
        "url": "The address where the output folder is served; may change.",
        "authority": "A domain that is yours for good; part of every published id, and must never change.",
        "contact": "A mail address that readers and those who are collected from see.",
        "store": 'The memory: a file, an address of PostgreSQL, or { env = "NAME" }.',
        "output": 'Where files are published: a folder, an object store ("s3://bucket/x"), or { env = "NAME" }.',
        "rights": "What others may do with the news.",
        "publisher": "Who stands behind it.",
        "about": "A sentence or two about the site.",
        "privacy": "How personal data is handled: a text, or the address of a page.",
        "accessibility": "How accessible the site is: a text, or the address of a page.",
        "hub": "A WebSub hub that is told when newsfeeds change.",
        "publish": "Whose news is shown: of all who are listed, or of those who meet the conditions.",
    },
    "CollectTable": {
        "every": 'How often each source is asked, from "15m" to "24h"; "auto" learns its rhythm.',
        "concurrency": "How many sources are asked at the same time.",
        "per_host": "How many of them on one host at most.",
        "gap": 'The time between two calls at one host, from "0s" to "1m".',
        "timeout": 'How long to wait for a whole answer, from "1s" to "5m".',
        "max_bytes": 'Larger answers are not read, as "5MB".',
        "private_networks": 'Addresses of one\'s own network that may be asked, as "10.0.0.0/8".',
        "proxies": "Whether to go through the proxies that http_proxy and https_proxy name.",
    },
    "KeepTable": {
        "items": 'From which age on texts, pictures and evidence of news are put away, as "2y"; or "for ever".',
        "backups": "So many daily copies of a store in SQLite are kept; 0 makes none.",
    },
    "MailTable": {
        "smtp": 'The mail server, as "smtp://host:587", or { env = "NAME" }.',
        "sender": "The sender's address; the contact of [site] if left out.",
        "hour": "From which hour letters may go out, Swedish time.",
        "unsubscribe": 'Where digests are stopped: begins with "https://" or "mailto:".',
        "status": "Who is told by mail what began to look wrong at a source, once a day at most.",
        "digest": 'Who gets the digests of a newsfeed, by its path, as "vastra-gotaland/mariestad".',
    },
    "DigestTable": {
        "daily": "Who gets the digest of each day.",
        "weekly": "Who gets the digest of each week.",
    },
    "DeployTable": {
        "to": 'Where to: "rsync://user@host/folder/" or "sftp://user@host:22/folder/".',
        "key": "The file with the private key.",
        "known_hosts": "The file with the hosts that are trusted.",
        "by_itself": "Whether each round that published something sends it.",
    },
    "NationTable": {
        "carries": 'What it carries: "own" is what is of national scope and what no other newsfeed carries.'
    },
    "CountyTable": {
        "carries": 'What its newsfeed carries: "own" is what is about the county as a whole.',
        "official": "The county's own site, if its newsfeed lives elsewhere.",
        "contact": "The county's contact address, which readers see.",
        "publish": "Whose news is shown, if not what [site] says.",
    },
    "NetworkTable": {
        "was": "The ids it had before, the oldest first; it keeps its address.",
        "title": "What the network is called.",
        "municipalities": "Its municipalities, by name or code; they may lie in several counties.",
        "parts": "Municipalities of which a part belongs to it, each with its localities.",
        "without": "Actors whose own news its newsfeed leaves out, by their ids: the newspaper that takes it in.",
        "publish": "Whose news is shown, if not what its counties or [site] say.",
    },
    "AreaTable": {
        "municipality": "The municipality, by name or code.",
        "content": "Whether its newsfeed carries everything or events only.",
        "interim": "Whether it is announced but has no newsfeed of its own yet.",
    },
    "ActorTable": {
        "was": "The ids it had before, the oldest first; it keeps its items and their ids.",
        "name": "The actor's name, as readers see it.",
        "area": "Its municipalities or counties, by name or code.",
        "scope": "How far its news reaches.",
        "network": "Networks it belongs to beside those of its municipality.",
        "status": "Whether it is listed, meets the conditions, or has left.",
        "since": "The day from which this holds.",
        "homepage": "The address of its site.",
        "facebook": "The address of its Facebook page.",
        "feed": "The address of its newsfeed, or a file.",
        "calendar": "The address of its calendar (iCalendar), or a file.",
        "inbox": "The folder for its hand-written notes and saved mails.",
        "page": "The address of a page with a list of news, where there is no newsfeed.",
        "source": "Sources that need options of their own, each by its name.",
    },
    "FeedSource": SOURCE
    | {
        "feed": "The address of the newsfeed, or a file.",
        "full_text": "Whether the page of each new item is read as well.",
    },
    "CalendarSource": SOURCE | {"calendar": "The address of the calendar (iCalendar), or a file."},
    "InboxSource": SOURCE | {"inbox": "The folder for hand-written notes and saved mails."},
    "PageSource": SOURCE
    | {
        "page": "The address of the page, or a file.",
        "select": "Where on the page its news stands; without it the page has to say so itself.",
        "full_text": "Whether the page of each new item is read as well.",
    },
    "ExportSource": SOURCE
    | {
        "export": "The folder that exports of a Facebook page are dropped in.",
        "page_name": "The page's name, username, number or address, if the actor's Facebook address does not tell it.",
        "csv_zone": 'The time zone of the times in tables, as "Europe/Stockholm".',
        "full": "Whether each export is everything that the page has had in its time: what is missing was deleted.",
        "skip_albums": "Albums whose pictures without words are no news.",
    },
    "Select": {
        "item": "CSS: each piece of news.",
        "title": "CSS within it: its title.",
        "link": "CSS within it: its link.",
        "date": "CSS within it: its date.",
        "summary": "CSS within it: its summary.",
        "image": "CSS within it: its picture.",
        "pattern": 'Only links to such addresses count, where * is anything, as "/nyheter/*".',
    },
    "WhatCounts": {
        "words": "One of these must be there; * is any ending.",
        "without": "None of these may be there.",
        "themes": "Or else it has one of these themes.",
        "test": _TRIALS,
    },
    "Trials": {"match": "Titles that must be taken.", "miss": "Titles that must not."},
    "PlaceTable": {
        "aliases": "Other names of the place.",
        "require_near": "Words of which one must be in the text for the name to count.",
    },
    "ConditionTable": {
        "level": "What it is a condition of.",
        "where": "Which county or network; left out for the nation.",
        "text": "The condition, as readers see it.",
        "from": "The first day on which it holds.",
        "to": "The last day on which it holds; left out as long as it does.",
    },
    "PersonTable": {
        "name": "The person's name.",
        "mail": "The person's mail address.",
        "role": "What the person is.",
        "for": "What the person answers for: newsfeeds, areas or actors, by their ids.",
        "public": "Whether name and address may be published.",
    },
    "RuleTable": {"when": "Which news it is for.", "then": "What becomes of it.", "test": _TRIALS},
    "WhenTable": {
        "actor": "The id of an actor.",
        "source": 'A source, as "actor/source".',
        "kind": "What the news is.",
        "words": "Any of these is in it; * is any ending.",
        "item": "A single item, by its address or id.",
    },
    "ThenTable": {
        "places": "It is about these places only.",
        "theme": "It has this theme too.",
        "kind": "It is of this kind.",
        "publish": "How much of it is shown.",
        "promote": 'Newsfeeds that carry it too: "county", "nation", a county or a network.',
        "hide": "Whether it is not shown at all.",
        "fan_out": "Whether news of a county is carried in all its municipalities.",
    },
}
