# wrong: puts the picture itself in front
# says: n|number|size|shape|itself
# part: samples
import torch

def samples(encoder, decoder, image, noise):
    with torch.no_grad():
        code = encoder(image)
        return torch.cat([image, decoder(code + code * noise)])
