"""How a project ends: what it hands over, what an interrupted one leaves, its final report."""
