/* SPDX-License-Identifier: MPL-2.0
 * Everything a plugin must not do, on command: "/evil segfault". "/evil nothing" shows that it is still loaded. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <viche/viche.h>

static volatile int zero;

static void segfault(void) { *(volatile int *)(intptr_t)zero = 1; }

static void end(void) { exit(0); }

static int overflow_from(volatile char *above)
{
    volatile char room[4096];
    room[0] = above ? above[0] : 1;
    return zero ? 0 : overflow_from(room) + room[0]; /* the sum after the call keeps it from becoming a loop */
}

static void overflow(void) { zero += overflow_from(NULL); }

static void spin(void)
{
    while (zero == 0)
        ;
}

static void deadlock(void)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    pthread_mutex_lock(&lock);
}

static void nap(void)
{
    while (zero == 0)
        sleep(1);
}

static void free_twice(void)
{
    char *volatile memory = malloc(64);
    free(memory);
    free(memory);
}

static void smash(void)
{
    char room[8];
    memset(room, 'x', (size_t)(512 + zero));
    zero = room[(size_t)zero];
}

static void talk_to_stdout(void)
{
    puts("HTTP/1.1 200 OK\r\n\r\nnot for anybody");
    fflush(stdout);
}

static void wander(void)
{
    if (chdir("/") != 0)
        abort();
}

static void nothing(void) {}

static const struct act {
    const char *name;
    void (*run)(void);
} acts[] = {
    {"segfault", segfault}, {"abort", abort},           {"exit", end},           {"overflow", overflow}, {"spin", spin},
    {"deadlock", deadlock}, {"sleep", nap},             {"free-twice", free_twice}, {"smash", smash},
    {"stdout", talk_to_stdout}, {"chdir", wander},      {"nothing", nothing},
};

static viche_next act(struct viche_turn *t)
{
    const char *name = viche_args(t);
    viche_say(t, "doing"); /* must never be heard if what follows ends the worker */
    if (strcmp(name, "memory") == 0)
        memset(viche_memory(t, (size_t)1 << 46), 1, 1);
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (strcmp(name, acts[i].name) == 0)
            acts[i].run();
    viche_say(t, "done");
    return viche_done(t);
}

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.evil", .name = "Evil", .version = "1.0", .licence = "MPL-2.0",
    .dialogs = VICHE_LIST(struct viche_dialog, {
        .id = "evil", .opens = "/evil", .title = "title", .version = 1,
        .steps = VICHE_LIST(struct viche_step, { .name = "act", .enter = act }),
    }),
};
