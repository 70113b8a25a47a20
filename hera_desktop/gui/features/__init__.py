"""The parts of the features workspace: the text's strip, the table of features, a feature's page."""
