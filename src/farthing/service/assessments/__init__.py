"""Facts as told and as verified, evidence, requests to be assessed, and decisions as sealed."""
