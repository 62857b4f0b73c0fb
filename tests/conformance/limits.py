"""Time and size by the wall, addresses, certificates, and walls against robots."""

import gzip
import ssl
import tracemalloc
import zlib
from pathlib import Path

import brotli

from conformance.answers import HELD_UP, HOSTILE, MB, answer, bombs, feed, page, says, tells
from conformance.rule import Rule, by, told
from conformance.trial import HOUR, Trial

CERTIFICATE = Path(__file__).parent / "self-signed.pem"


def tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def a_host_that_holds_us_up_costs_one_slot_for_the_timeout_and_is_named(t: Trial) -> None:
    sources = [t.follows(f"aktor-{n}", t.town.host(manner)) for n, manner in enumerate(HELD_UP.values())]
    t.follows("well", t.town.host(says(200, feed("Ett"))))
    t.round()
    assert {t.visit(source).problem for source in sources} == {"did not finish its answer within 1 seconds"}
    assert len(t.items("well/nyheter")) == 1


def a_hostile_answer_is_one_named_failure_and_is_not_waited_for(t: Trial) -> None:
    t.settings["timeout"] = '"60s"'
    names = {
        "never ends": "more than 5,000,000 bytes",
        "never ends after its end": "more than 5,000,000 bytes",
        "sends a head of 64 MB": "16384",
        "sends many headers": "a head of more than 65,536 bytes",
        "announces more than comes": "cut short",
        "breaks off": "cut short",
        "speaks another protocol": "as a web server should",
    }
    sources = {name: t.follows(name.replace(" ", "-").lower(), t.town.host(HOSTILE[name])) for name in names}
    t.round()
    problems = {name: t.visit(source).problem for name, source in sources.items()}
    assert all(named in problems[name] for name, named in names.items()), problems


def a_bomb_is_found_out_before_it_fills_the_memory(t: Trial) -> None:
    sources = [t.follows(f"aktor-{coding}", t.town.host(manner)) for coding, manner in bombs().items()]
    tracemalloc.start()
    t.round()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert {t.visit(source).problem for source in sources} == {"answers with more than 5,000,000 bytes"}
    assert most < 40 * MB


def five_megabytes_are_read_after_decompression_and_ten_of_a_page(t: Trial) -> None:
    def padded(size: int) -> bytes:
        return gzip.compress((page("Ett") if size > 6 * MB else feed("Ett")).encode().ljust(size), 1)

    host = t.town.host(
        tells(
            {f"/{size}": answer(200, padded(size), Content_Encoding="gzip") for size in (5 * MB, 5 * MB + 1, 10 * MB)}
        )
    )
    fits, too_large = t.follows("fits", f"{host.url}/{5 * MB}"), t.follows("too-large", f"{host.url}/{5 * MB + 1}")
    large_page = t.follows("page", f"{host.url}/{10 * MB}", page=True)
    t.round()
    assert [len(t.items(source)) for source in (fits, too_large, large_page)] == [1, 0, 1]


def compressed_answers_are_asked_for_and_read(t: Trial) -> None:
    body = feed("Ett").encode()
    raw = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    codings = {
        "gzip": gzip.compress(body),
        "deflate": zlib.compress(body),
        "deflate-raw": raw.compress(body) + raw.flush(),
        "br": brotli.compress(body),
    }
    hosts = {
        name: t.town.host(says(200, content, Content_Encoding=name.partition("-")[0]))
        for name, content in codings.items()
    }
    sources = [t.follows(name, host) for name, host in hosts.items()]
    t.round()
    assert [len(t.items(source)) for source in sources] == [1, 1, 1, 1]
    assert hosts["br"].asked[0].headers["accept-encoding"] == "gzip, deflate, br"


INNER = (
    "http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.1.1/", "http://127.0.0.1/", "http://127.1/",
    "http://2130706433/", "http://0x7f000001/", "http://0.0.0.0/", "http://localhost/", "http://169.254.169.254/",
    "http://100.64.0.1/", "http://224.0.0.1/", "http://240.0.0.1/", "http://[::1]/", "http://[::]/", "http://[fe80::1]/",
    "http://[fd00::1]/", "http://[ff02::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::a00:1]/", "http://[2002:7f00:1::]/",
)  # fmt: skip


def addresses_that_are_nobodys_business_are_never_connected_to(t: Trial) -> None:
    t.settings["private_networks"] = "[]"
    sources = {url: t.follows(f"aktor-{number}", f"{url}feed") for number, url in enumerate(INNER)}
    t.round()
    problems = {url: t.visit(source).problem for url, source in sources.items()}
    refused = ("is not a public address", "is not a canonical IPv4 address")
    assert all(any(reason in problem for reason in refused) for problem in problems.values()), problems


def what_the_operator_opens_is_open_and_nothing_else(t: Trial) -> None:
    t.settings["private_networks"] = '["127.0.0.1/32"]'
    one, other = (t.town.host(says(200, feed("Ett")), address=address) for address in ("127.0.0.1", "127.0.0.2"))
    opened, closed = t.follows("one", one), t.follows("other", other)
    t.round()
    assert (len(t.items(opened)), len(t.items(closed)), other.asked) == (1, 0, [])


def a_wrong_certificate_is_a_named_failure(t: Trial) -> None:
    host = t.town.host(says(200, feed("Ett")), tls=tls())
    source = t.follows("aktor", host)
    t.round()
    assert host.asked == []
    assert "has a certificate that cannot be trusted" in t.visit(source).problem


CHALLENGE = "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Hej robot</body></html>"


def walls_against_robots_are_named_and_never_read_as_news(t: Trial) -> None:
    walls = {
        "header": says(403, "nej", cf_mitigated="challenge"),
        "header-200": says(200, feed("Nej"), cf_mitigated="challenge"),
        "page-200": says(200, CHALLENGE),
        "page-403": says(403, CHALLENGE),
        "page-503": says(503, gzip.compress(CHALLENGE.encode()), Content_Encoding="gzip"),
    }
    sources = [t.follows(name, t.town.host(manner)) for name, manner in walls.items()]
    t.round()
    assert all("stands behind a wall against robots" in t.visit(source).problem for source in sources)
    assert not any(t.items(source) for source in sources)


def a_newsfeed_may_write_about_such_walls(t: Trial) -> None:
    source = t.follows("aktor", t.town.host(says(200, feed(f"Så ser väggen ut: <![CDATA[{CHALLENGE}]]>"))))
    t.round()
    assert (t.visit(source).problem, len(t.items(source))) == ("", 1)


def robots_txt_is_honoured_for_pages_and_asked_once_a_day(t: Trial) -> None:
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: nyhetsflode\nDisallow: /hemligt\nAllow: /hemligt/oppet\n"
    paths = {path: answer(200, page("Ett")) for path in ("/nyheter", "/hemligt/a", "/hemligt/oppet")}
    host = t.town.host(tells({"/robots.txt": answer(200, rules), **paths}))
    for path in paths:
        t.follows(path[1:].replace("/", "-"), f"{host.url}{path}", page=True)
    t.round()
    assert sorted(host.paths) == ["/hemligt/oppet", "/nyheter", "/robots.txt"]
    assert "may not be read by programs" in t.visit("hemligt-a/nyheter").problem
    for _ in range(5):
        t.round(6 * HOUR)
    assert 2 <= host.paths.count("/robots.txt") <= 2
    assert "/hemligt/a" not in host.paths


def without_robots_txt_all_is_allowed_and_when_it_fails_nothing_is(t: Trial) -> None:
    missing = t.town.host(tells({"/feed": answer(200, page("Ett"))}))
    failing = t.town.host(tells({"/feed": answer(200, page("Ett")), "/robots.txt": answer(500)}))
    one, other = t.follows("missing", missing, page=True), t.follows("failing", failing, page=True)
    t.round()
    assert (len(t.items(one)), len(t.items(other))) == (1, 0)
    assert failing.paths == ["/robots.txt"]
    assert "robots.txt cannot be" in t.visit(other).problem


def robots_txt_is_not_asked_for_newsfeeds_that_the_actor_listed(t: Trial) -> None:
    host = t.town.host(
        tells({"/robots.txt": answer(200, "User-agent: *\nDisallow: /"), "/feed": answer(200, feed("Ett"))})
    )
    source = t.follows("aktor", host)
    t.round()
    assert (host.paths, len(t.items(source))) == (["/feed"], 1)


# This breach lets no test out of this machine.
_unguarded = by("aggregator.fetching.guard.is_open", lambda address, networks: address.startswith("127."))
_believing = by("aggregator.fetching.answers.challenge", lambda body: "")


_lawless = by("aggregator.fetching.robots.allows", lambda robots, url: True)
_hopeful = by("aggregator.fetching.robots.after_failure", lambda error, known: "")

RULES = (
    Rule(a_host_that_holds_us_up_costs_one_slot_for_the_timeout_and_is_named, told(timeout='"2s"')),
    Rule(a_hostile_answer_is_one_named_failure_and_is_not_waited_for, by("aggregator.fetching.web.HEAD_BYTES", 9 * MB)),
    Rule(a_bomb_is_found_out_before_it_fills_the_memory, told(max_bytes='"49MB"')),
    Rule(five_megabytes_are_read_after_decompression_and_ten_of_a_page, told(max_bytes='"11MB"')),
    Rule(compressed_answers_are_asked_for_and_read, by("aggregator.fetching.body._DECODERS", {})),
    Rule(addresses_that_are_nobodys_business_are_never_connected_to, _unguarded),
    Rule(what_the_operator_opens_is_open_and_nothing_else, _unguarded),
    Rule(a_wrong_certificate_is_a_named_failure, by("aggregator.fetching.web._reason", str)),
    Rule(walls_against_robots_are_named_and_never_read_as_news, _believing),
    Rule(a_newsfeed_may_write_about_such_walls, by("aggregator.fetching.answers.re.match", lambda *told: True)),
    Rule(robots_txt_is_honoured_for_pages_and_asked_once_a_day, _lawless),
    Rule(without_robots_txt_all_is_allowed_and_when_it_fails_nothing_is, _hopeful),
    Rule(robots_txt_is_not_asked_for_newsfeeds_that_the_actor_listed, by("aggregator.model.Source.is_page", True)),
)
