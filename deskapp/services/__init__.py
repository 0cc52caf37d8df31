"""What the trade does: functions of the desk that need no screen."""
