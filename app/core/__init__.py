"""The arithmetic of the product: pure functions on frozen dataclasses, standard library only.

Amounts are `Decimal` kronor, rates and shares are `Decimal` fractions (0.035 is 3.5 %), dates and years are
arguments. Every refused input raises a subclass of `app.core.errors.InputError`.
"""
