"""One endpoint a file. Each reads what was asked, calls a room below, and hands on what it says."""
