"""Files people send: looked into and made safe, checked for viruses, kept under names of our own."""
