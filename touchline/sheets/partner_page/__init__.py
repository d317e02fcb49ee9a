"""The partner's page: what both need for the next meeting, and nothing else."""
