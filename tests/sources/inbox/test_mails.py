"""Mails that were saved as files: their words, and nothing of who sent them."""

from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from aggregator.errors import ParseError
from aggregator.model import Document, Entry
from aggregator.sources import InboxSource

SOURCE = InboxSource(inbox="inbox")
WORDS = "Nu öppnar cykelkaféet på torget i Götene. Alla är välkomna, och vi bjuder på kaffe."


def read(content: bytes) -> Entry:
    return SOURCE.told(Document("brev.eml", content)).entry


def a_mail(text: str = WORDS, subject: str = "Cykelkafé i Götene", **how: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Lisa Hemlig <lisa.hemlig@privat.example>"
    mail["To"] = "info@koso.example"
    mail["Cc"] = "Kalle Hemlig <kalle@privat.example>"
    mail["Subject"] = subject
    mail["Date"] = "Mon, 23 Nov 2026 10:00:00 +0100"
    mail["Message-ID"] = "<1234@privat.example>"
    mail["Received"] = "from [192.0.2.7] by post.privat.example"
    mail.set_content(text, **how)
    return mail


def words(text: str, **how: str) -> str:
    return read(a_mail(text, **how).as_bytes()).body


@pytest.mark.parametrize(
    ("charset", "cte"),
    [("utf-8", "quoted-printable"), ("utf-8", "base64"), ("utf-8", "8bit"), ("iso-8859-1", "quoted-printable")],
)
def test_a_mail_gives_its_subject_its_date_and_its_words(charset: str, cte: str) -> None:
    entry = read(a_mail(charset=charset, cte=cte).as_bytes())
    assert (entry.title, entry.body) == ("Cykelkafé i Götene", WORDS)
    assert entry.published == datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_nothing_of_who_sent_it_is_kept() -> None:
    kept = repr(read(a_mail().as_bytes()))
    for secret in ("Hemlig", "lisa", "kalle", "privat.example", "192.0.2.7", "1234", "info@koso"):
        assert secret not in kept


@pytest.mark.parametrize("prefix", ["VB:", "Fwd: ", "SV: ", "Sv: VB: Fwd:", "RE: fw: ", "Vb[2]: "])
def test_what_programs_put_before_a_subject_is_taken_off(prefix: str) -> None:
    assert read(a_mail(subject=f"{prefix} Cykelkafé").as_bytes()).title == "Cykelkafé"


def test_pictures_and_attachments_are_left_out() -> None:
    mail = a_mail()
    mail.add_alternative(f"<p>{WORDS}</p><img src='cid:1'>", subtype="html")
    mail.add_attachment(b"\x89PNG" + bytes(3000), maintype="image", subtype="png", filename="bild.png")
    mail.add_attachment("Något helt annat.", filename="protokoll.txt")
    entry = read(mail.as_bytes())
    assert entry.body == WORDS
    assert entry.image is None


@pytest.mark.parametrize(
    "below",
    [
        "\n-- \nLisa Hemlig\n070-123 45 67\nlisa@privat.example",
        "\n> Hej, har ni något på gång?\n> /Redaktionen",
        "\nDen mån 23 nov. 2026 kl 09:12 skrev Redaktionen <info@koso.example>:\n\n> Hej, har ni något på gång?",
        "\nDen mån 23 nov. 2026 kl 09:12 skrev Redaktionen\n<info@koso.example>:\n\n> Hej, har ni något på gång?",
        "\nOn Mon, Nov 23, 2026 at 9:12 AM Red <info@koso.example> wrote:\n> Hej",
        "\n-----Ursprungligt meddelande-----\nFrån: Redaktionen\nÄmne: Något på gång?\n\nHej, har ni något?",
        "\n________________________________\nFrån: Redaktionen <info@koso.example>\nHej, har ni något?",
        "\nSkickat från min iPhone\n",
        "\nHämta Outlook för Android\n",
    ],
)
def test_signatures_and_what_was_answered_are_cut(below: str) -> None:
    assert words(WORDS + "\n" + below) == WORDS


@pytest.mark.parametrize(
    "letterhead",
    [
        "---------- Vidarebefordrat meddelande ---------\nFrån: Kalle <kalle@privat.example>\nDatum: mån 23 nov. 2026 "
        "kl 09:00\nÄmne: Cykelkaféet öppnar\nTill: Lisa <lisa@privat.example>\n\n\n",
        "---------- Forwarded message ---------\nFrom: Kalle <kalle@privat.example>\nDate: Mon, Nov 23\nSubject: "
        "Cykelkaféet öppnar\nTo: Lisa\n\n",
        "-------- Vidarebefordrat meddelande --------\nÄmne: \tCykelkaféet öppnar\nDatum: \tMon, 23 Nov 2026\nFrån: \t"
        "Kalle <kalle@privat.example>\nTill: \tLisa\n\n",
        "Vidarebefordrat brev:\n\nFrån: Kalle <kalle@privat.example>\nÄmne: Cykelkaféet öppnar\nDatum: 23 november\n\n",
    ],
)
def test_of_a_forwarded_mail_the_news_is_what_was_forwarded(letterhead: str) -> None:
    mail = a_mail(f"Hej! Kan ni lägga ut detta?\n/Lisa\n\n{letterhead}{WORDS}\n", subject="VB: Cykelkaféet öppnar")
    entry = read(mail.as_bytes())
    assert entry.body == WORDS
    assert entry.title == "Cykelkaféet öppnar"
    assert "privat.example" not in repr(entry)


def test_lines_that_a_program_broke_are_joined_and_short_ones_stay() -> None:
    flowed = "Nu öppnar cykelkaféet på torget. Alla är \nvälkomna, och vi bjuder på kaffe till alla\n\nTorget\nGötene\n"
    raw = (
        "Subject: Kafé\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\n" + flowed.replace("\n", "\r\n")
    )
    html = read(raw.encode()).html
    assert "Alla är välkomna, och vi bjuder på kaffe till alla" in html
    assert "Torget<br>\nGötene" in html


HTML = f"""<html><head><style>p {{ color: red }}</style></head><body onload="alert(1)">
<p>{WORDS} <a href="https://kafe.example/om">Läs mer</a></p><script>alert(1)</script>
<img src="https://spion.example/pixel.gif" width="1"><iframe src="//ond.example"></iframe>
<div class="gmail_signature">Lisa Hemlig, 070-123 45 67</div>
<div class="gmail_quote">Den mån 23 nov skrev Kalle: <blockquote type="cite">Hej, har ni något?</blockquote></div>
</body></html>"""


def test_a_mail_of_html_only_keeps_its_words_and_links_and_nothing_that_runs_or_spies() -> None:
    mail = a_mail()
    mail.set_content(HTML, subtype="html")
    entry = read(mail.as_bytes())
    assert entry.body == f"{WORDS} Läs mer"
    assert 'href="https://kafe.example/om"' in entry.html
    for bad in ("script", "alert", "onload", "iframe", "spion", "Hemlig", "har ni något"):
        assert bad not in entry.html


def test_a_forwarded_mail_of_html_only_gives_what_was_forwarded() -> None:
    mail = a_mail()
    mail.set_content(
        "<p>Kan ni lägga ut detta?</p><div class='gmail_quote'>---------- Forwarded message ---------<br>Från: "
        f"<b>Kalle</b> &lt;kalle@privat.example&gt;<br>Ämne: Kafé<br>Till: Lisa<br><br><p>{WORDS}</p></div>",
        subtype="html",
    )
    entry = read(mail.as_bytes())
    assert (entry.title, entry.body) == ("Kafé", WORDS)


def test_a_mail_may_say_what_a_note_says_at_its_head() -> None:
    written = SOURCE.told(
        Document("a.eml", a_mail(f"Rubrik: Kafé på torget\nTill: Götene, Lidköping\n\n{WORDS}").as_bytes())
    )
    assert (written.entry.title, written.entry.places) == ("Kafé på torget", ("1471", "1494"))
    assert written.entry.body == WORDS


def test_a_subject_in_any_letters_is_read() -> None:
    raw = b"Subject: =?iso-8859-1?Q?VB:_Cykelkaf=E9_i_?=\r\n =?utf-8?B?R8O2dGVuZQ==?=\r\n\r\nKom!\r\n"
    assert read(raw).title == "Cykelkafé i Götene"
    assert read("Subject: Cykelkafé i Götene\r\n\r\nKom!\r\n".encode("latin-1")).title == "Cykelkafé i Götene"


def test_what_is_no_mail_is_named() -> None:
    with pytest.raises(ParseError, match="is no mail"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500))
