"""Who is told what, by a step or by time alone."""
