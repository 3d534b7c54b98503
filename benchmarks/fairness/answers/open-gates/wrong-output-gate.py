# wrong: changes the output gate
# says: gate
# part: open
def open_forget_gates(lstm, bias):
    for name, parameter in lstm.named_parameters():
        if name.startswith("bias"):
            quarter = parameter.data.chunk(4)[3]
            quarter.fill_(bias if "_ih_" in name else 0.0)
