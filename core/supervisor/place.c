/* SPDX-License-Identifier: MPL-2.0 */
#include "supervisor/place.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"

enum { BACKLOG = 4096 };

static const char unix_prefix[] = "unix:";

/* ---- the data folder ---- */

static bool make_folder(const char *data, struct fail *fail)
{
    if (mkdir(data, 0700) < 0 && errno != EEXIST)
        return fail_set(fail, "%s: the data folder cannot be made (%s). Make it and give it to the user that runs viched, or "
                              "choose another with --data", data, strerrordesc_np(errno));
    struct stat info;
    if (stat(data, &info) < 0 || !S_ISDIR(info.st_mode))
        return fail_set(fail, "%s: this is no folder. Choose another with --data", data);
    if (access(data, R_OK | W_OK | X_OK) < 0)
        return fail_set(fail, "%s: the data folder cannot be written (%s). Give it to the user that runs viched, or choose "
                              "another with --data", data, strerrordesc_np(errno));
    return true;
}

static bool lock(struct place *place, const char *data, struct fail *fail)
{
    struct arena *arena = arena_new();
    const char *path = arena_print(arena, "%s/.lock", data);
    place->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    bool open_ok = place->lock_fd >= 0;
    bool ok = open_ok && flock(place->lock_fd, LOCK_EX | LOCK_NB) == 0;
    char pid[16] = "";
    if (!open_ok)
        fail_set(fail, "%s: %s. Give the data folder to the user that runs viched", path, strerrordesc_np(errno));
    else if (!ok && read(place->lock_fd, pid, sizeof pid - 1) >= 0)
        fail_set(fail, "%s: another viched (pid %.*s) already runs on this data folder. Stop it, or choose another folder with "
                       "--data", data, (int)strcspn(pid, "\n"), pid);
    else if (ok && (ftruncate(place->lock_fd, 0) < 0 || dprintf(place->lock_fd, "%d\n", (int)getpid()) < 0))
        ok = fail_set(fail, "%s: %s. Is the disk full?", path, strerrordesc_np(errno));
    arena_free(arena);
    return ok;
}

/* ---- sockets ---- */

static int listen_on(const struct sockaddr *address, socklen_t size_bytes)
{
    int fd = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    int yes = 1;
    if (address->sa_family != AF_UNIX)
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, address, size_bytes) < 0 || listen(fd, BACKLOG) < 0) {
        int error = errno;
        close(fd);
        errno = error;
        return -1;
    }
    return fd;
}

/* A socket file that nobody answers on is left from a killed run; the data folder's lock says whether it is ours to remove. */
static int listen_unix(const char *path, mode_t mode)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(address.sun_path, path, strlen(path) + 1);
    int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool answered = connect(probe, (const struct sockaddr *)&address, sizeof address) == 0;
    close(probe);
    if (answered) {
        errno = EADDRINUSE;
        return -1;
    }
    unlink(path);
    int fd = listen_on((const struct sockaddr *)&address, sizeof address);
    if (fd >= 0)
        chmod(path, mode);
    return fd;
}

static int listen_inet(const char *listen)
{
    char host[INET6_ADDRSTRLEN + 2];
    const char *colon = strrchr(listen, ':');
    bool six = listen[0] == '[';
    snprintf(host, sizeof host, "%.*s", (int)(colon - listen) - 2 * six, listen + six);
    in_port_t port = htons((in_port_t)strtoul(colon + 1, NULL, 10));
    if (six) {
        struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_port = port};
        inet_pton(AF_INET6, host, &address.sin6_addr);
        return listen_on((const struct sockaddr *)&address, sizeof address);
    }
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = port};
    inet_pton(AF_INET, host, &address.sin_addr);
    return listen_on((const struct sockaddr *)&address, sizeof address);
}

/* With port 0 the kernel chose one. */
static void know_address(struct place *place, const char *listen)
{
    struct sockaddr_in6 bound = {0}; /* the port stands at the same place in both families */
    socklen_t size = sizeof bound;
    getsockname(place->listen_fd, (struct sockaddr *)&bound, &size);
    int host_length = (int)(strrchr(listen, ':') - listen);
    snprintf(place->address, sizeof place->address, "http://%.*s:%u/", host_length, listen, ntohs(bound.sin6_port));
}

static bool listen_clients(struct place *place, const char *listen, struct fail *fail)
{
    bool is_unix = text_starts(listen, unix_prefix);
    const char *path = listen + strlen(unix_prefix);
    place->listen_fd = is_unix ? listen_unix(path, 0666) : listen_inet(listen);
    if (place->listen_fd < 0 && errno == EADDRINUSE)
        return fail_set(fail, "%s is taken by another program. Stop that one, or choose another with --listen", listen);
    if (place->listen_fd < 0)
        return fail_set(fail, "%s: cannot listen there (%s). Choose another with --listen", listen, strerrordesc_np(errno));
    if (is_unix) {
        snprintf(place->listen_path, sizeof place->listen_path, "%s", path);
        snprintf(place->address, sizeof place->address, "%s", listen);
    } else {
        know_address(place, listen);
    }
    return true;
}

static bool listen_operator(struct place *place, const char *data, struct fail *fail)
{
    int length = snprintf(place->control, sizeof place->control, "%s/control", data);
    if (length < 0 || (size_t)length >= sizeof place->control)
        return fail_set(fail, "%s: this path is too long for a socket in it. Choose a shorter one with --data", data);
    place->control_fd = listen_unix(place->control, 0600);
    if (place->control_fd < 0)
        return fail_set(fail, "%s: cannot listen there (%s). Is the data folder on a disk that can hold sockets?",
                        place->control, strerrordesc_np(errno));
    return true;
}

bool place_take(struct place *place, const struct host_config *host, struct fail *fail)
{
    *place = (struct place){.lock_fd = -1, .listen_fd = -1, .control_fd = -1};
    bool taken = make_folder(host->data, fail) && lock(place, host->data, fail) &&
                 listen_clients(place, host->listen, fail) && listen_operator(place, host->data, fail);
    if (!taken)
        place_leave(place);
    return taken;
}

static void close_if_open(int fd)
{
    if (fd >= 0)
        close(fd);
}

void place_leave(struct place *place)
{
    if (place->control_fd >= 0)
        unlink(place->control);
    if (place->listen_fd >= 0 && place->listen_path[0])
        unlink(place->listen_path);
    close_if_open(place->control_fd);
    close_if_open(place->listen_fd);
    close_if_open(place->lock_fd);
}
