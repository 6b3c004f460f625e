"""Which files are taken in: known by name and content together, with a bound on what it costs to find out.

A sieve, not a lock: what it lets through is never opened by the product, only kept, and handed out to be
saved.
"""
