"""Direct payments: agreed, paid four-weekly in advance, and looked at in reviews."""
