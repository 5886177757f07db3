"""The files of evidence themselves: looked into and made safe, checked for viruses, kept under names of our own."""
