/*
 * What a FUSE block file can do on a machine: a disk in memory, served by libfuse's low-level interface and nothing else.
 *
 *     ceiling DIRECTORY BYTES      serves DIRECTORY/disk until it is unmounted, or until INT or TERM
 *
 * Four threads, each with a /dev/fuse of its own; requests of up to 1 MiB; direct I/O that need not wait its turn. All of
 * the memory is there before the first request. A write is copied once, from libfuse's buffer; a read is sent from where
 * it lies.
 */
#define FUSE_USE_VERSION 312
#include <errno.h>
#include <fuse_lowlevel.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { DISK = FUSE_ROOT_ID + 1, THREADS = 4, REQUEST_MAX = 1 << 20, IN_FLIGHT_MAX = 256 };

static const char name[] = "disk";
static const double forever = 86400.0;

static char *memory;
static size_t size;

static struct stat attributes(fuse_ino_t node)
{
	struct stat it = { .st_ino = node };

	if (node == FUSE_ROOT_ID) {
		it.st_mode = S_IFDIR | 0700;
		it.st_nlink = 2;
	} else {
		it.st_mode = S_IFREG | 0600;
		it.st_nlink = 1;
		it.st_size = (off_t)size;
	}
	return it;
}

/* How much of a range lies inside the disk. */
static size_t inside(off_t offset, size_t length)
{
	if (offset < 0 || (size_t)offset >= size)
		return 0;
	return length < size - (size_t)offset ? length : size - (size_t)offset;
}

static void init(void *data, struct fuse_conn_info *connection)
{
	(void)data;
	connection->max_write = REQUEST_MAX;
	connection->max_background = IN_FLIGHT_MAX;
	connection->congestion_threshold = IN_FLIGHT_MAX / 4 * 3;
	connection->want |= connection->capable & FUSE_CAP_ASYNC_DIO;
}

static void lookup(fuse_req_t request, fuse_ino_t parent, const char *child)
{
	struct fuse_entry_param entry = { .ino = DISK, .attr_timeout = forever, .entry_timeout = forever };

	if (parent != FUSE_ROOT_ID || strcmp(child, name) != 0) {
		fuse_reply_err(request, ENOENT);
		return;
	}
	entry.attr = attributes(DISK);
	fuse_reply_entry(request, &entry);
}

static void getattr(fuse_req_t request, fuse_ino_t node, struct fuse_file_info *file)
{
	struct stat it = attributes(node);

	(void)file;
	fuse_reply_attr(request, &it, forever);
}

/* The disk stays as it is; whoever opens it to truncate it is told that it went well. */
static void setattr(fuse_req_t request, fuse_ino_t node, struct stat *wanted, int which, struct fuse_file_info *file)
{
	(void)wanted;
	(void)which;
	getattr(request, node, file);
}

static void open_disk(fuse_req_t request, fuse_ino_t node, struct fuse_file_info *file)
{
	(void)node;
	fuse_reply_open(request, file);
}

static void read_disk(fuse_req_t request, fuse_ino_t node, size_t length, off_t offset, struct fuse_file_info *file)
{
	(void)node;
	(void)file;
	length = inside(offset, length);
	fuse_reply_buf(request, length ? memory + offset : NULL, length);
}

static void write_disk(fuse_req_t request, fuse_ino_t node, const char *from, size_t length, off_t offset,
		       struct fuse_file_info *file)
{
	(void)node;
	(void)file;
	if (inside(offset, length) < length) {
		fuse_reply_err(request, ENOSPC);
		return;
	}
	memcpy(memory + offset, from, length);
	fuse_reply_write(request, length);
}

static void fsync_disk(fuse_req_t request, fuse_ino_t node, int datasync, struct fuse_file_info *file)
{
	(void)node;
	(void)datasync;
	(void)file;
	fuse_reply_err(request, 0);
}

/* Punching and zeroing are the same to memory that is there in any case. */
static void fallocate_disk(fuse_req_t request, fuse_ino_t node, int mode, off_t offset, off_t length,
			   struct fuse_file_info *file)
{
	(void)node;
	(void)mode;
	(void)file;
	memset(memory + offset, 0, inside(offset, (size_t)length));
	fuse_reply_err(request, 0);
}

static const struct fuse_lowlevel_ops operations = {
	.init = init,
	.lookup = lookup,
	.getattr = getattr,
	.setattr = setattr,
	.open = open_disk,
	.read = read_disk,
	.write = write_disk,
	.fsync = fsync_disk,
	.fallocate = fallocate_disk,
};

static int serve(struct fuse_session *session)
{
	struct fuse_loop_config *loop = fuse_loop_cfg_create();
	int status;

	fuse_loop_cfg_set_clone_fd(loop, 1);
	fuse_loop_cfg_set_max_threads(loop, THREADS);
	fuse_loop_cfg_set_idle_threads(loop, THREADS);
	status = fuse_session_loop_mt(session, loop);
	fuse_loop_cfg_destroy(loop);
	return status;
}

int main(int count, char **words)
{
	struct fuse_args arguments = FUSE_ARGS_INIT(1, words);
	struct fuse_session *session;
	int status = EXIT_FAILURE;

	if (count != 3) {
		fprintf(stderr, "usage: %s DIRECTORY BYTES\n", words[0]);
		return 2;
	}
	size = strtoull(words[2], NULL, 10);
	memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	if (memory == MAP_FAILED) {
		fprintf(stderr, "%s bytes of memory: %s\n", words[2], strerror(errno));
		return status;
	}
	session = fuse_session_new(&arguments, &operations, sizeof operations, NULL);
	if (!session)
		return status;
	if (fuse_set_signal_handlers(session) == 0) {
		if (fuse_session_mount(session, words[1]) == 0) {
			status = serve(session) < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
			fuse_session_unmount(session);
		}
		fuse_remove_signal_handlers(session);
	}
	fuse_session_destroy(session);
	return status;
}
