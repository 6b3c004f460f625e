"""The portfolio for council and secretariat: every case beside the others, today or as it was known."""
