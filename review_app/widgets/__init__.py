"""Pieces of screens: HTML made of escaped text, and small groups of Streamlit elements."""
