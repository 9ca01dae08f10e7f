#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "code.h"

#include "scan.h"

static bool
has(struct span octets, struct span form)
{
	return form.len > 0 &&
	    memmem(octets.at, octets.len, form.at, form.len) != NULL;
}

static struct span
lowered(struct arena *arena, struct span s)
{
	char *out = arena_take(arena, s.len + 1);

	for (size_t i = 0; i < s.len; i++)
		out[i] = (char)ascii_lower((unsigned char)s.at[i]);
	return (struct span){out, s.len};
}

static struct span
backwards(struct arena *arena, struct span s)
{
	char *out = arena_take(arena, s.len + 1);

	for (size_t i = 0; i < s.len; i++)
		out[i] = s.at[s.len - 1 - i];
	return (struct span){out, s.len};
}

/* Every octet as `mark` and two hex digits, or only those that are neither
 * letter nor digit. */
static struct span
marked(struct arena *arena, struct span s, const char *mark, bool all)
{
	struct buf out = buf_in(arena);

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];

		if (!all && (ascii_alpha(c) || ascii_digit(c) || c == '.'))
			buf_put(&out, (char)c);
		else
			buf_print(&out, "%s%02x", mark, c);
	}
	return buf_span(&out);
}

static struct span
wide(struct arena *arena, struct span s)
{
	struct buf out = buf_in(arena);

	for (size_t i = 0; i < s.len; i++) {
		buf_put(&out, s.at[i]);
		buf_put(&out, '\0');
	}
	return buf_span(&out);
}

/* What base64 of any text shows that has the canary at octet `offset` of a
 * group: the groups that are the canary's alone. */
static struct span
base64_of(struct arena *arena, struct span s, size_t offset)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz"
				      "0123456789+/";
	struct buf out = buf_in(arena);

	for (size_t i = (3 - offset) % 3; i + 3 <= s.len; i += 3) {
		unsigned a = (unsigned char)s.at[i];
		unsigned b = (unsigned char)s.at[i + 1];
		unsigned c = (unsigned char)s.at[i + 2];

		buf_put(&out, letters[a >> 2]);
		buf_put(&out, letters[(a << 4 | b >> 4) & 63]);
		buf_put(&out, letters[(b << 2 | c >> 6) & 63]);
		buf_put(&out, letters[c & 63]);
	}
	return buf_span(&out);
}

const char *
scan_octets(struct span octets, const char *canary)
{
	struct arena *arena = arena_new(0);
	struct span low = lowered(arena, octets);
	struct span s = span_of(canary);
	struct span small = lowered(arena, s);
	const char *found = NULL;

	if (has(low, small))
		found = "plain";
	else if (has(low, backwards(arena, small)))
		found = "backwards";
	else if (has(low, wide(arena, small)))
		found = "UTF-16";
	else if (has(low, marked(arena, s, "", true)))
		found = "hex";
	else if (has(low, marked(arena, small, "=", false)))
		found = "quoted-printable";
	else if (has(low, marked(arena, small, "%", false)))
		found = "percent";
	for (size_t i = 0; i < 3 && found == NULL; i++)
		if (has(octets, base64_of(arena, s, i)))
			found = "base64";
	arena_free(arena);
	return found;
}

static struct span
slurp(struct arena *arena, const char *path)
{
	struct buf out = buf_in(arena);
	FILE *file = fopen(path, "r");
	size_t got;

	ck_assert_ptr_nonnull(file);
	while ((got = fread(buf_reserve(&out, 65536), 1, 65536, file)) > 0)
		out.len += got;
	fclose(file);
	return buf_span(&out);
}

const char *
scan_folder(
    const struct folder *folder, const char *canary, char file_r[256])
{
	DIR *dir = opendir(folder->path);
	const char *found = NULL;
	struct dirent *entry;

	ck_assert_ptr_nonnull(dir);
	while (found == NULL && (entry = readdir(dir)) != NULL) {
		struct arena *arena;

		if (entry->d_name[0] == '.')
			continue;
		arena = arena_new(0);
		snprintf(file_r, 256, "%.255s", entry->d_name);
		found = scan_octets(
		    slurp(arena, arena_print(arena, "%s/%s", folder->path,
				     entry->d_name)),
		    canary);
		arena_free(arena);
	}
	closedir(dir);
	return found;
}
