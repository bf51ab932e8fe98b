"""Reading: text in, typed statements out; every error has a place."""
