"""Tests of the review app: logic with AppTest, screens in a real Chromium."""
