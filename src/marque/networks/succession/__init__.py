"""Who followed whom, by names and dates: candidates, what chance gives, and what is learnt from the input itself."""
