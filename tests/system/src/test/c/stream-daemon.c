/*
 * A daemon in C for a stream channel of dmuser: keeps a device in memory or in a file.
 *
 *   stream-daemon -s BYTES [-f FILE] [-t THREADS] [-p BYTES] [-e SECTOR] [-h SECTOR] [-x] CHANNEL
 *
 *   -s  the size of the device
 *   -f  where its data is kept; in memory unless given
 *   -t  so many threads, each with CHANNEL open for itself
 *   -p  reads and writes at most so many bytes a call, sometimes fewer
 *   -e  answers a request that begins there with an error
 *   -h  never answers a request that begins there, and says "holding"
 *   -x  tries to splice from the channel first, and says what becomes of that
 *
 * Says "serving" when it does. A signal USR1 that interrupts a read makes it say "interrupted" and go on. Ends with
 * status 0 when the target is gone, which read() says with ENOTBLK.
 *
 * A message, and the header of an answer, in the byte order of the machine:
 *
 *    0 seq | 8 type | 16 flags | 24 sector | 32 len | 40 data of a WRITE, or of a READ that succeeded
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { READ, WRITE, FLUSH, DISCARD, WRITE_ZEROES = 6 };
enum { SUCCESS, ERROR, UNSUPPORTED };
enum { FUA = 0x200, PREFLUSH = 0x400 };

struct header {
    uint64_t seq, type, flags, sector, len;
};

#define DATA_MAX (1 << 20)

static const char *channel;
static const char *file;
static char *store;
static uint64_t size;
static size_t piece;
static long threads = 1;
static int64_t error_at = -1, hold_at = -1;
static int splices;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void say(const char *what) {
    puts(what);
    fflush(stdout);
}

/* How many bytes of n the next call is to be about. */
static size_t part(size_t n, unsigned *seed) {
    size_t max = piece ? 1 + rand_r(seed) % piece : n;
    return n < max ? n : max;
}

/* Reads all of it; 0 at the end of the target. */
static int read_all(int fd, void *to, size_t n, unsigned *seed) {
    for (size_t at = 0; at < n;) {
        ssize_t got = read(fd, (char *)to + at, part(n - at, seed));
        if (got > 0) {
            at += got;
        } else if (got < 0 && errno == EINTR) {
            say("interrupted");
        } else if (got < 0 && errno == ENOTBLK) {
            return 0;
        } else {
            die("read");
        }
    }
    return 1;
}

static void write_all(int fd, const void *from, size_t n, unsigned *seed) {
    for (size_t at = 0; at < n;) {
        ssize_t put = write(fd, (const char *)from + at, part(n - at, seed));
        if (put > 0) {
            at += put;
        } else if (put == 0 || errno != EINTR) {
            die("write");
        }
    }
}

/* What the store does about a request; data is where that of a WRITE is and that of a READ goes. */
static uint64_t serve(const struct header *request, char *data) {
    uint64_t at = request->sector * 512;
    if ((int64_t)request->sector == error_at || at > size || request->len > size - at) {
        return ERROR;
    }
    switch (request->type) {
    case READ:
        memcpy(data, store + at, request->len);
        return SUCCESS;
    case WRITE:
        memcpy(store + at, data, request->len);
        if ((request->flags & (FUA | PREFLUSH)) && file && msync(store, size, MS_SYNC) < 0) {
            return ERROR;
        }
        return SUCCESS;
    case FLUSH:
        return file && msync(store, size, MS_SYNC) < 0 ? ERROR : SUCCESS;
    case DISCARD:
    case WRITE_ZEROES:
        memset(store + at, 0, request->len);
        return SUCCESS;
    default:
        return UNSUPPORTED;
    }
}

static void try_splice(int fd) {
    int ends[2];
    if (pipe(ends) < 0) {
        die("pipe");
    }
    ssize_t got = splice(fd, NULL, ends[1], NULL, sizeof(struct header), 0);
    printf("splice: %s\n", got < 0 ? strerror(errno) : "bytes");
    close(ends[0]);
    close(ends[1]);
}

static void hold(void) {
    say("holding");
    for (;;) {
        pause();
    }
}

static void *run(void *number) {
    int fd = open(channel, O_RDWR | O_CLOEXEC);
    if (fd < 0) {
        die(channel);
    }
    if (splices) {
        try_splice(fd);
    }
    unsigned seed = (unsigned)(uintptr_t)number + 1;
    char *memory = malloc(sizeof(struct header) + DATA_MAX);
    if (!memory) {
        die("malloc");
    }
    struct header *header = (struct header *)memory;
    char *data = memory + sizeof *header;
    static pthread_mutex_t opening = PTHREAD_MUTEX_INITIALIZER;
    static long opened;
    pthread_mutex_lock(&opening);
    if (++opened == threads) {
        say("serving");
    }
    pthread_mutex_unlock(&opening);
    while (read_all(fd, header, sizeof *header, &seed)) {
        uint64_t type = header->type, len = header->len;
        if ((type == READ || type == WRITE) && len > DATA_MAX) {
            fprintf(stderr, "a request of %llu bytes\n", (unsigned long long)len);
            exit(1);
        }
        if (type == WRITE && !read_all(fd, data, len, &seed)) {
            break;
        }
        if ((int64_t)header->sector == hold_at) {
            hold();
        }
        header->type = serve(header, data);
        size_t answer = sizeof *header + (type == READ && header->type == SUCCESS ? len : 0);
        write_all(fd, memory, answer, &seed);
    }
    free(memory);
    close(fd);
    return NULL;
}

static void interrupted(int signal) { (void)signal; }

static void make_store(void) {
    if (!file) {
        store = calloc(1, size);
    } else {
        int fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (fd < 0 || ftruncate(fd, size) < 0) {
            die(file);
        }
        store = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    }
    if (!store || store == MAP_FAILED) {
        die("store");
    }
}

int main(int argc, char **argv) {
    for (int option; (option = getopt(argc, argv, "s:f:t:p:e:h:x")) != -1;) {
        switch (option) {
        case 's': size = strtoull(optarg, NULL, 10); break;
        case 'f': file = optarg; break;
        case 't': threads = atol(optarg); break;
        case 'p': piece = strtoul(optarg, NULL, 10); break;
        case 'e': error_at = atoll(optarg); break;
        case 'h': hold_at = atoll(optarg); break;
        case 'x': splices = 1; break;
        default: return 2;
        }
    }
    if (optind + 1 != argc || !size || threads < 1 || threads > 256) {
        fprintf(stderr, "how to use it is said at the beginning of its source\n");
        return 2;
    }
    channel = argv[optind];
    struct sigaction action = {.sa_handler = interrupted};
    sigaction(SIGUSR1, &action, NULL);
    make_store();
    pthread_t others[256];
    for (long i = 1; i < threads; i++) {
        if (pthread_create(&others[i], NULL, run, (void *)i)) {
            die("pthread_create");
        }
    }
    run((void *)0);
    for (long i = 1; i < threads; i++) {
        pthread_join(others[i], NULL);
    }
    return 0;
}
