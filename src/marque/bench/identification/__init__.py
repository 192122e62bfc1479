"""Which work is it: one benchmark a medium, and of the index that all share; each with its peers in the same run."""
