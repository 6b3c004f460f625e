"""How the parts of a pack refer to each other before they are joined."""

PART_LINK = "part:"
"""A link to `part:2` leads to the first page of the third joined part."""
