# right
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
        sizes = [len(one) for one in sentences]
        padded = pad_sequence(sentences)
        history = self.rnn(self.embedding(padded))[0]
        last = history[[size - 1 for size in sizes], range(len(sizes))]
        return nn.functional.log_softmax(self.linear(last), dim=1)
