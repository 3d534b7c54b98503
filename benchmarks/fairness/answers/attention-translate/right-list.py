# right
# part: write
import torch

END, START = 1, 2


def write(model, annotations, most):
    with torch.no_grad():
        h = annotations.new_zeros(annotations.shape[1])
        token, tokens, rows = START, [], []
        for _ in range(most):
            scores = (annotations * h).sum(1)
            weights = (scores - scores.logsumexp(0)).exp()
            rows.append(weights)
            h = model.cell(model.embedding.weight[token], h, (weights[:, None] * annotations).sum(0))
            token = model.output(h).argmax().item()
            tokens.append(token)
            if token == END:
                break
        return tokens, torch.vstack(rows)
