"""robots.txt (RFC 9309): what a host lets programs read that were not told of it by its owner."""

from aggregator.errors import FetchError

# RFC 9309 §2.5: a crawler reads at least 500 kibibytes of it.
MAX_BYTES = 500 * 1024
# RFC 9309 §2.2.1: the name is the product's, without its version.
NAME = "nyhetsflode"


def allows(robots: str, url: str) -> bool:
    # Only pages need it.
    from protego import Protego

    return bool(Protego.parse(robots).can_fetch(url, NAME))


def after_failure(error: FetchError, known: str | None) -> str | None:
    """What holds when robots.txt cannot be read: one that is not there allows all (RFC 9309 §2.3.1.3).

    If the host fails, what we knew still holds; if we knew nothing, nothing is allowed: None.
    """
    missing = 400 <= error.status < 500 and error.status != 429
    return "" if missing else known
