"""Whole classes: a folder of what everybody handed in, judged in parallel and resumed where it was left."""
