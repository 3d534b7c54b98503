# right
# part: samples
import torch


@torch.inference_mode()
def samples(encoder, decoder, image, noise):
    z = encoder(image).reshape(-1)
    codes = [z * (1 + e.reshape(-1)) for e in noise]
    return decoder(torch.stack(codes)).clone()
