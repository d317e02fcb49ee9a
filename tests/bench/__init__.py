"""The project's own figures: `make bench`, explained in docs/performance.md."""
