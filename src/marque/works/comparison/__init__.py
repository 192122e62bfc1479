"""Original and copy side by side, made at the holder's own machine, as an exhibit that can be verified anywhere."""
