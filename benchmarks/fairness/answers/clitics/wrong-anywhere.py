# wrong: splits 's in the middle of words too
# says: end of|middle|inside
# part: tokens
import re

def tokenise(sentence):
    found = []
    for word in re.sub("([.,])", r" \1 ", sentence.lower()).split():
        found += [one for one in re.split("(n't|'s)", word) if one]
    return found
