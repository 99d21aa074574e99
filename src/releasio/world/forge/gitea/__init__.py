"""Gitea and Forgejo, on codeberg.org and elsewhere. Source: https://docs.gitea.com/api/."""
