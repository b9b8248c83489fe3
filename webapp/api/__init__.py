"""The interface for other systems: JSON in and out, tokens instead of sign-in, problems by RFC 9457."""
