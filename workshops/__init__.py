"""Workshops and training sessions, with places that nobody's name is on."""
