"""What the programme learns: lessons that are found again, and what projects came to."""
