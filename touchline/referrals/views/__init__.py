"""The pages of referrals, one module a noun."""
