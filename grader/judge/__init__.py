"""The trusted process: it draws inputs, runs the reference and compares. It imports nothing of the worker."""
