"""Our side of what partners do on their pages: told in words, and acted upon."""
