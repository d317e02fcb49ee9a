"""The journal: `from touchline.journal.models import record`."""
