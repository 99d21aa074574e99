"""A release afterwards: compared, installed, built again."""
