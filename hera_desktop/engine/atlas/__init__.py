"""The feature atlas: what each feature of an SAE fires on and writes, gathered once and kept in one file.

Only ``build`` needs torch; the file is read without it.
"""
