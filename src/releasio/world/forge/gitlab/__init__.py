"""GitLab, on gitlab.com and elsewhere. Source: https://docs.gitlab.com/api/rest/."""
