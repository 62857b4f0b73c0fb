"""The traps of Facebook's exports (design: facebook.md §8), each with what is promised about it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from exports import (
    POSTS,
    PROFILE,
    ROOT,
    Read,
    T,
    a_link,
    a_photo,
    a_post,
    a_shared_event,
    a_table,
    entries,
    only,
    page_export,
    profile,
    unpacked,
    zipped,
)

from aggregator.errors import ParseError
from aggregator.fetching import open_bundle
from aggregator.sources.facebook.layouts import Kind, sorted_out
from aggregator.sources.facebook.repair import mended, mended_all


def test_t1_a_post_is_known_by_its_page_and_second_and_not_by_its_text_or_the_name_of_its_zip(
    read: Read, tmp_path: Path
) -> None:
    before = read(zipped(tmp_path / "facebook-a-2026.zip", page_export([a_post(T, "Höstmarknad i dag")])))
    after = read(zipped(tmp_path / "download.zip", page_export([a_post(T, "Höstmarknaden är inställd")])))
    assert before.entries[0].marks[0] == after.entries[0].marks[0] == ("second", "provkopingstallerom", str(T))


def test_t1_two_different_posts_of_one_second_are_two_whatever_their_order(read: Read) -> None:
    posts = [a_post(T, "Ett", a_photo(1)), a_post(T, "Två", a_photo(2))]
    there, back = read(posts), read(posts[::-1])
    assert {told.marks[0] for told in there.entries} == {told.marks[0] for told in back.entries}
    assert len({told.marks[0] for told in there.entries}) == 2


def test_t2_a_share_that_is_exported_twice_is_one_post_with_its_text(read: Read) -> None:
    link = a_link("https://energi.example/rad", name="Så sänker du elräkningen")
    export = read([a_post(T, "", a_link("")), a_post(T, "Läsvärt!", link), a_post(T - 1, "Något annat")])
    assert (export.tally.records, export.tally.merged) == (3, 1)
    assert entries(export)["Läsvärt!"].url == "https://energi.example/rad"


def test_t3_a_share_of_which_nothing_is_left_is_counted_and_not_published(read: Read) -> None:
    export = read([a_post(T, "", a_link("")), a_post(T - 9, "", a_link("")), a_post(T - 5)])
    assert (export.entries, export.tally.shells) == ((), 3)


def test_t4_an_event_that_is_made_shared_and_shared_again_is_one_event(read: Read) -> None:
    share = a_shared_event("Klädbytardag", T + 604_800, T + 612_000)
    event = {
        "name": "Klädbytardag ",
        "start_timestamp": T + 604_800,
        "end_timestamp": T + 612_000,
        "create_timestamp": T - 100,
        "description": "Ta med högst tio plagg.",
        "place": {"name": "Ängen", "address": "Parkgatan 3, 542 00 Provköping"},
    }
    hosted = {"title": "Klädbytardag", "timestamp": T - 99, "label_values": [], "fbid": "1002003004005678"}
    posts = [a_post(T, "Välkomna på lördag!", share), a_post(T + 50, "I morgon!", share), a_post(T, "", share)]
    entry = only(read(posts, more={"events": {"your_events_v2": [event]}, "hosted": [hosted]}))
    assert (entry.title, entry.url) == ("Klädbytardag", "https://www.facebook.com/events/1002003004005678/")
    assert entry.body == "Ta med högst tio plagg.\nVälkomna på lördag!\nI morgon!"
    assert entry.event
    assert entry.event.start == datetime.fromtimestamp(T + 604_800, UTC)
    assert entry.event.end == datetime.fromtimestamp(T + 612_000, UTC)
    assert entry.event.place == "Ängen, Parkgatan 3, 542 00 Provköping"


def test_t4_an_event_is_not_given_the_number_of_another_of_the_same_name(read: Read) -> None:
    event = {"name": "Årsmöte", "start_timestamp": T, "create_timestamp": T - 1000}
    hosted = [{"title": "Årsmöte", "timestamp": T - 1003, "label_values": [], "fbid": "77"}]
    assert only(read([], more={"events": {"your_events": [event]}, "hosted": hosted})).url == ""


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("HÃ¶stmarknad pÃ¥ torget â\x80\x93 cykla hit! ð\x9f\x8c±", "Höstmarknad på torget – cykla hit! 🌱"),
        ("Ã\x85ngen och Ã\x84lven", "Ången och Älven"),
        ("Smörgås på Åland", "Smörgås på Åland"),
        ("– redan rätt å", "– redan rätt å"),
        ("Ã¥ blev Ã", "å blev Ã"),
        ("plain", "plain"),
    ],
)
def test_t5_letters_are_mended_once_and_what_is_right_is_left(broken: str, whole: str) -> None:
    assert mended(broken) == whole
    assert mended_all({broken: [broken, 1]}) == {whole: [whole, 1]}


def test_t5_letters_are_mended_through_latin_1_since_windows_letters_lack_some(read: Read) -> None:
    assert only(read([a_post(T, "Å–🌱 är på gång")])).title == "Å–🌱 är på gång"


def test_t6_tables_and_dumps_are_right_already_and_are_not_mended(read: Read, tmp_path: Path) -> None:
    table = unpacked(tmp_path, {"a.csv": a_table({"Titel": "Det ser ut som Ã¥ men är menat"})}) / "a.csv"
    assert only(read(table)).title == "Det ser ut som Ã¥ men är menat"


def test_t7_a_time_that_cannot_be_is_counted_and_not_published(read: Read) -> None:
    posts = [a_post(T, "Bra"), a_post(0, "Noll"), a_post(1_000_000, "1970"), a_post(4_000_000_000, "2096")]
    export = read(posts)
    assert (list(entries(export)), export.tally.undated) == (["Bra"], 3)
    assert only(export).published == datetime(2025, 9, 6, 10, tzinfo=UTC)


def test_t7_an_event_may_be_far_ahead_and_have_no_end(read: Read) -> None:
    event = only(
        read([], more={"events": {"your_events_v2": [a_shared_event("Jubileum", 2_000_000_000)["event"]]}})
    ).event
    assert event
    assert (event.start, event.end) == (datetime.fromtimestamp(2_000_000_000, UTC), None)


def test_t7_an_event_that_nobody_dated_is_as_old_as_it_is_and_no_news_of_today(read: Read) -> None:
    told = [a_shared_event("Förr", T)["event"], a_shared_event("Sedan", 2_000_000_000)["event"]]
    found = entries(read([], more={"events": {"your_events_v2": told}}))
    assert (found["Förr"].published, found["Sedan"].published) == (datetime.fromtimestamp(T, UTC), None)


def test_t8_an_edit_is_an_update_and_a_share_is_none(read: Read) -> None:
    edited = a_post(T, data=[{"post": "Ny tid: 19"}, {"update_timestamp": T + 60}])
    shared = a_post(T - 5, data=[{"post": "Delat"}, {"update_timestamp": T - 5}])
    found = entries(read([edited, shared]))
    assert found["Ny tid: 19"].updated == datetime.fromtimestamp(T + 60, UTC)
    assert found["Delat"].updated is None


def test_t10_a_post_is_told_the_same_whatever_its_empty_parts_title_prefix_and_order(read: Read) -> None:
    photos = [a_photo(1), a_photo(2)]
    one = a_post(T, "Vi sår!", *photos)
    moved = [a_photo(1), a_photo(2)]
    for photo in moved:
        photo["media"]["uri"] = photo["media"]["uri"].removeprefix(f"{ROOT}/")
    other = a_post(T, "", *moved, data=[{}, {}, {"post": "Vi sår!"}], title="Provköping added 2 photos")
    assert read([one]).entries == read([other]).entries
    assert read([one, a_post(T - 1, "B")]).entries[0] in read([a_post(T - 1, "B"), other]).entries


def test_t11_a_split_export_is_one_whichever_part_holds_what(read: Read, tmp_path: Path) -> None:
    photo = a_photo(1)
    first = zipped(tmp_path / "one.zip", {"facebook-x-1/" + POSTS: [a_post(T, "Vi sår!", photo, a_photo(2))]})
    second = zipped(
        tmp_path / "two.zip", {"facebook-x-2/" + PROFILE: profile(), "facebook-x-2/" + photo["media"]["uri"]: b"JPEG"}
    )
    export = read(first, second)
    assert export.tally.pages == ("Provköping Ställer Om (ProvkopingStallerOm)",)
    assert export.tally.missing == 1, "and that is no error"
    assert export.entries[0].picture
    assert export.entries[0].picture.file.part == str(second)


def test_t12_a_picture_is_found_although_its_path_begins_in_another_folder(read: Read, tmp_path: Path) -> None:
    photo, sticker = a_photo(1), {"media": {"uri": "https://scontent.fbcdn.example/sticker.png"}}
    photo["media"]["uri"] = "your_facebook_activity/" + photo["media"]["uri"].removeprefix(f"{ROOT}/")
    files = page_export([a_post(T, "Vi sår!", photo, sticker)]) | {a_photo(1)["media"]["uri"]: b"JPEG"}
    export = read(unpacked(tmp_path / "out", {f"batch/{name}": told for name, told in files.items()}))
    assert export.entries[0].picture
    assert export.tally.missing == 0


@pytest.mark.parametrize("apostrophe", ["'", "’", "_", "â\x80\x99"])
def test_t13_the_apostrophe_in_the_folders_name_may_be_any_sign(read: Read, tmp_path: Path, apostrophe: str) -> None:
    files = {name.replace("'", apostrophe): told for name, told in page_export([a_post(T, "Hej")]).items()}
    assert only(read(zipped(tmp_path / "a.zip", files))).title == "Hej"


@pytest.mark.parametrize(
    ("photo", "title"),
    [
        (a_photo(1, description="Så här ställer vi om. Läs mer!"), "Så här ställer vi om."),
        (a_photo(1, album="Utställning på biblioteket"), "Utställning på biblioteket"),
        (a_photo(1), "Foto från Provköping Ställer Om"),
    ],
)
def test_t14_a_post_without_words_is_called_by_its_caption_its_album_or_its_page(
    read: Read, photo: dict[str, object], title: str
) -> None:
    assert only(read([a_post(T, "", photo)])).title == title


def test_t15_a_caption_that_repeats_the_text_is_told_once(read: Read) -> None:
    photos = [a_photo(1, description="Vi är igång!"), a_photo(2, description="Vi är igång!")]
    assert only(read([a_post(T, "Vi är igång!", *photos)])).html == "<p>Vi är igång!</p>"


def test_t16_links_lead_where_they_say_without_detours_and_followers(read: Read) -> None:
    shim = "https://l.facebook.com/l.php?u=https%3A%2F%2Fenergi.example%2Frad%3Fid%3D7%26utm_source%3Dfb&h=AT0"
    export = read(
        [
            a_post(T, "Läs", a_link(shim)),
            a_post(T - 1, "Se https://tag.example/?fbclid=IwAR0&a=1.", a_link("", name="Tåg")),
        ]
    )
    found = entries(export)
    assert found["Läs"].url == "https://energi.example/rad?id=7"
    assert found["Se."].url == "https://tag.example/?a=1"
    assert '<a href="https://tag.example/?a=1">https://tag.example/?a=1</a>.' in found["Se."].html


def test_t17_numbered_files_are_read_in_parts_and_two_comes_before_ten(read: Read, tmp_path: Path) -> None:
    files = {POSTS.replace("_1.", f"_{number}."): [a_post(T + number, f"Nr {number}")] for number in (10, 2, 1)}
    path = unpacked(tmp_path / "out", {PROFILE: profile(), **files})
    with open_bundle(path) as bundle:
        numbers = [member.name.rpartition("_")[2] for member in sorted_out(bundle)[Kind.POSTS]]
    assert numbers == ["1.json", "2.json", "10.json"]
    assert len(read(path).entries) == 3


def test_t18_what_is_private_is_never_taken_along(read: Read) -> None:
    person = [{"name": "Hemliga Svensson"}]
    post = a_post(T, "Tack @[100200:2048:Kim Provsson]!", a_photo(1), tags=person)
    assert "Hemliga" not in repr(read([post]))
    assert "192.0.2.7" not in repr(read([post]))
    assert only(read([post])).title == "Tack Kim Provsson!"
    assert "100200:" not in repr(read([post]).entries)


def test_t19_nothing_depends_on_the_language_that_facebook_spoke(read: Read) -> None:
    told = [
        a_post(T, "Hej", a_photo(1, folder="xiezhen"), title="プロフィールを更新しました"),
        a_post(T - 1, "Då", title="X har delt."),
    ]
    assert set(entries(read(told))) == {"Hej", "Då"}


def test_t20_a_persons_archive_is_declined_unread(read: Read, tmp_path: Path) -> None:
    root = "your_facebook_activity"
    files = {
        f"{root}/posts/your_posts__check_ins__photos_and_videos_1.json": [a_post(T, "Privat")],
        "friends/friends.json": [{"name": "Kim"}],
        f"personal_information/{PROFILE}": profile("Kim Provsson", "kim.provsson"),
    }
    with pytest.raises(ParseError, match="is the archive of a person and not of a page: it is private"):
        read(zipped(tmp_path / "a.zip", files))


def test_t20_a_layout_of_persons_is_read_if_its_profile_is_the_actors_page(read: Read, tmp_path: Path) -> None:
    files = {"posts/your_posts_1.json": [a_post(T, "Från 2021")], PROFILE: profile()}
    path = zipped(tmp_path / "a.zip", files)
    assert only(read(path)).title == "Från 2021"
    with pytest.raises(ParseError, match="archive of a person"):
        read(path, address="")
    del files[PROFILE]
    with pytest.raises(ParseError, match="archive of a person"):
        read(zipped(tmp_path / "b.zip", files))


def test_t21_what_was_written_on_others_pages_and_in_groups_is_not_read(read: Read, tmp_path: Path) -> None:
    files = page_export([a_post(T, "Vår egen")]) | {
        f"{ROOT}/groups/your_group_posts.json": b"not even JSON",
        f"{ROOT}/groups/profile_posts_1.json": b"not even JSON",
        f"{ROOT}/posts/group_posts_1.json": b"not even JSON",
        f"{ROOT}/posts/posts_on_other_pages_and_profiles.json": b"not even JSON",
    }
    assert only(read(zipped(tmp_path / "a.zip", files))).title == "Vår egen"


def test_t22_new_profile_pictures_are_no_news_in_any_language_that_feeds_toml_knows(read: Read) -> None:
    posts = [
        a_post(T, "", a_photo(1, album="Profilbilder")),
        a_post(T - 1, "", a_photo(2, album="封面", folder="Omslagsbilder")),
        a_post(T - 2, "Vår nya logga är ritad av barnen", a_photo(3, album="Profilbilder")),
        a_post(T - 3, "", a_photo(4, album="Höstmarknad")),
    ]
    export = read(posts)
    assert set(entries(export)) == {"Vår nya logga är ritad av barnen", "Höstmarknad"}
    assert export.tally.left_out == 2
    assert read(posts, skip_albums=("Höstmarknad",)).tally.left_out == 1


def test_t23_a_single_hosted_event_may_stand_without_a_list_around_it(read: Read) -> None:
    event = {"name": "Repaircafé", "start_timestamp": T, "create_timestamp": T - 100}
    hosted = {
        "title": "Repaircafé",
        "timestamp": T - 99,
        "media": [],
        "label_values": [{"label": "Åtgärder", "dict": [{"label": "", "value": "Not completed"}]}],
        "fbid": "1002",
    }
    for told in (hosted, [hosted], {"events_you_hosted_v2": [hosted]}):
        entry = only(read([], more={"events": {"your_events_v2": [event]}, "hosted": told}))
        assert entry.url == "https://www.facebook.com/events/1002/"


def test_t24_what_we_do_not_know_is_passed_over_counted_and_named(read: Read) -> None:
    export = read([a_post(T, "Hej", {"hologram": {}}, {"poll": {}}), a_post(T - 1, "Då", {"hologram": 3})])
    assert export.tally.unknown == (("hologram", 2), ("poll", 1))
    assert len(export.entries) == 2


def test_t25_a_mention_is_the_name_of_the_one_who_is_mentioned(read: Read) -> None:
    text = "Tack @[100200300400111:274:Provköpings Odlarförening (PO)] och @[1:274:Å \\[Ä\\]]"
    assert only(read([a_post(T, text)])).title == "Tack Provköpings Odlarförening (PO) och Å [Ä]"


def test_t9_the_period_of_an_export_is_that_of_its_posts(read: Read) -> None:
    export = read([a_post(T, "B"), a_post(T - 86_400, "", a_link(""))])
    assert (export.since, export.until) == (
        datetime.fromtimestamp(T - 86_400, UTC),
        datetime.fromtimestamp(T, UTC),
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Paraplymöte på onsdag kl. 18 i Medborgarhuset. Välkomna!", "Paraplymöte på onsdag kl. 18 i Medborgarhuset."),
        ("Hjälp! Vi behöver krukor.", "Hjälp!"),
        ("🌱🌱\n#omställning\nhttps://a.example/\nNu sår vi", "Nu sår vi"),
        ("ord " * 40, "ord " * 21 + "ord…"),
    ],
)
def test_a_title_is_the_first_sentence_that_says_something(read: Read, text: str, title: str) -> None:
    assert only(read([a_post(T, text)])).title == title
