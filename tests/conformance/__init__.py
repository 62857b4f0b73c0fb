"""Rules for a collector that hosts are glad to see, tried over real sockets; see docs/collecting.md."""
