"""A page with its images to the work and unit it contains."""
