"""Who holds what among thousands of sites: values told apart by the company their holders keep."""
