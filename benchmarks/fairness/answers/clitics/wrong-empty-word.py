# wrong: splits a word that is nothing but the ending
# says: empty|nothing but|stays
# part: tokens
import re

def tokenise(sentence):
    found = []
    for word in re.sub("([.,])", r" \1 ", sentence.lower()).split():
        ending = next((end for end in ("n't", "'s") if word.endswith(end)), "")
        found += [word.removesuffix(ending), ending] if ending else [word]
    return found
