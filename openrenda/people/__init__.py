"""Who is who: congresses, terms, organs, people, mandates, groups, seats and accounts, each with its dates."""
