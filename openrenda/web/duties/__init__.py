"""How deputies keep in contact: what of it is lacking, each number with its list (A20, A22, A23, A24)."""
