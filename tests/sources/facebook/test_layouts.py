"""Which layouts are read, and what in them is never opened."""

from pathlib import Path
from typing import Any, BinaryIO

import pytest
from exports import EVENTS, POSTS, PROFILE, ROOT, Read, T, a_photo, a_post, entries, only, profile, unpacked, zipped
from made import NOON

from aggregator.errors import ParseError
from aggregator.model import Bundle, Member
from aggregator.sources import ExportSource
from aggregator.sources.facebook.layouts import Kind, kind_of

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "facebook"

PERSONS = ("posts/your_posts_1.json", "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json")
PAGES = (
    POSTS,
    "posts/profile_posts_1.json",
    "profile_posts_1.json",
    "posts/page_posts_1.json",
    f"facebook-ProvkopingStallerOm-2026-4-7-AbCd/{POSTS}",
    f"drive-download/facebook-x/{POSTS}",
)


@pytest.mark.parametrize("name", PAGES + PERSONS)
def test_every_layout_of_the_years_is_read(read: Read, tmp_path: Path, name: str) -> None:
    files = {name: [a_post(T, "Hej från Provköping")], PROFILE: profile()}
    assert only(read(zipped(tmp_path / "a.zip", files))).title == "Hej från Provköping"
    assert only(read(unpacked(tmp_path / "a", files))).title == "Hej från Provköping"


def test_old_files_hold_their_posts_in_a_wrapper(read: Read, tmp_path: Path) -> None:
    files = {"posts/your_posts_1.json": {"status_updates": [a_post(T, "Från 2018")]}, PROFILE: profile()}
    assert only(read(zipped(tmp_path / "a.zip", files))).title == "Från 2018"


def test_pages_posts_are_read_and_persons_beside_them_are_not(read: Read, tmp_path: Path) -> None:
    files = {f"page/{POSTS}": [a_post(T, "Sidans")], f"kim/{PERSONS[0]}": [a_post(T, "Privat")], PROFILE: profile()}
    export = read(unpacked(tmp_path / "a", files))
    assert only(export).title == "Sidans"
    assert "in the layout of a person's archive were passed over: kim" in export.tally.notes[0]


def _sealed() -> BinaryIO:
    raise AssertionError("was opened")


PRIVATE = (
    "messages/inbox/kim_1/message_1.json",
    f"{ROOT}/messages/inbox/kim_1/profile_posts_1.json",
    "connections/friends/your_friends.json",
    f"{ROOT}/comments_and_reactions/comments.json",
    "pages/admin_activity/posts/profile_posts_1.json",
    "logged_information/professional_dashboard/events/events.json",
    "security_and_login_information/logins.json",
    f"{ROOT}/events/event_responses.json",
    f"{ROOT}/events/event_invitations.json",
    f"{ROOT}/events/your_event_invitation_links.json",
    f"{ROOT}/posts/your_pinned_posts.json",
    f"{ROOT}/posts/media/Tidslinjefoton_1/film.mp4",
    "messages/photos/a.jpg",
    "preferences/page.json",
    "devices.json",
)


def test_what_is_not_on_the_list_is_never_opened() -> None:
    def opened(told: bytes) -> Any:
        from io import BytesIO

        return lambda: BytesIO(told)

    readable = [
        Member("x", POSTS, 1, opened(b'[{"timestamp": %d, "data": [{"post": "Hej"}]}]' % T)),
        Member("x", EVENTS, 1, opened(b'{"your_events_v2": []}')),
        Member("x", a_photo(1)["media"]["uri"], 1, _sealed),
    ]
    sealed = [Member("x", name, 1, _sealed) for name in PRIVATE]
    export = ExportSource(export="x").gather(Bundle((*sealed, *readable)), NOON)
    assert only(export).title == "Hej"
    assert not [member.name for member in sealed if kind_of(member)]
    assert kind_of(readable[2]) == Kind.PICTURE, "which is opened if it is to be published, and not before"


def test_a_dump_is_known_by_its_name_in_a_folder_and_by_its_owner_when_alone(tmp_path: Path) -> None:
    def kind(name: str, alone: bool = False) -> Kind | None:
        return kind_of(Member("x", name, 1, _sealed), alone)

    assert (kind("published_posts.json"), kind("devices.json")) == (Kind.DUMP, None)
    assert kind("inlagg.json", alone=True) == Kind.DUMP


@pytest.mark.parametrize(
    "files",
    [
        {f"{ROOT}/posts/profile_posts_1.html": "<html>", "start_here.html": "<html>"},
        {"your_posts_1.html": "<html>"},
    ],
)
def test_an_export_in_html_is_declined_with_how_to_get_json(read: Read, tmp_path: Path, files: dict[str, str]) -> None:
    with pytest.raises(ParseError, match=r"is an export in HTML, .*; make it again, and choose the format JSON"):
        read(zipped(tmp_path / "a.zip", files))


@pytest.mark.parametrize("name", ["gen_a_posts.html", "gen_b_posts.html"])
def test_a_page_of_html_by_itself_is_declined_too(read: Read, tmp_path: Path, name: str) -> None:
    path = unpacked(tmp_path, {name: '<html><body><div class="pam _3-95 _2ph- _a6-g">'}) / name
    with pytest.raises(ParseError, match="choose the format JSON"):
        read(path)


def test_an_export_of_another_page_is_declined_and_both_are_named(read: Read, tmp_path: Path) -> None:
    files = {POSTS: [a_post(T, "Hej")], PROFILE: profile("Annanby Ställer Om", "AnnanbyStallerOm")}
    path = zipped(tmp_path / "a.zip", files)
    with pytest.raises(ParseError) as told:
        read(path)
    assert "the page Annanby Ställer Om (AnnanbyStallerOm), and this source is for ProvkopingStallerOm" in str(
        told.value
    )
    assert only(read(path, page_name="Annanby Ställer Om")).title == "Hej"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.facebook.com/ProvkopingStallerOm",
        "https://sv-se.facebook.com/provkoping.stallerom/",
        "https://www.facebook.com/pages/Provkoping-Staller-Om/61571000000001",
        "facebook.com/ProvkopingStallerOm?locale=sv_SE",
        "",
    ],
)
def test_a_page_is_known_however_its_address_is_written(read: Read, address: str) -> None:
    assert only(read([a_post(T, "Hej")], address=address)).title == "Hej"


def test_a_page_without_a_username_is_known_by_its_number(read: Read, tmp_path: Path) -> None:
    told = {"profile_v2": {"name": {"full_name": "X"}, "profile_uri": "https://www.facebook.com/profile.php?id=615"}}
    path = zipped(tmp_path / "a.zip", {POSTS: [a_post(T, "Hej")], PROFILE: told})
    assert only(read(path, address="https://www.facebook.com/profile.php?id=615")).title == "Hej"
    with pytest.raises(ParseError, match=r"the page X \(615\), and this source is for 616"):
        read(path, address="https://www.facebook.com/profile.php?id=616")


def test_an_export_that_does_not_say_whose_it_is_is_read_with_a_note(read: Read, tmp_path: Path) -> None:
    export = read(zipped(tmp_path / "a.zip", {POSTS: [a_post(T, "Hej")]}))
    assert only(export).title == "Hej"
    assert "nothing in the export says which page it is of" in export.tally.notes[0]


def test_albums_give_the_pictures_that_no_post_has_shown(read: Read, tmp_path: Path) -> None:
    shown, left, other = (a_photo(number, album="Utställning", description=f"Bild {number}.") for number in (1, 2, 3))
    album = {
        "name": "Utställning på biblioteket",
        "photos": [shown["media"], left["media"], {**other["media"], "creation_timestamp": T + 9}],
        "last_modified_timestamp": T + 999_999,
        "description": "Så ställer vi om",
    }
    files = {POSTS: [a_post(T, "Titta!", shown)], PROFILE: profile(), f"{ROOT}/posts/album/0.json": album}
    found = entries(read(zipped(tmp_path / "a.zip", files)))
    assert set(found) == {"Titta!", "Utställning på biblioteket"}
    entry = found["Utställning på biblioteket"]
    assert entry.body == "Så ställer vi om\nBild 2.\nBild 3."
    assert (entry.published_raw, entry.updated_raw) == ("2025-09-06T10:00:00+00:00", "2025-09-06T10:00:09+00:00")


def test_loose_pictures_are_news_if_something_is_said_of_them(read: Read, tmp_path: Path) -> None:
    photos = [a_photo(1, description="Första tomaten!")["media"], a_photo(2)["media"]]
    videos = [
        {"uri": f"{ROOT}/posts/media/videos/1.mp4", "creation_timestamp": T, "description": "Så lagar du en cykel"}
    ]
    files = {
        PROFILE: profile(),
        f"{ROOT}/posts/uncategorized_photos.json": {"other_photos_v2": photos},
        f"{ROOT}/posts/videos.json": {"videos_v2": videos},
    }
    assert set(entries(read(zipped(tmp_path / "a.zip", files)))) == {"Första tomaten!", "Så lagar du en cykel"}


def test_a_place_comes_with_its_address_and_a_map(read: Read) -> None:
    place = {
        "place": {
            "name": "Torget",
            "coordinate": {"latitude": 58.7, "longitude": 13.8},
            "address": "Storgatan 1, 542 00 Provköping",
        }
    }
    assert only(read([a_post(T, "Marknad", place)])).html == (
        '<p>Marknad</p><p>Plats: <a href="https://www.openstreetmap.org/?mlat=58.70000&amp;mlon=13.80000'
        '#map=16/58.70000/13.80000">Torget</a>, Storgatan 1, 542 00 Provköping</p>'
    )


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('[{"timestamp": 1', "it ends in the middle"),
        ("[1, 2", "it ends in the middle"),
        ('{"a": [1} ', "',' expected, and not '}'"),
        ("nonsense", "neither a list nor an object"),
        ("{1: 2}", "a key that is no text"),
        ("[" * 100_000, "nested too deeply"),
        (b"[\xff]", "no UTF-8"),
    ],
)
def test_what_is_no_json_is_named_with_its_file(read: Read, tmp_path: Path, text: str | bytes, what: str) -> None:
    with pytest.raises(ParseError) as told:
        read(zipped(tmp_path / "a.zip", {POSTS: text, PROFILE: profile()}))
    assert f"profile_posts_1.json is not the JSON that it should be: {what}" in told.value.reason
    assert told.value.location == str(tmp_path / "a.zip")


def test_what_holds_no_posts_says_so(read: Read, tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="holds no posts and no events from a Facebook page"):
        read(zipped(tmp_path / "a.zip", {"recept.txt": "Vispa grädden"}))


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are beside the repository, and are not here")
def test_the_samples_are_read(read: Read) -> None:
    export = read(SAMPLES / "page2025", *SAMPLES.glob("*.csv"), address="https://facebook.com/ExempelstadStallerOm")
    found = entries(export)
    assert export.tally.pages == ("Exempelstad Ställer Om (ExempelstadStallerOm, 61571000000001)",)
    assert (export.tally.records, export.tally.merged, export.tally.shells) == (8, 2, 1)
    assert found["Höstmarknad på torget – cykla gärna hit!"].url.endswith("/posts/122158000000000001")
    assert found["Klädbytardag på Kulturhuset Ängen"].event
    assert found["Repaircafé i Folkets hus"].url == "https://www.facebook.com/events/1002003004005678/"
    assert found["Läsvärt från energirådgivaren."].url == "https://exempel.se/sa-sanker-du"
