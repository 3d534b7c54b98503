# wrong: subtracts
# says: sign|1|minus
# part: samples
import torch

def samples(encoder, decoder, image, noise):
    with torch.no_grad():
        code = encoder(image)
        return decoder(code - code * noise)
