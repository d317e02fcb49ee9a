"""A request that the rules turn down, with the sentence to show."""


class Refused(ValueError):
    """Raised by a verb that may not happen; its text is a sentence for the member.

    Nothing has been stored when it is raised: verbs check before they write, and their
    transaction is rolled back.
    """
