"""Curves and figures for a terminal."""
