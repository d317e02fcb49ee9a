"""What to ask in a one-to-one, and what becomes of it (M13). docs/domain/prompts.md."""
