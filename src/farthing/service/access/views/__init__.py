"""Pages of signing in and of accounts: each reads the clock, calls a service, and shows what came of it."""
