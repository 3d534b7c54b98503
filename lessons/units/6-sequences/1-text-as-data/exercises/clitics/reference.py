"""Lower case, signs apart, 's and n't split off."""

import re

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, mistake


def tokenise(sentence):
    found = []
    for word in re.sub("([.,])", r" \1 ", sentence.lower()).split():
        ending = next((end for end in ("n't", "'s") if word.endswith(end) and word != end), "")
        found += [word.removesuffix(ending), ending] if ending else [word]
    return found


SENTENCES = (
    "It's cool",
    "The film isn't bad.",
    "Very good, not bad",
    "Anna's mother doesn't know that it's Max's dog.",
    "  Two   spaces, and then  some. ",
    "THEY DON'T CARE",
    "One,two,three.",
    "it 's nice , is n't it .",
    "The sisters' house, O'Brien's horses, O'Shea's sheep",
    "I've seen it. We'll go.",
    "His snobs and stars pass",
    "Can't you see what's here.It's there.",
    "",
)


@cases("tokens")
def sentences(rng: Rng):
    for text in SENTENCES:
        yield case(sentence=text, label=f'"{text}"')


@alternative(part="tokens")
def by_pattern(sentence):
    text = re.sub(r"(?<=[^\s.,])(n't|'s)(?=[\s.,]|$)", r" \1", sentence.lower())
    return re.findall(r"[.,]|[^\s.,]+", text)


@alternative(part="tokens")
def by_replacing(sentence):
    text = sentence.lower().replace(",", " , ").replace(".", " . ")
    tokens = []
    for word in text.split():
        if word.endswith("'s") and len(word) > 2:
            tokens.extend((word[:-2], word[-2:]))
        elif word.endswith("n't") and len(word) > 3:
            tokens.extend((word[:-3], word[-3:]))
        else:
            tokens.append(word)
    return tokens


@alternative(part="tokens")
def by_groups(sentence):
    tokens = []
    for piece in re.findall(r"[^\s.,]+|[.,]", sentence.lower()):
        match = re.fullmatch(r"(.+?)(n't|'s)", piece)
        tokens += match.groups() if match else [piece]
    return tokens


edit_alternative("padded", part="tokens", replace=('re.sub("([.,])", r" \\1 ", sentence.lower())', 'sentence.lower().replace(".", " . ").replace(",", " , ")'))
edit_alternative("sliced", part="tokens", replace=("word.removesuffix(ending)", "word[: -len(ending)]"))

edit(
    "case-kept",
    "Keeps capitals.",
    hint="Check the case of the table: it has `it`, and not `It`.",
    part="tokens",
    replace=("sentence.lower()", "sentence"),
)
edit(
    "only-spaces",
    "Leaves signs at the words.",
    hint="A comma is a token, also where it follows a word without a space.",
    part="tokens",
    replace=('re.sub("([.,])", r" \\1 ", sentence.lower())', "sentence.lower()"),
)
edit(
    "not-split",
    "Leaves `'s` at its word.",
    hint="The corpus had such endings split off: try the pieces.",
    part="tokens",
    replace=('("n\'t", "\'s")', '("n\'t",)'),
)


@mistake(
    "apostrophe-alone",
    "Makes the apostrophe a token, or drops it.",
    hint="The apostrophe stays with the `s`: SST-2 and GloVe have `'s` as one token.",
    part="tokens",
)
def apostrophe_alone(sentence):
    return re.findall(r"\w+|[^\w\s]", sentence.lower())

edit(
    "endings-alone",
    "Splits a word that is nothing but the ending.",
    hint="`'s` alone is a token already; split only what has letters in front of it.",
    replace=(" and word != end", ""),
)
edit(
    "other-endings",
    "Splits off other endings than `'s` and `n't`.",
    hint="No other apostrophe is touched: `I've` stays one token.",
    replace=("(\"n't\", \"'s\")", "(\"n't\", \"'s\", \"'ll\", \"'ve\", \"'re\", \"'m\")"),
)
edit(
    "signs-dropped",
    "Drops commas and full stops.",
    hint="They are tokens of their own: put spaces around them.",
    replace=("r\" \\1 \"", "\" \""),
)

edit(
    "in-the-middle",
    "Splits `'s` off in the middle of a word too.",
    hint="Only at the end of a word: `str.endswith`.",
    replace=("found += [word.removesuffix(ending), ending] if ending else [word]", "found += [one for one in re.split(\"(n't|'s)\", word) if one]"),
)
