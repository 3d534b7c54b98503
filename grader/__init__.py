"""Judging: sandbox, cases, comparison, verdicts, reports. Headless; knows no screen."""
