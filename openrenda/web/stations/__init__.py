"""The network of stations for those who keep it: what it lacks, one station, its codes and their posters (A06, A07, A08, A17, A19)."""
