"""`python -m marque.cli` does what `marque` does."""

from marque.cli.main import main

main()
