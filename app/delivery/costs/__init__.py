"""What a project has cost and how much was worked, entry by entry, against its plan."""
