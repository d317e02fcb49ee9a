"""What the form says of itself. Pure."""

from touchline.core.words import SMALL, capital

# To twelve in words: so many are asked.
NUMBERS = (*SMALL, "eleven", "twelve")


def said(count: int) -> str:
    """Say a count of answers: words to twelve, figures beyond."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def progress(answered: int, asked: int) -> str:
    """Say how far they are: *Three of twelve answered.*"""
    if not asked:
        return ""
    if not answered:
        many = f"{capital(said(asked))} questions, any" if asked > 1 else "One question"
        return f"{many} of which you can skip." if asked > 1 else f"{many}. You can skip it."
    if answered >= asked:
        return "All answered." if asked > 1 else "Answered."
    return f"{capital(said(answered))} of {said(asked)} answered."
