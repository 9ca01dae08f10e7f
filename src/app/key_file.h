/* key_file: the file that holds the master key. */
#ifndef APP_KEY_FILE_H
#define APP_KEY_FILE_H

/* Makes one of 32 random octets, mode 0400; never over a file that is there.
 * EX_OK, or an exit code after saying why. */
int key_file_new(const char *path);

#endif
