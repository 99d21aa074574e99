"""Ready ways of releasing: workflow files with a few places to fill."""
