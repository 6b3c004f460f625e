"""Saved views of the portfolio: a filter and an order under a name, one's own or everybody's."""
