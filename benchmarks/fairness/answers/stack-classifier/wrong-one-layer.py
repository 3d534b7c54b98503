# wrong: ignores the number of layers
# says: num_layers|layers|parameter
# part: classifier
from torch import nn

class FasterDeepRNNClassifier(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim, num_layers):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.rnn = nn.RNN(input_size=embed_dim, hidden_size=hidden_dim)
        self.linear = nn.Linear(hidden_dim, 2)

    def forward(self, tokens):
        history = self.rnn(self.embedding(tokens)[:, None])[0]
        top = history[-1].squeeze(0)
        return self.linear(top).log_softmax(0)
