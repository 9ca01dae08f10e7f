# Tests of mail.
