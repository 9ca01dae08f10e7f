#include "span.h"

#include "html_style.h"

/* Whether `value` is `word`, perhaps with more behind a blank. */
static bool
says(struct span value, const char *word)
{
	size_t len = strlen(word);

	return span_begins(value, word) &&
	       (value.len == len || ascii_blank((unsigned char)value.at[len]) ||
		   value.at[len] == '!');
}

/* "0", "0px", "0.0em", "0 !important"; not "0.9em". */
static bool
is_zero(struct span value)
{
	size_t i = 0;

	while (i < value.len && (value.at[i] == '0' || value.at[i] == '.'))
		i++;
	return i > 0 && value.at[0] == '0' &&
	       (i == value.len || !ascii_digit((unsigned char)value.at[i]));
}

struct declared {
	struct html_style style;
	bool no_height, no_overflow;
};

static void
declare(struct declared *all, struct span name, struct span value)
{
	struct html_style *style = &all->style;

	if (span_is(name, "display"))
		style->gone |= says(value, "none");
	else if (span_is(name, "mso-hide"))
		style->gone |= says(value, "all");
	else if (span_is(name, "opacity"))
		style->gone |= is_zero(value);
	else if (span_is(name, "visibility"))
		style->invisible =
		    says(value, "hidden") || says(value, "collapse");
	else if (span_is(name, "font-size"))
		style->zero_size = is_zero(value);
	else if (span_is(name, "max-height") || span_is(name, "height"))
		all->no_height |= is_zero(value);
	else if (span_is(name, "overflow"))
		all->no_overflow |= says(value, "hidden");
	else if (span_is(name, "border"))
		style->borderless = says(value, "none") || is_zero(value);
}

static void
read_declarations(struct declared *all, const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, ";");
		size_t colon = strcspn(text, ":;");

		if (colon < len)
			declare(all, span_trim((struct span){text, colon}),
			    span_trim((struct span){
				text + colon + 1, len - colon - 1}));
		text += len;
		if (*text == ';')
			text++;
	}
}

struct html_style
html_style_read(const char *declarations, bool hidden)
{
	struct declared all = {.style = {.invisible = -1, .zero_size = -1}};

	all.style.gone = hidden;
	read_declarations(&all, declarations);
	if (all.no_height && all.no_overflow)
		all.style.gone = true;
	return all.style;
}

bool
html_style_is_pixel(const char *value)
{
	return (value[0] == '0' || value[0] == '1') &&
	       !ascii_digit((unsigned char)value[1]);
}
