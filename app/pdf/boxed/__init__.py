"""What runs inside the maker's own process, and never in a web worker's (docs/adr/0012)."""
