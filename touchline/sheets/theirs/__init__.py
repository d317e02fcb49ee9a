"""Their sheet: what is asked, what was typed, and what becomes of it."""
