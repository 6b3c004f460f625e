"""The plan of a running project, and its baselines: what was planned when it was decided."""
