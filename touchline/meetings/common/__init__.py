"""What a member and a person have in common: interests, places, networks."""
