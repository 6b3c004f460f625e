"""Budget effects: what departments' budgets become smaller by because a benefit has come."""
