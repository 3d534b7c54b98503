# wrong: returns the layer
# says: None|return
# part: open
def open_forget_gates(lstm, bias):
    for name, parameter in lstm.named_parameters():
        if name.startswith("bias"):
            quarter = parameter.data.chunk(4)[1]
            quarter.fill_(bias if "_ih_" in name else 0.0)
    return lstm
