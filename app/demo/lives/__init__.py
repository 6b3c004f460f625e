"""Six years of projects in today's programme: lives that a seed draws, entered as people would enter them."""
