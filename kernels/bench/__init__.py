"""How fast our kernels are beside PyTorch's, measured side by side in one run: python -P -m kernels.bench."""
