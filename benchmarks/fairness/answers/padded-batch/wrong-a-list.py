# wrong: returns a list
# says: tensor|list|size
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
        packed = pack_sequence([self.embedding(tokens) for tokens in sentences], enforce_sorted=False)
        states = self.rnn(packed)[1]
        return list(self.linear(states.squeeze(0)).log_softmax(1))
