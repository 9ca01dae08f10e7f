# The example conf, the unit and the manual pages.

CONF_FILES = conf/gatepost.conf conf/mailboxes.conf conf/people.conf \
	conf/plans.conf conf/services.conf conf/notices.conf conf/sms.conf

examplesdir = $(docdir)/examples
dist_examples_DATA = $(CONF_FILES)

systemddir = $(prefix)/lib/systemd/system
nodist_systemd_DATA = conf/gatepost.service
EXTRA_DIST += conf/gatepost.service.in
CLEANFILES += conf/gatepost.service

conf/gatepost.service: conf/gatepost.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) conf && sed 's|@bindir[@]|$(bindir)|g' \
		$(srcdir)/conf/gatepost.service.in >$@.new && mv $@.new $@

dist_man_MANS += man/gatepost.8 man/gatepost.conf.5
