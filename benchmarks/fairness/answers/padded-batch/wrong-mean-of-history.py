# wrong: takes the mean over the padded history
# says: padding|last|mean|leak
# part: batch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pack_sequence, pad_sequence

class BatchRNNClassify(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.rnn = nn.RNN(embed_dim, hidden_dim)
        self.linear = nn.Linear(hidden_dim, 2)

    def forward(self, sentences):
        history = self.rnn(self.embedding(pad_sequence(sentences)))[0]
        return self.linear(history.mean(0)).log_softmax(1)
