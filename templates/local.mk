# Templates of mail and SMS, one folder a language: installed and shipped.

templatesdir = $(pkgdatadir)/templates/en
dist_templates_DATA = \
	templates/en/accepted.sms \
	templates/en/answer.html \
	templates/en/answer.sms \
	templates/en/answer.txt \
	templates/en/ask.html \
	templates/en/ask.txt \
	templates/en/canceled.html \
	templates/en/canceled.sms \
	templates/en/canceled.txt \
	templates/en/closed.html \
	templates/en/closed.sms \
	templates/en/closed.txt \
	templates/en/code-sent.html \
	templates/en/code-sent.txt \
	templates/en/code.sms \
	templates/en/command-refused.html \
	templates/en/command-refused.txt \
	templates/en/confirm.html \
	templates/en/confirm.sms \
	templates/en/confirm.txt \
	templates/en/done.html \
	templates/en/done.txt \
	templates/en/escalation.html \
	templates/en/escalation.txt \
	templates/en/frame.html \
	templates/en/held.html \
	templates/en/held.txt \
	templates/en/joined.html \
	templates/en/joined.txt \
	templates/en/machine.html \
	templates/en/machine.txt \
	templates/en/message.html \
	templates/en/message.txt \
	templates/en/new.html \
	templates/en/new.txt \
	templates/en/oversize.html \
	templates/en/oversize.txt \
	templates/en/purged.html \
	templates/en/purged.txt \
	templates/en/received.html \
	templates/en/received.txt \
	templates/en/refused.html \
	templates/en/refused.txt \
	templates/en/reminder.html \
	templates/en/reminder.sms \
	templates/en/reminder.txt \
	templates/en/state.html \
	templates/en/state.txt \
	templates/en/transcript.html \
	templates/en/transcript.txt
