# right
# part: tokens
import re


def tokenise(sentence):
    tokens = []
    for word in re.findall(r"[a-z']+|[,.]", sentence.lower()):
        match = re.fullmatch(r"(.+)(n't|'s)", word)
        tokens.extend(match.groups() if match else [word])
    return tokens
