"""The commands, in `cli.py` put together; what each needs is imported when it runs."""
