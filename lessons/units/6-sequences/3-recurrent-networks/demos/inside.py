"""The cell from outside and from inside."""

print(r"""
  folded              inside

     h  ---.              .------------- memory: h <------------.
     ^     |              |                                     |
     |     |              '--> linear (H -> H) ---.             |
  .------. |                                      v             |
  | cell |<'          X -----> linear (E -> H) -> + --> tanh ---+--> h
  '------'
     ^
     |
     X
""")
steps = ["the token, through a linear layer", "the old state, through another one", "their sum", "tanh", "the new state is kept"]
for number, step in enumerate(steps, 1):
    print(f"{number}. {step}")
