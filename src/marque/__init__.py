"""marque: from web captures of suspected piracy sites to cases that several countries can act on together."""

VERSION = "0.1.0"
