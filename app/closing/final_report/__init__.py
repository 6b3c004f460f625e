"""The final report: what a project set out to do, what came of it, and what others can learn."""
