"""Who sells the space: ads.txt lines against the lists of the ad systems."""
