"""Follow-ups of what a project has left: its use, what came of it, what remains; the last one closes it."""
