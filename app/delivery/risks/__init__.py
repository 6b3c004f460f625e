"""What may happen to a running project, and what has: risks, and the issues that some of them become."""
