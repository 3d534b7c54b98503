def double(x):
    raise NotImplementedError("write double")
