#include <gumbo.h>

#include "buf.h"
#include "utf8.h"

#include "html_scan.h"

#define HTML_OCTETS    (4u * 1024 * 1024)
#define HTML_TAGS      100000
#define HTML_DEPTH     400 /* open elements; a chain of 100 replies has 300 */
#define HTML_FORMATS   64  /* formatting elements that were never closed */
#define TAG_ATTRIBUTES 200
#define ROOT_TAGS      16 /* <html> and <body>: each adds its attributes */

/* How an element behaves on the parser's stack (HTML, section 13.2.4.2). */
enum class {
	CLASS_FREE,    /* has no content, or closes its like by itself */
	CLASS_BLOCK,   /* a "special" element: ends within its scope */
	CLASS_BARRIER, /* ends of tags outside do not reach into it */
	CLASS_FORMAT,  /* is opened again in the next block when left open */
	CLASS_PLAIN,   /* all others */
	CLASS_RAW,     /* its content is not tags */
	CLASS_STRANGE, /* other rules hold inside; no look can follow them */
};

struct tag {
	struct span name;
	struct span whole; /* from '<' to '>' */
	enum class class;
	GumboTag known;
	size_t attributes;
	bool end;
	bool is_tag; /* not a comment */
};

struct open {
	struct span name;
	enum class class;
};

struct look {
	struct open stack[HTML_DEPTH];
	size_t depth;
	size_t formats;
	size_t roots;
};

static enum class class_of(GumboTag tag) {
	switch ((int)tag){
		case GUMBO_TAG_AREA : case GUMBO_TAG_BASE : case
		GUMBO_TAG_BR : case GUMBO_TAG_COL : case GUMBO_TAG_EMBED : case
		GUMBO_TAG_HR : case GUMBO_TAG_IMG : case GUMBO_TAG_INPUT : case
		GUMBO_TAG_LINK : case GUMBO_TAG_META : case
		GUMBO_TAG_PARAM : case GUMBO_TAG_WBR : case GUMBO_TAG_P : case
		GUMBO_TAG_LI : case GUMBO_TAG_DD : case GUMBO_TAG_DT : case
		GUMBO_TAG_TD : case GUMBO_TAG_TH : case GUMBO_TAG_TR : case
		GUMBO_TAG_TBODY : case GUMBO_TAG_THEAD : case GUMBO_TAG_TFOOT :
		    case GUMBO_TAG_COLGROUP : case GUMBO_TAG_HTML : case
		GUMBO_TAG_HEAD : case GUMBO_TAG_BODY : return CLASS_FREE;
		case GUMBO_TAG_TABLE : case GUMBO_TAG_OBJECT : case
		GUMBO_TAG_APPLET : case GUMBO_TAG_MARQUEE : case
		GUMBO_TAG_CAPTION : case
		GUMBO_TAG_BUTTON : return CLASS_BARRIER;
		case GUMBO_TAG_B : case GUMBO_TAG_BIG : case
		GUMBO_TAG_CODE : case GUMBO_TAG_EM : case GUMBO_TAG_FONT : case
		GUMBO_TAG_I : case GUMBO_TAG_S : case GUMBO_TAG_SMALL : case
		GUMBO_TAG_STRIKE : case GUMBO_TAG_STRONG : case
		GUMBO_TAG_TT : case GUMBO_TAG_U : return CLASS_FORMAT;
		case GUMBO_TAG_A : case GUMBO_TAG_NOBR : /* close their like */
		    case GUMBO_TAG_SPAN : case GUMBO_TAG_LABEL : case
		GUMBO_TAG_SUB : case GUMBO_TAG_SUP : case
		GUMBO_TAG_UNKNOWN : return CLASS_PLAIN;
		case GUMBO_TAG_SCRIPT : case GUMBO_TAG_STYLE : case
		GUMBO_TAG_TITLE : case GUMBO_TAG_TEXTAREA : case
		GUMBO_TAG_XMP : case GUMBO_TAG_IFRAME : case
		GUMBO_TAG_NOEMBED : case GUMBO_TAG_NOFRAMES : return CLASS_RAW;
		case GUMBO_TAG_SVG : case GUMBO_TAG_MATH : case
		GUMBO_TAG_SELECT : case GUMBO_TAG_TEMPLATE : case
		GUMBO_TAG_FRAMESET : case
		GUMBO_TAG_PLAINTEXT : return CLASS_STRANGE;
		default : return CLASS_BLOCK;
	}
}

/* Where `<!--`, `<!`, `<?` and `</` without a name end. */
static const char *
comment_end(const char *at, const char *end)
{
	const char *close;

	if (end - at < 4 || memcmp(at, "<!--", 4) != 0) {
		close = memchr(at, '>', (size_t)(end - at));
		return close ? close + 1 : end;
	}
	at += 4;
	if (at < end && *at == '>')
		return at + 1;
	if (end - at > 1 && at[0] == '-' && at[1] == '>')
		return at + 2;
	while ((close = memchr(at, '>', (size_t)(end - at))) != NULL) {
		/* What lies before `at` are the opening's own dashes or a '>',
		 * so looking back is safe. */
		if (close[-1] == '-' && close[-2] == '-')
			return close + 1;
		if (close[-1] == '!' && close[-2] == '-' && close[-3] == '-')
			return close + 1;
		at = close + 1;
	}
	return end;
}

/* Behind the attributes of a tag: quotes hold a '>' only as a value's. */
static const char *
attributes_end(const char *at, const char *end, size_t *count)
{
	while (at < end && *at != '>') {
		if (ascii_blank((unsigned char)*at) || *at == '/' ||
		    *at == '\f') {
			at++;
			continue;
		}
		++*count;
		at++;
		while (at < end && *at != '=' && *at != '>' && *at != '/' &&
		       *at != '\f' && !ascii_blank((unsigned char)*at))
			at++;
		while (at < end &&
		       (ascii_blank((unsigned char)*at) || *at == '\f'))
			at++;
		if (at == end || *at != '=')
			continue;
		at++;
		while (at < end &&
		       (ascii_blank((unsigned char)*at) || *at == '\f'))
			at++;
		if (at < end && (*at == '"' || *at == '\'')) {
			const char *close =
			    memchr(at + 1, *at, (size_t)(end - at - 1));

			at = close ? close + 1 : end;
			continue;
		}
		while (at < end && *at != '>' && *at != '\f' &&
		       !ascii_blank((unsigned char)*at))
			at++;
	}
	return at < end ? at + 1 : end;
}

/* The tag or comment that begins at `at`, a '<' with a letter, '/', '!' or
 * '?' behind it. */
static struct tag
read_tag(const char *at, const char *end)
{
	struct tag tag = {.whole = {at, 0}};
	const char *name = at + 1;
	const char *stop;

	tag.end = *name == '/';
	if (tag.end)
		name++;
	if (name >= end || !ascii_alpha((unsigned char)*name)) {
		tag.whole = span_from(at, comment_end(at, end));
		return tag;
	}
	stop = name;
	while (stop < end && *stop != '>' && *stop != '/' && *stop != '\f' &&
	       !ascii_blank((unsigned char)*stop))
		stop++;
	tag.is_tag = true;
	tag.name = span_from(name, stop);
	tag.known = gumbo_tagn_enum(name, (unsigned)tag.name.len);
	tag.class = class_of(tag.known);
	tag.whole = span_from(at, attributes_end(stop, end, &tag.attributes));
	return tag;
}

/* The next place from `at` on where a tag or a comment begins, or `end`. */
static const char *
next_tag(const char *at, const char *end)
{
	while ((at = memchr(at, '<', (size_t)(end - at))) != NULL) {
		if (end - at < 2)
			return end;
		if (ascii_alpha((unsigned char)at[1]) || at[1] == '/' ||
		    at[1] == '!' || at[1] == '?')
			return at;
		at++;
	}
	return end;
}

static bool
same_name(struct span a, struct span b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		if (ascii_lower((unsigned char)a.at[i]) !=
		    ascii_lower((unsigned char)b.at[i]))
			return false;
	}
	return true;
}

/* Where the content of a raw element ends, at its end tag. */
static const char *
raw_end(struct span name, const char *at, const char *end)
{
	while ((at = memchr(at, '<', (size_t)(end - at))) != NULL) {
		if ((size_t)(end - at) > name.len + 2 && at[1] == '/' &&
		    same_name((struct span){at + 2, name.len}, name) &&
		    octet_in(at[2 + name.len], "> \t\n\f\r/"))
			return at;
		at++;
	}
	return end;
}

/* Takes an end tag into account as the parser would at best: an element that
 * it might leave open stays on our stack. */
static void
look_at_end(struct look *look, const struct tag *tag)
{
	for (size_t i = look->depth; i > 0; i--) {
		struct open *open = &look->stack[i - 1];

		if (same_name(open->name, tag->name)) {
			if (open->class == CLASS_FORMAT)
				look->formats--;
			look->depth = i - 1;
			return;
		}
		if (open->class == CLASS_BARRIER && tag->class != CLASS_BARRIER)
			return;
		if (open->class == CLASS_BLOCK &&
		    (tag->class == CLASS_FORMAT || tag->class == CLASS_PLAIN))
			return;
	}
}

/* False when the parser might get slow. */
static bool
look_at_start(struct look *look, const struct tag *tag)
{
	if (tag->class == CLASS_STRANGE || tag->attributes > TAG_ATTRIBUTES)
		return false;
	if (tag->known == GUMBO_TAG_HTML || tag->known == GUMBO_TAG_BODY)
		return ++look->roots <= ROOT_TAGS;
	if (tag->class == CLASS_FREE || tag->class == CLASS_RAW)
		return true;
	if (look->depth == HTML_DEPTH)
		return false;
	if (tag->class == CLASS_FORMAT && ++look->formats > HTML_FORMATS)
		return false;
	look->stack[look->depth++] = (struct open){tag->name, tag->class};
	return true;
}

/* A comment in a script makes the parser read on behind its end tag. */
static bool
hides_its_end(const struct tag *tag, const char *end)
{
	struct span s = span_from(tag->whole.at + tag->whole.len, end);

	for (size_t i = 0; tag->known == GUMBO_TAG_SCRIPT && i + 4 <= s.len;
	     i++) {
		if (memcmp(s.at + i, "<!--", 4) == 0)
			return true;
	}
	return false;
}

static bool
is_tame(struct arena *arena, struct span html)
{
	struct look *look = arena_take(arena, sizeof *look);
	const char *end = html.at + html.len;
	const char *at = next_tag(html.at, end);

	while (at < end) {
		struct tag tag = read_tag(at, end);
		const char *after = tag.whole.at + tag.whole.len;

		if (tag.is_tag && tag.end) {
			look_at_end(look, &tag);
		} else if (tag.is_tag) {
			if (!look_at_start(look, &tag))
				return false;
			if (tag.class == CLASS_RAW) {
				after = raw_end(tag.name, after, end);
				if (hides_its_end(&tag, after))
					return false;
			}
		}
		at = next_tag(after, end);
	}
	return true;
}

/* The text alone, with <br> where a block began or ended and the content of
 * scripts and styles left out. No other tag of the sender's comes through:
 * what is copied holds no '<' that could begin one. */
static struct span
flatten(struct arena *arena, struct span html)
{
	struct buf out = buf_in(arena);
	const char *end = html.at + html.len;
	const char *at = html.at;

	while (at < end) {
		const char *stop = next_tag(at, end);
		struct tag tag;

		buf_add(&out, span_from(at, stop));
		if (stop == end)
			break;
		tag = read_tag(stop, end);
		at = tag.whole.at + tag.whole.len;
		if (!tag.is_tag)
			continue;
		if (!tag.end && tag.class == CLASS_RAW)
			at = raw_end(tag.name, at, end);
		else if (tag.class != CLASS_PLAIN && tag.class != CLASS_FORMAT)
			buf_add_text(&out, "<br>");
	}
	return buf_span(&out);
}

/* The part of it with no more tags than a mail may have. */
static struct span
bounded(struct span html, bool *cut_r)
{
	const char *end = html.at + html.len;
	const char *at = html.at;

	if (html.len > HTML_OCTETS) {
		html.len = utf8_cut(html, HTML_OCTETS);
		end = html.at + html.len;
		*cut_r = true;
	}
	for (size_t tags = 0; tags < HTML_TAGS; tags++) {
		at = next_tag(at, end);
		if (at == end)
			return html;
		at++;
	}
	*cut_r = true;
	return span_from(html.at, at - 1);
}

struct span
html_tame(struct arena *arena, struct span html, bool *cut_r)
{
	html = bounded(html, cut_r);
	return is_tame(arena, html) ? html : flatten(arena, html);
}
