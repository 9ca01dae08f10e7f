/* charset_names: what senders call a charset, and what iconv is asked for.
 * The labels of the WHATWG's Encoding Standard, and more that mail brings.
 * Only charset.c includes it. */
#ifndef MAIL_CHARSET_NAMES_H
#define MAIL_CHARSET_NAMES_H

enum charset_form {
	ONE_OCTET, /* each octet is a character by itself */
	SEVERAL,   /* octets below 128 that stand alone are ASCII */
	OWN_ASCII, /* they do not always mean ASCII */
};

/* `labels`: in lower case, with one blank before and after each. */
static const struct charset_name {
	const char *converter;
	enum charset_form form;
	const char *labels;
} charset_names[] = {
    {"ISO-8859-2", ONE_OCTET,
	" iso-8859-2 iso8859-2 iso_8859-2 latin2 l2 csisolatin2 "
	"iso-ir-101 iso88592 iso_8859-2:1987 "},
    {"ISO-8859-3", ONE_OCTET,
	" iso-8859-3 iso8859-3 iso_8859-3 latin3 l3 csisolatin3 "},
    {"ISO-8859-4", ONE_OCTET,
	" iso-8859-4 iso8859-4 iso_8859-4 latin4 l4 csisolatin4 "},
    {"ISO-8859-5", ONE_OCTET,
	" iso-8859-5 iso8859-5 iso_8859-5 cyrillic "
	"csisolatincyrillic iso-ir-144 "},
    {"ISO-8859-6", ONE_OCTET,
	" iso-8859-6 iso8859-6 iso_8859-6 arabic csisolatinarabic "
	"asmo-708 ecma-114 iso-8859-6-e iso-8859-6-i csiso88596e "
	"csiso88596i "},
    {"ISO-8859-7", ONE_OCTET,
	" iso-8859-7 iso8859-7 iso_8859-7 greek greek8 "
	"csisolatingreek ecma-118 elot_928 iso-ir-126 "},
    {"ISO-8859-8", ONE_OCTET,
	" iso-8859-8 iso8859-8 iso_8859-8 hebrew visual "
	"csisolatinhebrew iso-8859-8-e iso-8859-8-i logical "
	"csiso88598e csiso88598i "},
    {"ISO-8859-10", ONE_OCTET, " iso-8859-10 iso8859-10 latin6 l6 csisolatin6 "},
    {"ISO-8859-13", ONE_OCTET, " iso-8859-13 iso8859-13 iso885913 "},
    {"ISO-8859-14", ONE_OCTET, " iso-8859-14 iso8859-14 iso885914 "},
    {"ISO-8859-15", ONE_OCTET,
	" iso-8859-15 iso8859-15 iso_8859-15 latin9 latin-9 l9 "
	"csisolatin9 "},
    {"ISO-8859-16", ONE_OCTET, " iso-8859-16 "},
    {"WINDOWS-1254", ONE_OCTET,
	" iso-8859-9 iso8859-9 iso_8859-9 latin5 l5 csisolatin5 "
	"windows-1254 cp1254 x-cp1254 "},
    {"WINDOWS-1250", ONE_OCTET, " windows-1250 cp1250 x-cp1250 cp-1250 "},
    {"WINDOWS-1251", ONE_OCTET, " windows-1251 cp1251 x-cp1251 cp-1251 win-1251 "},
    {"WINDOWS-1253", ONE_OCTET, " windows-1253 cp1253 x-cp1253 "},
    {"WINDOWS-1255", SEVERAL, " windows-1255 cp1255 x-cp1255 "},
    {"WINDOWS-1256", ONE_OCTET, " windows-1256 cp1256 x-cp1256 "},
    {"WINDOWS-1257", ONE_OCTET, " windows-1257 cp1257 x-cp1257 "},
    {"WINDOWS-1258", SEVERAL, " windows-1258 cp1258 x-cp1258 "},
    {"CP874", ONE_OCTET,
	" windows-874 cp874 tis-620 tis620 iso-8859-11 iso8859-11 "
	"dos-874 "},
    {"KOI8-R", ONE_OCTET, " koi8-r koi8_r koi8 koi cskoi8r "},
    {"KOI8-U", ONE_OCTET, " koi8-u koi8-ru "},
    {"CP437", ONE_OCTET, " ibm437 cp437 437 cspc8codepage437 "},
    {"CP850", ONE_OCTET, " ibm850 cp850 cp-850 850 cspc850multilingual "},
    {"CP852", ONE_OCTET, " ibm852 cp852 "},
    {"CP855", ONE_OCTET, " ibm855 cp855 "},
    {"CP857", ONE_OCTET, " ibm857 cp857 "},
    {"CP862", ONE_OCTET, " ibm862 cp862 "},
    {"IBM866", ONE_OCTET, " ibm866 cp866 866 csibm866 "},
    {"MACINTOSH", ONE_OCTET,
	" macintosh mac x-mac-roman mac-roman macroman csmacintosh "},
    {"MAC-CYRILLIC", ONE_OCTET, " x-mac-cyrillic x-mac-ukrainian "},
    {"CP932", SEVERAL,
	" shift_jis shift-jis sjis x-sjis ms_kanji csshiftjis "
	"windows-31j cp932 ms932 ms-kanji "},
    {"EUC-JP-MS", SEVERAL, " euc-jp x-euc-jp eucjp cseucpkdfmtjapanese cp51932 "},
    {"ISO-2022-JP-2", OWN_ASCII,
	" iso-2022-jp iso-2022-jp-ms cp50220 cp50221 cp50222 "
	"csiso2022jp iso-2022-jp-1 "},
    {"ISO-2022-JP-2", OWN_ASCII, " iso-2022-jp-2 iso-2022-jp-3 csiso2022jp2 "},
    {"GB18030", SEVERAL,
	" gb18030 gb2312 gbk gb_2312 gb_2312-80 x-gbk cp936 "
	"windows-936 ms936 chinese csgb2312 csiso58gb231280 "
	"iso-ir-58 gb_2312-1980 euc-cn "},
    {"BIG5-HKSCS", SEVERAL,
	" big5 big5-hkscs big-5 cn-big5 csbig5 x-x-big5 cp950 "
	"big5hkscs "},
    {"CP949", SEVERAL,
	" euc-kr euckr cp949 windows-949 ks_c_5601-1987 "
	"ks_c_5601-1989 ks_c_5601 ksc5601 ksc_5601 korean uhc "
	"ms949 cseuckr csksc56011987 iso-ir-149 "},
    {"HZ", OWN_ASCII, " hz-gb-2312 hz hz-gb2312 "},
    {"ISO-2022-CN", OWN_ASCII, " iso-2022-cn csiso2022cn "},
    {"ISO-2022-KR", OWN_ASCII, " iso-2022-kr csiso2022kr "},
    {"JOHAB", SEVERAL, " johab cp1361 "},
    {"UTF-16", OWN_ASCII, " utf-16 unicode ucs-2 iso-10646-ucs-2 csunicode "},
    {"UTF-16LE", OWN_ASCII, " utf-16le unicodefeff "},
    {"UTF-16BE", OWN_ASCII, " utf-16be unicodefffe "},
    {"UTF-32", OWN_ASCII, " utf-32 "},
    {"UTF-32LE", OWN_ASCII, " utf-32le "},
    {"UTF-32BE", OWN_ASCII, " utf-32be "},
    {"UTF-7", OWN_ASCII, " utf-7 unicode-1-1-utf-7 x-unicode-2-0-utf-7 utf7 "},
    {"TCVN5712-1", SEVERAL, " tcvn tcvn5712-1 "},
    {"VISCII", ONE_OCTET, " viscii csviscii "},
    {"ARMSCII-8", ONE_OCTET, " armscii-8 "},
    {"GEORGIAN-PS", ONE_OCTET, " georgian-ps "},
};

#endif
