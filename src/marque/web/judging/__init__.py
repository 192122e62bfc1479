"""What people judge about pairs of sites, and which pairs they judge before they see the score."""
