"""What happens without a reset: a crash, another one, and results that depend on what was read before."""

import torch

torch.manual_seed(0)
cell, head = torch.nn.RNNCell(4, 6), torch.nn.Linear(6, 2)
optimizer = torch.optim.SGD([*cell.parameters(), *head.parameters()], lr=0.1)
first, second = torch.randn(5, 4), torch.randn(3, 4)
errors = []
for keep in (False, True):
    state = torch.zeros(6)
    try:
        for number, sentence in enumerate((first, second), 1):
            for X in sentence:
                state = cell(X, state)
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(head(state), torch.tensor(1)).backward(retain_graph=keep)
            optimizer.step()
    except RuntimeError as error:
        errors.append(str(error))
        print(f"retain_graph={keep}, sentence {number}, RuntimeError: {errors[-1][:90]}...")

state, results = torch.zeros(6), []
for _ in range(3):
    state = state.detach()
    for X in second:
        state = cell(X, state)
    results.append(head(state).softmax(dim=0)[0].item())
print("the same sentence three times:", *(f"{result:.6f}" for result in results))
