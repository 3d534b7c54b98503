# wrong: makes one picture
# says: n|all|every|size|shape|first
# part: samples
import torch

def samples(encoder, decoder, image, noise):
    with torch.no_grad():
        code = encoder(image)
        return decoder(code + code * noise[:1])
