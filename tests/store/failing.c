#include <check.h>

#include "failing.h"

static struct {
	const struct kv_engine *inner;
	struct kv *kv;
	int left;
	bool paused;
	enum kv_result result;
	bool done;
	bool failed;
} the;

void
failing_start(const struct kv_engine *inner, const char *folder)
{
	const char *why = "";

	the.inner = inner;
	failing_at(0, KV_OK, false);
	ck_assert_msg(
	    inner->open(&the.kv, folder, 0, &why) == KV_OK, "%s", why);
}

void
failing_stop(void)
{
	the.inner->close(the.kv);
}

void
failing_at(int n, enum kv_result result, bool done)
{
	the.left = n;
	the.result = result;
	the.done = done;
	the.failed = false;
	the.paused = false;
}

bool
failing_has(void)
{
	return the.failed;
}

void
failing_pause(bool paused)
{
	the.paused = paused;
}

static bool
fails_now(void)
{
	if (the.paused || the.left == 0 || --the.left > 0)
		return false;
	the.failed = true;
	return true;
}

static enum kv_result
failing_open(
    struct kv **kv_r, const char *folder, size_t size, const char **why_r)
{
	(void)folder;
	(void)size;
	(void)why_r;
	*kv_r = the.kv;
	return KV_OK;
}

static void
failing_close(struct kv *kv)
{
	(void)kv;
}

static enum kv_result
failing_grow(struct kv *kv)
{
	return the.inner->grow(kv);
}

static enum kv_result
failing_begin(struct kv *kv, bool write, struct kv_txn **txn_r)
{
	return fails_now() ? the.result : the.inner->begin(kv, write, txn_r);
}

static enum kv_result
failing_commit(struct kv_txn *txn)
{
	if (!fails_now())
		return the.inner->commit(txn);
	if (the.result == KV_UNCERTAIN && the.done)
		ck_assert_int_eq(the.inner->commit(txn), KV_OK);
	else
		the.inner->abort(txn);
	return the.result;
}

static void
failing_abort(struct kv_txn *txn)
{
	the.inner->abort(txn);
}

static enum kv_result
failing_get(struct kv_txn *txn, struct span key, struct span *value_r)
{
	return fails_now() ? the.result : the.inner->get(txn, key, value_r);
}

static enum kv_result
failing_next(struct kv_txn *txn, struct span key, enum kv_which which,
    struct span *key_r, struct span *value_r)
{
	return fails_now() ? the.result
			   : the.inner->next(txn, key, which, key_r, value_r);
}

static enum kv_result
failing_put(struct kv_txn *txn, struct span key, struct span value)
{
	return fails_now() ? the.result : the.inner->put(txn, key, value);
}

static enum kv_result
failing_del(struct kv_txn *txn, struct span key)
{
	return fails_now() ? the.result : the.inner->del(txn, key);
}

const struct kv_engine failing = {
    .name = "failing",
    .open = failing_open,
    .close = failing_close,
    .grow = failing_grow,
    .begin = failing_begin,
    .commit = failing_commit,
    .abort = failing_abort,
    .get = failing_get,
    .next = failing_next,
    .put = failing_put,
    .del = failing_del,
};
