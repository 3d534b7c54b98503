# wrong: hands state and context in the wrong order
# says: order|swap|context|state
# part: write
import torch
END = 1
START = 2

@torch.no_grad()
def write(model, annotations, most):
    state, tokens, rows = torch.zeros_like(annotations[0]), [START], []
    while len(tokens) <= most and tokens[-1] != END:
        rows.append(torch.softmax(annotations @ state, dim=0))
        context = rows[-1] @ annotations
        state = model.cell(model.embedding(torch.tensor(tokens[-1])), context, state)
        tokens.append(int(model.output(state).argmax()))
    return tokens[1:], torch.stack(rows)
