"""The kernel: the small part that checks evidence; only it can say proved or refuted."""
