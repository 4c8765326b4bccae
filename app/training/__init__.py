"""Training of the tagger: `python -m app.training.tagger`. Needs the optional extra `training`."""
