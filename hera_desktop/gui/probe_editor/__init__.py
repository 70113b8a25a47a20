"""The probe editor: the texts that every change is measured on, the limits of their tags, and calibration."""
