"""An object store takes the place of the folder: S3 over real HTTP, as moto's server speaks it, and any of fsspec's."""

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from conftest import Configured
from made import AREA, MARIESTAD, NOON, SITE, an_article, an_item, cykel

from aggregator import jobs
from aggregator.config import Config
from aggregator.errors import OutputError
from aggregator.jobs import Published
from aggregator.jobs.search import make_searchable
from aggregator.model import Publication, Visit, Whereabouts
from aggregator.publishing import Output, article_publications
from aggregator.storage import open_storage

TEXT = "<p>Åäö</p>\n" * 1000

TABLES = AREA + cykel()


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of a server that speaks S3."""
    pytest.importorskip("s3fs")
    server = pytest.importorskip("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    import boto3
    import s3fs

    environment = {"AWS_ENDPOINT_URL": s3, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y"}
    for name, value in {**environment, "AWS_DEFAULT_REGION": "us-east-1"}.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    boto3.client("s3").create_bucket(Bucket="flode")
    yield "s3://flode/nyheter"
    httpx.post(f"{s3}/moto-api/reset").raise_for_status()


def head(key: str) -> dict[str, str]:
    import boto3

    told = boto3.client("s3").head_object(Bucket="flode", Key=f"nyheter/{key}")
    return {name: told.get(name, "") for name in ("ContentType", "CacheControl", "ContentEncoding")}


def keys() -> dict[str, str]:
    """The objects, and when each was written."""
    import boto3

    pages = boto3.client("s3").get_paginator("list_objects_v2").paginate(Bucket="flode")
    return {each["Key"]: f"{each['LastModified']}{each['ETag']}" for page in pages for each in page.get("Contents", [])}


def write(address: str, **files: str) -> Output:
    output = Output(address)
    for name, content in files.items():
        output.publish(f"orebro/{name}", content, [Publication(f"orebro/{name}", content.encode())])
    output.finish()
    return output


def test_a_file_is_written_once_and_again_only_when_it_differs(bucket: str) -> None:
    assert write(bucket, **{"index.html": TEXT, "rss.xml": "b"}).changed == 2
    before = keys()
    assert write(bucket, **{"index.html": TEXT, "rss.xml": "b"}).changed == 0
    assert keys() == before
    assert write(bucket, **{"index.html": TEXT, "rss.xml": "c"}).changed == 1
    assert {key for key, told in keys().items() if told != before[key]} == {
        "nyheter/orebro/rss.xml",
        "nyheter/.manifest/orebro.json",
    }
    assert Output(bucket).is_made_from("orebro/rss.xml", "c", ["orebro/rss.xml"])


def test_the_store_serves_it_as_our_own_server_does(bucket: str) -> None:
    write(bucket, **{"index.html": TEXT, "rss.xml": "b", "feed.json": "{}"})
    fresh = "public, max-age=900"
    page = {"ContentType": "text/html; charset=utf-8", "CacheControl": fresh, "ContentEncoding": ""}
    assert head("orebro/index.html") == page
    assert head("orebro/index.html.gz") == page | {"ContentEncoding": "gzip"}
    assert head("orebro/index.html.br") == page | {"ContentEncoding": "br"}
    assert head("orebro/rss.xml")["ContentType"] == "application/xml; charset=utf-8"
    assert head("orebro/feed.json")["ContentType"] == "application/feed+json; charset=utf-8"
    assert head(".manifest/orebro.json")["CacheControl"] == "no-store"
    packed = Output(bucket).read("orebro/index.html.gz")
    assert packed is not None
    assert gzip.decompress(packed).decode() == TEXT


def test_what_is_taken_away_is_not_there_any_more(bucket: str) -> None:
    write(bucket, **{"index.html": TEXT})
    output = Output(bucket)
    output.replace_folder("orebro", [Publication("orebro/.gone", b"")])
    assert output.under("orebro") == ["orebro/.gone"]
    assert Output(bucket).under("orebro") == ["orebro/.gone"]
    assert Output(bucket).has("orebro")
    output.remove("orebro/.gone")
    assert not Output(bucket).has("orebro")


def test_two_who_publish_at_once_do_not_write_over_each_other(bucket: str) -> None:
    one, other = Output(bucket, desk="orebro"), Output(bucket, desk="skane")
    for output, group in ((one, "orebro"), (other, "skane")):
        output.publish(f"{group}/", "made", [Publication(f"{group}/rss.xml", b"x")])
    other.finish()
    one.finish()
    both = Output(bucket)
    assert both.names() == {"orebro/", "skane/"}
    assert both.is_made_from("orebro/", "made", ["orebro/rss.xml"])
    assert both.is_made_from("skane/", "made", ["skane/rss.xml"])


def test_a_store_that_is_not_there_is_named(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import s3fs

    with pytest.raises(OutputError, match=r"s3://missing/x/orebro cannot be listed: .*what was published before stays"):
        write("s3://missing/x", **{"rss.xml": "b"})
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(OutputError, match="cannot be"):
        write("s3://flode/x", **{"rss.xml": "b"})


def test_an_address_that_no_store_has_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="nonsense://x is the address of no object store"):
        Output("nonsense://x")


def test_any_store_that_fsspec_knows_will_do() -> None:
    assert write("memory://flode", **{"index.html": TEXT, "rss.xml": "b"}).changed == 2
    assert write("memory://flode", **{"index.html": TEXT, "rss.xml": "b"}).changed == 0
    assert write("memory://flode", **{"index.html": TEXT + "x", "rss.xml": "b"}).changed == 1


def test_search_comes_along(bucket: str) -> None:
    pytest.importorskip("pagefind_bin")
    output = Output(bucket)
    output.write(article_publications(SITE, an_article(1), Whereabouts((MARIESTAD,))))
    assert make_searchable(bucket, output, "a", NOON) == ""
    output.finish()
    found = Output(bucket).under("sok/pagefind")
    assert "sok/pagefind/pagefind-entry.json" in found
    assert "sok/pagefind/pagefind.js" in found
    assert any("/fragment/" in path for path in found)
    assert head("sok/pagefind/pagefind.js")["ContentType"].startswith("text/javascript")


@pytest.fixture
def config(configured: Configured, bucket: str) -> Config:
    return configured(TABLES, head=_head(bucket))


def _head(output: str) -> str:
    from conftest import HEAD

    return HEAD.replace('store = "{store}"', f'store = "{{store}}"\noutput = "{output}"')


def publish(config: Config) -> Published:
    with open_storage(config.store) as storage:
        return jobs.publish(config, storage, NOON)


def test_all_that_is_published_comes_to_the_store_and_is_what_a_folder_gets(
    config: Config, configured: Configured, tmp_path: Path
) -> None:
    assert config.output == "s3://flode/nyheter"
    with open_storage(config.store) as storage:
        storage.keep("cykel/feed", Visit(), [an_item(1, "1493"), an_item(2, "1493")])
    assert publish(config).changed > 3000
    assert publish(config).changed == 0
    folder = configured(TABLES)
    publish(folder)
    assert isinstance(folder.output, Path)
    theirs = {str(path.relative_to(folder.output)): path for path in folder.output.rglob("*") if path.is_file()}
    ours = {key.removeprefix("nyheter/") for key in keys()}
    assert {path for path in ours if "pagefind" not in path} == {path for path in theirs if "pagefind" not in path}
    bucket = Output(config.output)
    for path in ("vastra-gotaland/mariestad/rss.xml", "index.html", "nyhet/1/index.html", "sitemap.xml"):
        assert bucket.read(path) == theirs[path].read_bytes(), path


@pytest.mark.parametrize("command", ["serve", "deploy"])
def test_what_needs_a_folder_says_so(
    config: Config, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from aggregator.cli import main

    file = config.path
    file.write_text(f'{file.read_text(encoding="utf-8")}\n[deploy]\nto = "sftp://x@127.0.0.1/y"\n', encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["nyhetsflode", command, "--config", str(file)])
    with pytest.raises(SystemExit):
        main()
    assert f"{command} needs a folder, and output is s3://flode/nyheter, an object store" in capsys.readouterr().err


def test_the_address_may_come_from_the_environment(configured: Configured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROV_OUTPUT", "s3://flode/hemligt")
    config = configured(TABLES, head=_head("x").replace('output = "x"', 'output = {{ env = "PROV_OUTPUT" }}'))
    assert config.output == "s3://flode/hemligt"
    assert urlsplit(str(config.output)).netloc == "flode"
