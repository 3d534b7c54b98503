# wrong: leaves out END
# says: END|end
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
        state = model.cell(model.embedding(torch.tensor(tokens[-1])), state, context)
        tokens.append(int(model.output(state).argmax()))
    return [one for one in tokens[1:] if one != END], torch.stack(rows)
