"""Activities: what is held on a day with people and outputs. Each kind is a procedure of one file; docs/new-activity.md."""
