"""A third hand: what docs/reference says of rules, ledgers and objective, counted without a line of the program."""
