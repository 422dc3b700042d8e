"""How much one visitor may ask, how much is answered at once, and how long that may take."""
