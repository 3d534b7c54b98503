"""The Triton kernels, a file an operation. Only these modules import Triton; nothing here launches anything."""
