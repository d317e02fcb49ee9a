"""Somebody from one line, or from the signature under a mail: docs/domain/one-line.md. Pure."""
