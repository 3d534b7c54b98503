# right
# part: open
def open_forget_gates(lstm, bias):
    import torch

    H = lstm.hidden_size
    with torch.no_grad():
        for layer in range(lstm.num_layers):
            for kind in ("ih", "hh"):
                getattr(lstm, f"bias_{kind}_l{layer}")[H : 2 * H] = bias / 2
