"""People to a file: docs/domain/exporting.md. The rows are those that *importing* reads."""
