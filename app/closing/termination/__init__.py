"""What an interrupted project leaves: results, contracts, benefits that will not come, money."""
