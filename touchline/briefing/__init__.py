"""The brief: everything one needs for one meeting, drawn from every part below."""
