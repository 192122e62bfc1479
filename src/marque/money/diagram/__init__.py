"""Flows of one network as a picture: nodes, links and where they lie. Drawing it is the page's."""
