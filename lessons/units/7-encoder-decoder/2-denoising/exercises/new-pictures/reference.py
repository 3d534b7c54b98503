"""The code of one image, multiplied by numbers around 1, and decoded."""

import torch

from grader.spec import Rng, alternative, cases, edit, edit_alternative, fixture, script


def samples(encoder, decoder, image, noise):
    with torch.no_grad():
        code = encoder(image)
        return decoder(code + code * noise)


@cases("samples")
def halves(rng: Rng):
    for n, h, w, d in ((3, 5, 6, 7), (2, 7, 3, 11), (1, 3, 6, 5)):
        s = script(f"{n} samples, {h} x {w}, {d} numbers" if n > 1 else f"one sample, {h} x {w}, {d} numbers", rtol=1e-7)
        dtype = torch.float64
        there = s.call(fixture("encoder"), rng.normal(d, h * w, dtype=dtype), rng.normal(d, dtype=dtype), label="the encoder", compare=False)
        back = s.call(fixture("decoder"), rng.normal(h * w, d, dtype=dtype, std=0.5), rng.normal(h * w, dtype=dtype), h, w, label="the decoder", compare=False)
        s.call("samples", there, back, rng.uniform(1, 1, h, w, dtype=dtype), rng.normal(n, 1, d, dtype=dtype), label="the pictures")
        yield s


@alternative(part="samples")
def one_by_one(encoder, decoder, image, noise):
    z = encoder(image).detach()
    return torch.cat([decoder(z * (1 + epsilon)).detach() for epsilon in noise])


@alternative(part="samples")
def as_rows(encoder, decoder, image, noise):
    with torch.inference_mode():
        z = encoder(image)[0]
        return decoder(z * noise.squeeze(1).add(1)).clone()


@alternative(part="samples")
def repeated(encoder, decoder, image, noise):
    with torch.no_grad():
        Z = encoder(image.repeat(len(noise), 1, 1, 1))
        return decoder(Z + Z * noise[:, 0])


edit_alternative("in-brackets", part="samples", replace=("code + code * noise", "code * (1 + noise)"))
edit_alternative("with-einsum", part="samples", replace=("code + code * noise", "torch.einsum('id,njd->njd', code, noise + 1)"))

edit(
    "added",
    "Adds the noise to the code.",
    hint="The code is multiplied by (1 + noise), so what is 0 stays 0.",
    part="samples",
    replace=("code + code * noise", "code + noise"),
)
edit(
    "noise-alone",
    "Multiplies by the noise alone.",
    hint="The factors lie around 1, not around 0: without noise the picture should come out as it was.",
    part="samples",
    replace=("code + code * noise", "code * noise"),
)
edit(
    "fresh-codes",
    "Decodes the noise itself.",
    hint="The samples lie around the code of the image.",
    part="samples",
    replace=("code + code * noise", "1 + noise"),
)
edit(
    "all-alike",
    "Gives every sample the same noise.",
    hint="Each row of the noise belongs to a sample of its own.",
    part="samples",
    replace=("code + code * noise", "(code + code * noise[:1]).repeat(len(noise), 1, 1)"),
)
edit(
    "codes-returned",
    "Returns the codes.",
    hint="The changed codes still have to pass the decoder.",
    part="samples",
    replace=("decoder(code + code * noise)", "code + code * noise"),
)
edit(
    "pictures-changed",
    "Changes the pixels after decoding.",
    hint="The code is changed, and then decoded.",
    part="samples",
    replace=("decoder(code + code * noise)", "decoder(code) * (1 + noise[:, :, :1, None])"),
)
