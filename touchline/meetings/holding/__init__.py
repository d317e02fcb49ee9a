"""Holding a one-to-one: what a line says, whose the time was, and taking lines down."""
