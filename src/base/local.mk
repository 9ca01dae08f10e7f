# Floor 0, base: words that every floor speaks. Includes nothing above.

noinst_LIBRARIES += src/base/libbase.a

src_base_libbase_a_CPPFLAGS = $(BASE_CPPFLAGS)
src_base_libbase_a_SOURCES = \
	src/base/arena.c src/base/arena.h \
	src/base/buf.c src/base/buf.h \
	src/base/code.c src/base/code.h \
	src/base/json.c src/base/json.h \
	src/base/log.c src/base/log.h \
	src/base/mail_words.c src/base/mail_words.h \
	src/base/pipe.c src/base/pipe.h \
	src/base/pipe_queue.c src/base/pipe_queue.h \
	src/base/record.c src/base/record.h \
	src/base/span.h \
	src/base/utf8.c src/base/utf8.h \
	src/base/when.c src/base/when.h
nodist_src_base_libbase_a_SOURCES = \
	src/base/records.pb-c.c src/base/records.pb-c.h

EXTRA_DIST += src/base/records.proto
BUILT_SOURCES += src/base/records.pb-c.h
CLEANFILES += src/base/records.pb-c.c src/base/records.pb-c.h

src/base/records.pb-c.c src/base/records.pb-c.h: src/base/records.proto
	$(AM_V_GEN)$(MKDIR_P) src/base && $(PROTOC_C) \
		--proto_path=$(srcdir)/src/base --c_out=src/base \
		$(srcdir)/src/base/records.proto

BASE_LIBS = src/base/libbase.a $(PROTOBUF_C_LIBS) $(SODIUM_LIBS)
