"""The operations: public functions, and behind them what PyTorch traces, compiles and differentiates."""
