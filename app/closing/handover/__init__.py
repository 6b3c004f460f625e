"""What remains when a project ends, who has taken it over, and the way into the project's last step."""
