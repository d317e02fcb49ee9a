"""A sheet that came as text, as mail or as a vCard, sorted into answers to be decided on."""
