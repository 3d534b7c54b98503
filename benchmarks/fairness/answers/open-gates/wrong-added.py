# wrong: adds the value to what is there
# says: add up|both|was|value
# part: open
def open_forget_gates(lstm, bias):
    for name, parameter in lstm.named_parameters():
        if name.startswith("bias"):
            quarter = parameter.data.chunk(4)[1]
            quarter.add_(bias if "_ih_" in name else 0.0)
