#!/bin/sh
# The templates as an admin meets them: `gatepost check` finds what is wrong in
# any language and names its line, `gatepost preview` shows every notice, and
# every HTML of them is one that a browser reads without a word to anybody.
set -u
top=$(cd "${srcdir:-..}" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

fail() {
	echo "texts: $*"
	failed=1
}

gatepost() {
	src/gatepost -c "$folder/conf/gatepost.conf" "$@"
}

src/gatepost init "$folder/conf" >/dev/null || exit 99
for secret in imap smtp; do
	echo secret >"$folder/conf/$secret.pass"
	chmod 400 "$folder/conf/$secret.pass"
done
cp -r "$top/templates" "$folder/templates"
chmod -R u+w "$folder/templates"
export GATEPOST_TEMPLATES="$folder/templates"

gatepost check >"$folder/said" 2>&1 || fail "check: $(cat "$folder/said")"
grep -q "^advice: .*templates" "$folder/said" &&
	fail "a language lacks something: $(cat "$folder/said")"

for language in en zh nl ar; do
	for text in "$top/templates/$language"/*.txt; do
		event=$(basename "$text" .txt)
		[ "$event" = words ] && continue
		gatepost preview "$event" "$language" |
			grep -q "^Subject: ." || fail "$event $language: text"
		gatepost preview --html "$event" "$language" |
			grep -q "<html lang=\"$language\"" ||
			fail "$event $language: html"
		gatepost preview --eml "$event" "$language" |
			tr -d '\r' | grep -qx "Content-Language: $language" ||
			fail "$event $language: mail"
	done
done
gatepost preview code ar | grep -q "^SMS: ." || fail "the code has no SMS"
gatepost preview --html code ar 2>/dev/null && fail "the code has no mail"
gatepost preview nothing 2>/dev/null && fail "there is no such notice"
gatepost preview received xx 2>/dev/null && fail "there is no such language"

# What another language lacks is no mistake, and said.
rm "$folder/templates/nl/answer.html"
gatepost check >"$folder/said" 2>&1 || fail "a missing template is fatal"
grep -q "advice: .*/nl/answer.html: missing; said in \"en\"" \
	"$folder/said" || fail "nobody says that answer.html is missing"

# What is wrong is, in whatever language, with its line.
echo '<p>{nobody}' >>"$folder/templates/ar/confirm.html"
lines=$(wc -l <"$folder/templates/ar/confirm.html")
gatepost check >"$folder/said" 2>&1 && fail "a wrong template is taken"
grep -q "/ar/confirm.html: line $lines: unknown variable {nobody}" \
	"$folder/said" || fail "no file and line: $(cat "$folder/said")"
exit $failed
