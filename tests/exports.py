"""Exports made for tests, in the shapes that Facebook gives them; every name and text is made up."""

import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from aggregator.model import Entry, Export

# Reads files, or ZIPs with such posts, as one export of a page: the fixture `read`.
Read = Callable[..., Export]

ROOT = "this_profile's_activity_across_facebook"
POSTS = f"{ROOT}/posts/profile_posts_1.json"
EVENTS = f"{ROOT}/events/events.json"
HOSTED = f"{ROOT}/events/events_you_hosted.json"
PROFILE = "profile_information/profile_information/profile_information.json"

NAME = "Provköping Ställer Om"
USERNAME = "ProvkopingStallerOm"
NUMBER = "61571000000001"

# 6 September 2025, 10:00 in UTC, 12:00 in Sweden and 03:00 in California.
T = 1757152800


def as_facebook_writes(value: Any) -> Any:
    """VALUE with UTF-8's bytes written as letters."""
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, list):
        return [as_facebook_writes(part) for part in value]
    if isinstance(value, dict):
        return {as_facebook_writes(key): as_facebook_writes(part) for key, part in value.items()}
    return value


def content(told: Any) -> bytes:
    """Bytes as they are, a text as UTF-8, and all else as Facebook's JSON."""
    if isinstance(told, bytes):
        return told
    return told.encode() if isinstance(told, str) else json.dumps(as_facebook_writes(told)).encode()


def zipped(path: Path, files: Mapping[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, told in files.items():
            archive.writestr(name, content(told))
    return path


def unpacked(folder: Path, files: Mapping[str, Any]) -> Path:
    for name, told in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(told))
    return folder


def profile(name: str = NAME, username: str = USERNAME) -> dict[str, Any]:
    address = f"https://www.facebook.com/{username}"
    return {"profile_v2": {"name": {"full_name": name}, "username": username, "profile_uri": address}}


def page_export(posts: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """The files of a page's export with these POSTS; MORE are events and hosted."""
    files = {PROFILE: profile(), POSTS: posts}
    named = {"events": EVENTS, "hosted": HOSTED}
    return files | {named[key]: told for key, told in more.items()}


def a_post(second: int = T, text: str = "", *attached: dict[str, Any], **told: Any) -> dict[str, Any]:
    """A post's record, each thing that is ATTACHED in a group of its own."""
    record = {
        "timestamp": second,
        "data": [{"post": text}, {}] if text else [{"update_timestamp": second}, {}, {}],
        "title": f"{NAME} uppdaterade sin status.",
    }
    if attached:
        record["attachments"] = [{"data": [one]} for one in attached]
    return {**record, **told}


def a_photo(number: int = 1, album: str = "Tidslinjefoton", folder: str = "", **told: Any) -> dict[str, Any]:
    uri = f"{ROOT}/posts/media/{folder or album.replace(' ', '')}_100200300400501/10020030040{number:04}.jpg"
    exif = {"photo_metadata": {"exif_data": [{"upload_ip": "192.0.2.7", "taken_timestamp": -62169958800}]}}
    return {"media": {"uri": uri, "creation_timestamp": T, "title": album, "media_metadata": exif, **told}}


def a_link(url: str, **told: str) -> dict[str, Any]:
    return {"external_context": {"url": url, **told}}


def a_shared_event(name: str = "Klädbytardag", start: int = T + 604_800, end: int = 0) -> dict[str, Any]:
    return {"event": {"name": name, "start_timestamp": start, "end_timestamp": end}}


def a_table(*rows: Mapping[str, str], heading: str = "") -> str:
    """A table of Meta Business Suite in Swedish, with the mark at its beginning that it comes with."""
    columns = (
        heading
        or "Publicerings-id,Sid-id,Sidnamn,Titel,Beskrivning,Publiceringstid,Inläggstyp,Permalänk,Datum,Visningar"
    )
    usual = {
        "Publicerings-id": "122158000000000001",
        "Sid-id": NUMBER,
        "Sidnamn": NAME,
        "Publiceringstid": "09/06/2025 03:00",
        "Inläggstyp": "Foton",
        "Datum": "Livstid",
        "Visningar": "1,250",
    }
    lines = [columns]
    for row in rows:
        told = {**usual, "Permalänk": f"https://www.facebook.com/122158/posts/{row.get('Publicerings-id', '1')}", **row}
        cells = (str(told.get(column, "")).replace('"', '""') for column in columns.split(","))
        lines.append(",".join(f'"{cell}"' for cell in cells))
    return "\ufeff" + "\r\n".join(lines) + "\r\n"


def entries(export: Export) -> dict[str, Entry]:
    return {told.entry.title: told.entry for told in export.entries}


def only(export: Export) -> Entry:
    [told] = export.entries
    return told.entry
