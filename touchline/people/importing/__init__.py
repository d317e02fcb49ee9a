"""Files of contacts: bytes to rows, without a database. `reading.read` is the way in."""
