"""Channels read the outbox and tell people: in the application, by e-mail, and through adapters for SMS and webhooks.

Nothing else in the project sends anything. Who an office is, is asked at the moment of sending.
"""
