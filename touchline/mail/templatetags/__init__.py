"""Filters of messages."""
