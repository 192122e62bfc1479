"""What names say: common words, and in what way two names look alike."""
