def curves(train, test):
    raise NotImplementedError
