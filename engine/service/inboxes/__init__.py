"""The inbox: whose tasks somebody sees, in which order, and how they are told of them."""
