# wrong: the column is made of a copy
# says: cop|memory
# part: column
def double_as_column(x):
    x.mul_(2)
    return x.clone().view(-1, 1)
