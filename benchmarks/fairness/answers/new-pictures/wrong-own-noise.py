# wrong: draws noise of its own
# says: noise|handed|ignor|random|noise
# part: samples
import torch

def samples(encoder, decoder, image, noise):
    with torch.no_grad():
        code = encoder(image)
        return decoder(code + code * torch.randn_like(noise))
