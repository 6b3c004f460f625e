"""Reminding people before and after a day, of each thing once (docs/adr/0021)."""
