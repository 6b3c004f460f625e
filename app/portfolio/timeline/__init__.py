"""The portfolio as a timeline: from each decision to the last follow-up."""
