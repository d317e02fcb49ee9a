"""Makers of believable rows, shared by the demo workspace and the tests."""
