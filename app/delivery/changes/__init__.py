"""How a decided project changes: by requests that are sent, asked about, and decided."""
