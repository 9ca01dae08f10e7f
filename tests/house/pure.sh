#!/bin/sh
# The pure libraries (design: desk and mail) call nothing that looks out of
# the window: no clock, file, socket, environment, locale, chance or log. What
# each of them leaves undefined is held against a list of what it may use.
set -u

memory='mem(mem|cmp|chr|rchr|cpy|move|set|mem)|__mem(cpy|move|set)_chk'
strings='str(n?len|n?cmp|r?chr|str|n?casecmp|p?brk|c?spn)|__str[a-z]*_chk'
runtime='__stack_chk_fail|_GLOBAL_OFFSET_TABLE_|__ctype_[a-z_]+|abort|qsort|bsearch'
runtime="$runtime|__cpu_model|__asan_.*|__ubsan_.*|__start_.*|__stop_.*|__gcov_.*"
base='arena_.*|buf_.*|utf8_.*|code_.*|json_.*|record_.*|when_(to_civil|from_civil|add_months|day|text|mail_text)'
words='(mail_kind|outcome|verdict|outbox_status|medium)_word'
records='[a-z_]+__descriptor|[a-z_]+__init|protobuf_c_.*'
sodium='crypto_.*|sodium_.*'
desk='(access|severity|action|command|decide|due|notice|operation|state|event|author|participant|role|assurance|ticket|token|thread)_.*'
common="$memory|$strings|$runtime|$base|$words|$records|$sodium"

failed=0

# Undefined symbols that no other object of the same library defines.
check()
{
	library=$1
	allowed=$2

	if [ ! -f "$library" ]; then
		return
	fi
	nm -u "$library" | awk 'NF == 2 { print $2 }' | sort -u >pure.wanted
	nm --defined-only "$library" | awk 'NF == 3 { print $3 }' |
	    sort -u >pure.given
	left=$(comm -23 pure.wanted pure.given | grep -vxE "$allowed")
	if [ -n "$left" ]; then
		echo "$library is not pure, it calls:" $left
		failed=1
	fi
	rm -f pure.wanted pure.given
}

check src/desk/libdesk.a "$common"
check src/mail/libmail.a \
    "$common|$desk|iconv.*|__errno_location|pcre2_.*|gumbo_.*|kGumbo.*|idn2?_.*|snprintf|__snprintf_chk|strto.*|malloc|calloc|realloc|free"
exit $failed
