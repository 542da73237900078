"""Drop-ins: functions of other packages, called and answering as there, with what cutaway knows."""
