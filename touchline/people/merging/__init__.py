"""Makes one of two people, and parts them again: docs/domain/merging.md."""
