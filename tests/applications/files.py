"""Files as people send them, and as nobody should."""

from __future__ import annotations

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n%%EOF"
