"""Shared services: the key by which departments share what one costs in a year, their bills and answers."""
