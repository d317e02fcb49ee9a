"""Touchline runs a programme of one-to-one meetings with possible referral partners."""

__version__ = "0.1.0"
