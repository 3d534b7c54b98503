"""Output formats, a module each; all are made from the Verdict alone."""
