"""With what the kernels are launched: grids, arguments and tiles, as values. Nothing here runs unless asked to."""
