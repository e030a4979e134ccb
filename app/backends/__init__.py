"""The outside world: machines that know no model, no policy and no request."""
