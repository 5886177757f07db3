"""What somebody's needs were found to be, the care that is planned and delivered, when it stops, and notices of its cost."""
