"""Work that takes longer than anybody should wait for a page (docs/adr/0022)."""
