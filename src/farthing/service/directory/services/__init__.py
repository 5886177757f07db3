"""What can be done to enterprises, their entries, proofs, checks, enquiries and concerns: everything that writes."""
