# wrong: drops commas and full stops
# says: comma|full stop|dropped|sign|missing|left out
# part: tokens
import re

def tokenise(sentence):
    found = []
    for word in re.sub("([.,])", " ", sentence.lower()).split():
        ending = next((end for end in ("n't", "'s") if word.endswith(end) and word != end), "")
        found += [word.removesuffix(ending), ending] if ending else [word]
    return found
