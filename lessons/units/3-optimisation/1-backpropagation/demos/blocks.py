"""A chain of blocks, and what passes through it in each direction."""

print(r"""
        .------.      .------.      .------.      .------.
  a0 -->|  B1  |- a1->|  B2  |- a2->|  B3  |- a3->| cost |--> C
        |      |      |      |      |      |      |      |
     <--|      |<-g1--|      |<-g2--|      |<-g3--|      |<-- 1
        '------'      '------'      '------'      '------'
            |             |             |
            v             v             v
        for B1's      for B2's      for B3's
       parameters    parameters    parameters
""")
print("g3 = dC/da3; a block gets g at its output, and gives g at its input.")
