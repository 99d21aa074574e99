"""The last releases, decided once more under the rules in force."""
