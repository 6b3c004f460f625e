"""What is done with a decision: plan, conditions, money, reports and changes, a room for each."""
