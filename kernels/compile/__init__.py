"""Compiles all kernels that we ship ahead of time, for GPUs that are not here: python -P -m kernels.compile."""
