# wrong: splits off 'll and 're as well
# says: other apostrophe|touched|'ll|'re|'m
# part: tokens
import re

def tokenise(sentence):
    found = []
    for word in re.sub("([.,])", r" \1 ", sentence.lower()).split():
        ending = next((end for end in ("n't", "'s", "'ll", "'re", "'m", "'ve", "'d") if word.endswith(end) and word != end), "")
        found += [word.removesuffix(ending), ending] if ending else [word]
    return found
