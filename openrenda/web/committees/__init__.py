"""What the committees do together: the joint calendar, the load of each, and its year with the work it led and assisted (J07)."""
