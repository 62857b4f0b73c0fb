"""JSON Schemas for ninjs 1.4, written down from what IPTC and TT publish of it (both under CC BY).

IPTC: iptc.org/std/ninjs, version 1.4 of 18 May 2022. TT: github.com/ttab/ttspec, ttninjs 1.4. Only what text and event
items use of TT's is here; whatever else an item has is an error, as it is in theirs.
"""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
# "format" is only checked with more packages; a pattern always is. Superdesk takes no zone but Z.
URI: Schema = {"type": "string", "format": "uri", "pattern": "^[a-z][a-z0-9+.-]*:[^ ]+$"}
MOMENT: Schema = {"type": "string", "format": "date-time", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
DAY: Schema = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}


def one_of(*words: str) -> Schema:
    return {"type": "string", "enum": list(words)}


def closed(**properties: Schema) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def many(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


CONCEPT = closed(name=TEXT, rel=TEXT, scheme=URI, code=TEXT)
RENDITION = {"href": URI, "mimetype": TEXT, "title": TEXT, "height": NUMBER, "width": NUMBER, "sizeinbytes": NUMBER}

COMMON: Schema = {
    "uri": URI,
    "mimetype": TEXT,
    "version": TEXT,
    "firstcreated": MOMENT,
    "versioncreated": MOMENT,
    "contentcreated": MOMENT,
    "embargoed": MOMENT,
    "urgency": NUMBER,
    "copyrightholder": TEXT,
    "copyrightnotice": TEXT,
    "usageterms": TEXT,
    "ednote": TEXT,
    "language": TEXT,
    "person": many(CONCEPT),
    "organisation": many(CONCEPT),
    "subject": many(CONCEPT),
    "event": many(CONCEPT),
    "object": many(CONCEPT),
    "infosource": many(CONCEPT),
    "title": TEXT,
    "byline": TEXT,
    "headline": TEXT,
    "slugline": TEXT,
    "located": TEXT,
    "charcount": NUMBER,
    "wordcount": NUMBER,
    "genre": many(closed(name=TEXT, scheme=URI, code=TEXT)),
    "$standard": closed(name=TEXT, version=TEXT, schema=URI),
    "associations": {
        "type": "object",
        "additionalProperties": False,
        "patternProperties": {"^[a-zA-Z0-9]+": {"$ref": "#"}},
    },
}

IPTC: Schema = {
    "$schema": "http://json-schema.org/draft-04/schema#",
    "type": "object",
    "additionalProperties": False,
    "required": ["uri"],
    "patternProperties": {f"^{name}_[a-zA-Z0-9_]+": TEXT for name in ("description", "body", "headline")},
    "properties": COMMON
    | {
        "type": one_of("text", "audio", "video", "picture", "graphic", "composite", "component"),
        "representationtype": one_of("complete", "incomplete"),
        "profile": TEXT,
        "pubstatus": one_of("usable", "withheld", "canceled"),
        "place": many(CONCEPT | {"patternProperties": {"^geometry_[a-zA-Z0-9_]+": {"type": "object"}}}),
        "renditions": {
            "type": "object",
            "additionalProperties": False,
            "patternProperties": {"^[a-zA-Z0-9_]+": closed(**RENDITION, duration=NUMBER, format=TEXT)},
        },
        "altids": {"type": "object"},
        "expires": MOMENT,
    },
}

TT: Schema = {
    "$schema": "http://json-schema.org/draft-04/schema#",
    "type": "object",
    "additionalProperties": False,
    "required": ["uri"],
    "properties": COMMON
    | {
        "type": one_of("text", "audio", "video", "picture", "graphic", "composite", "planning", "component", "event"),
        "representationtype": one_of("complete", "incomplete", "associated"),
        "profile": one_of("PUBL", "DATA", "INFO", "RAW"),
        "pubstatus": one_of("usable", "withheld", "canceled", "replaced", "commissioned"),
        "versionstored": MOMENT,
        "date": DAY,
        "datetime": MOMENT,
        "enddate": DAY,
        "enddatetime": MOMENT,
        "week": NUMBER,
        "webprio": NUMBER,
        "source": TEXT,
        "description_text": TEXT,
        "description_usage": TEXT,
        "body_text": TEXT,
        "body_html5": TEXT,
        "body_richhtml5": TEXT,
        "body_event": closed(
            **dict.fromkeys(
                (
                    "arena city address country eventurl eventphone eventweb organizer organizeraddress organizercity "
                    "organizercountry organizerurl organizerphone organizermail eventstatus eventstatus_text region "
                    "region_text municipality municipality_text eventtags eventtype eventtype_text note_extra"
                ).split(),
                TEXT,
            )
        ),
        "place": many(closed(name=TEXT, rel=TEXT, scheme=URI, code=TEXT, geometry_geojson={"type": "object"})),
        "renditions": {
            "type": "object",
            "additionalProperties": False,
            "patternProperties": {
                "^[a-zA-Z0-9]+": closed(**RENDITION, usage=TEXT, variant=TEXT, unit=TEXT, duration=NUMBER)
            },
        },
        "altids": closed(originaltransmissionreference=TEXT),
    },
}
