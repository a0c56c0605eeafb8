"""/api/v1: the procedures, their matters and steps for other systems, from the same declarations and through the same door as the pages.

A token stands for a seat: it sees what the seat sees and may do what the seat may do, but it cannot prove that a person is there.
"""
