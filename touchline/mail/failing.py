"""Why a message did not go out, in a sentence: no secrets, no words of a machine."""

import smtplib
import ssl

from touchline.core.words import one_line

LATER = "The mail server asks to wait. Try again in a few minutes."


def sentence(error: Exception, address: str) -> str:
    """Say what went wrong and what to do, for whatever sending to ``address`` raised."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return (
            "The mail server did not accept our name and password. "
            "Whoever runs Touchline sets SMTP_USER and SMTP_PASSWORD."
        )
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        if codes and all(400 <= code < 500 for code in codes):
            return LATER
        return f"The mail server refused {one_line(address)}. Is the address right?"
    if isinstance(error, smtplib.SMTPSenderRefused):
        return (
            "The mail server does not let us send from our address. "
            "Whoever runs Touchline sets MAIL_FROM."
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return (
            "The mail server cannot do what is asked of it. "
            "Whoever runs Touchline looks at SMTP_PORT and SMTP_STARTTLS."
        )
    if isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPServerDisconnected | ssl.SSLError):
        return "The connection to the mail server broke off. Try again in a while."
    if isinstance(error, smtplib.SMTPResponseException):
        if 400 <= error.smtp_code < 500:
            return LATER
        return "The mail server would not take this message. Whoever runs it can say why."
    if isinstance(error, OSError) and not isinstance(error, FileNotFoundError | PermissionError):
        return "The mail server could not be reached. Try again once there is a connection."
    if isinstance(error, OSError):
        return "The mail could not be written to the data folder. Is there room, and may we?"
    if isinstance(error, ValueError):
        return f"A message to {one_line(address)} cannot be made. Is the address right?"
    return "Something went wrong on our side. Try again; the log of the worker says more."
