"""Where a project's version comes from: one module for each build backend or tool."""
