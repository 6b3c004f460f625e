"""The portfolio as bubbles: how large the money is, what comes back for it, and how late it is."""
