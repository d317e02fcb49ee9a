"""People who are likely in twice: docs/domain/doubles.md."""
