"""What is known: how fresh it is, what is missing, and which days come up. docs/domain/facts.md."""
