"""What PyPI's `reader` does with the same feeds: `python -m benchmarks.peer DATABASE WORKERS < addresses`.

Adds the addresses that it does not know, and updates all. With `--titles` instead of a number, prints the address and
the title of every entry, a JSON list a line.
"""

import json
import sys

from reader import make_reader


def main() -> None:
    database, workers = sys.argv[1:]
    with make_reader(database) as reader:
        if workers == "--titles":
            for entry in reader.get_entries():
                print(json.dumps([entry.link, entry.title]))
            return
        known = {feed.url for feed in reader.get_feeds()}
        for url in sys.stdin.read().split():
            if url not in known:
                reader.add_feed(url)
        reader.update_feeds(workers=int(workers), scheduled=False)


if __name__ == "__main__":
    main()
