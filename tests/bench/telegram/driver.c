/* SPDX-License-Identifier: MPL-2.0
 * Both ends of Telegram for a measurement: citizens whose updates are posted to a bot's webhook, and the Bot API that hears what the
 * bot answers. An update is done when its sendMessage has come and its webhook was answered. Reads commands from stdin, one a line:
 *
 *   run <server> <hook port> <path> <pid> <updates/s, 0: as fast as answers come> <warm-up ms> <ms>
 *   first <server> <hook port> <path>     tries until a first update is answered: the monotonic microsecond of that moment
 *   chats <number>                        so many citizens, one after the other; 5000 unless told
 *   pace <messages/s>                     from now on the API answers 429 beyond so many in any second; 0: never
 *   bulk                                  how many messages marked [news] came, most of all messages in one second, answers with 429
 *
 * and answers each with one line. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "measure.h"
#include "wire.h"

enum { SERVERS = 8, CHATS = 5000, CHATS_MAX = 100000, STEPS = 4, AT_ONCE_MAX = 256, DRAIN_MS = 5000, FIRST_MS = 20000, PACE_MAX = 65536 };

static const char *const says[STEPS] = {"/book", "1", "2", "3"};
static const char *const hears[STEPS] = {"[1/3]", "[2/3]", "[3/3]", "[done]"};

/* A connection of Telegram's to the webhook, with one update on its way. */
struct post {
    struct wire *wire;
    bool busy, answered, heard;
    int chat;
    int64_t since_us;
};

static struct {
    int epoll, listener, timer;
    const char *secret;
    int at_once;
    int64_t update_id, message_id;
    unsigned char steps[SERVERS][CHATS_MAX];
    struct post *under_way[CHATS_MAX];
    struct post posts[AT_ONCE_MAX];
    int server, chats, next_chat;
    char path[128];
    bool measuring;
    struct times times;
    int64_t bad, extra, last_done_us;
    int64_t sent_us[PACE_MAX]; /* of the last messages, a ring */
    int64_t sent, pace, refused, news, most_in_second;
} bench;

/* ---- citizens ---- */

static void post_update(struct post *post, int64_t since_us)
{
    while (bench.under_way[bench.next_chat])
        bench.next_chat = (bench.next_chat + 1) % bench.chats;
    post->chat = bench.next_chat;
    post->busy = true;
    post->answered = post->heard = false;
    post->since_us = since_us;
    bench.under_way[post->chat] = post;
    bench.next_chat = (bench.next_chat + 1) % bench.chats;
    long long id = bench.server * 100000 + post->chat + 1000000;
    const char *text = says[bench.steps[bench.server][post->chat]];
    const char *entities =
        *text == '/' ? ",\"entities\":[{\"offset\":0,\"length\":5,\"type\":\"bot_command\"}]" : "";
    char body[1024], head[512];
    int size = snprintf(body, sizeof body,
                        "{\"update_id\":%lld,\"message\":{\"message_id\":%lld,\"from\":{\"id\":%lld,\"is_bot\":false,"
                        "\"first_name\":\"Оксана\",\"last_name\":\"Шевчук\",\"username\":\"oksana_shevchuk\",\"language_code\":\"uk\"},"
                        "\"chat\":{\"id\":%lld,\"first_name\":\"Оксана\",\"last_name\":\"Шевчук\",\"username\":\"oksana_shevchuk\","
                        "\"type\":\"private\"},\"date\":1790000000,\"text\":\"%s\"%s}}",
                        (long long)++bench.update_id, (long long)++bench.message_id, id, id, text, entities);
    snprintf(head, sizeof head,
             "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
             "X-Telegram-Bot-Api-Secret-Token: %s\r\nAccept-Encoding: gzip, deflate\r\n",
             bench.path, bench.secret);
    wire_write(bench.epoll, post->wire, head, body, (size_t)size);
}

static void done_if_done(struct post *post)
{
    if (!post->answered || !post->heard)
        return;
    bench.last_done_us = measure_now_us();
    if (bench.measuring)
        times_add(&bench.times, bench.last_done_us - post->since_us);
    bench.under_way[post->chat] = NULL;
    unsigned char *step = &bench.steps[bench.server][post->chat];
    *step = (unsigned char)((*step + 1) % STEPS);
    post->busy = false;
}

/* ---- what citizens hear ---- */

/* false: one too many in the last second. */
static bool in_pace(void)
{
    int64_t now_us = measure_now_us();
    int64_t within = 0;
    while (within < bench.sent && within < PACE_MAX && bench.sent_us[(bench.sent - 1 - within) % PACE_MAX] > now_us - 1000000)
        within++;
    if (bench.pace && within >= bench.pace) {
        bench.refused++;
        return false;
    }
    bench.sent_us[bench.sent++ % PACE_MAX] = now_us;
    if (within + 1 > bench.most_in_second)
        bench.most_in_second = within + 1;
    return true;
}

static void hear(const char *body)
{
    const char *field = strstr(body, "\"chat_id\":");
    const char *digits = field ? field + strlen("\"chat_id\":") : "";
    long long id = strtoll(digits + (*digits == '"'), NULL, 10) - 1000000 - bench.server * 100000;
    struct post *post = id >= 0 && id < bench.chats ? bench.under_way[id] : NULL;
    if (!post || post->heard) {
        bench.extra++;
        return;
    }
    if (!strstr(body, hears[bench.steps[bench.server][post->chat]]))
        bench.bad++;
    post->heard = true;
    done_if_done(post);
}

/* A method may ride in the answer to the webhook. */
static void on_answer(struct wire *wire, const char *head, const char *body, size_t size)
{
    struct post *post = wire->context;
    bench.bad += strncmp(head, "HTTP/1.1 200", 12) != 0;
    post->answered = true;
    if (size > 2 && strstr(body, "\"sendMessage\"") && (!bench.pace || in_pace()))
        hear(body);
    else
        done_if_done(post);
}

/* ---- the Bot API ---- */

static const char *result_of(const char *head, const char *body, char *room, size_t size)
{
    if (strstr(head, "/getMe "))
        return "{\"ok\":true,\"result\":{\"id\":7,\"is_bot\":true,\"first_name\":\"Bench\",\"username\":\"bench_bot\"}}";
    if (!strstr(head, "/sendMessage "))
        return "{\"ok\":true,\"result\":true}";
    if (bench.pace && !in_pace())
        return "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests\",\"parameters\":{\"retry_after\":1}}";
    if (strstr(body, "[news]"))
        bench.news++;
    else
        hear(body);
    snprintf(room, size,
             "{\"ok\":true,\"result\":{\"message_id\":%lld,\"from\":{\"id\":7,\"is_bot\":true,\"first_name\":\"Bench\","
             "\"username\":\"bench_bot\"},\"chat\":{\"id\":1,\"type\":\"private\"},\"date\":1790000000,\"text\":\"…\"}}",
             (long long)++bench.message_id);
    return room;
}

static void on_call(struct wire *wire, const char *head, const char *body, size_t size)
{
    (void)size;
    char room[512];
    const char *result = result_of(head, body, room, sizeof room);
    bool ok = strncmp(result, "{\"ok\":true", 10) == 0;
    wire_write(bench.epoll, wire,
               ok ? "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                  : "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\n",
               result, strlen(result));
}

/* ---- the loop ---- */

static void take_calls(void)
{
    for (struct wire *wire = wire_accept(bench.epoll, bench.listener); wire; wire = wire_accept(bench.epoll, bench.listener))
        wire->message = on_call;
}

static void forget(struct wire *wire)
{
    for (int i = 0; i < AT_ONCE_MAX; i++)
        if (bench.posts[i].wire == wire)
            bench.posts[i].wire = NULL;
    wire_close(wire);
}

/* Waits for whatever comes within so many milliseconds. true: a command is waiting. */
static bool turn(int wait_ms)
{
    struct epoll_event events[128];
    int count = epoll_wait(bench.epoll, events, 128, wait_ms);
    bool command = false;
    for (int i = 0; i < count; i++) {
        struct wire *wire = events[i].data.ptr;
        if (wire == (void *)&bench.listener) {
            take_calls();
        } else if (wire == (void *)&bench.timer) {
            uint64_t ticks = 0;
            command |= read(bench.timer, &ticks, sizeof ticks) < 0;
        } else if (!wire) {
            command = true;
        } else {
            if (events[i].events & EPOLLOUT)
                wire_flush(bench.epoll, wire);
            if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
                wire_read(wire);
            if (wire->broken)
                forget(wire);
        }
    }
    return command;
}

/* ---- a run ---- */

static bool open_posts(int port)
{
    for (int i = 0; i < bench.at_once; i++) {
        struct post *post = &bench.posts[i];
        *post = (struct post){.wire = wire_connect(bench.epoll, port)};
        if (!post->wire)
            return false;
        post->wire->message = on_answer;
        post->wire->context = post;
    }
    return true;
}

static void close_posts(void)
{
    for (int i = 0; i < bench.at_once; i++)
        if (bench.posts[i].wire)
            wire_close(bench.posts[i].wire);
    memset(bench.posts, 0, sizeof bench.posts);
    memset(bench.under_way, 0, sizeof bench.under_way);
}

static struct post *idle_post(void)
{
    for (int i = 0; i < bench.at_once; i++)
        if (bench.posts[i].wire && !bench.posts[i].busy)
            return &bench.posts[i];
    return NULL;
}

/* An update that finds no connection free waits for one, and that waiting counts. */
static int64_t feed(int64_t now_us, int64_t due_us, int64_t gap_us)
{
    for (struct post *post = idle_post(); post && due_us <= now_us; post = idle_post()) {
        post_update(post, gap_us ? due_us : now_us);
        due_us += gap_us;
    }
    return due_us;
}

static void run_for(int64_t ms, int64_t rate)
{
    int64_t gap_us = rate ? 1000000 / rate : 0;
    int64_t due_us = measure_now_us(), until_us = due_us + ms * 1000;
    struct itimerspec tick = {.it_interval.tv_nsec = 200000, .it_value.tv_nsec = 200000};
    timerfd_settime(bench.timer, 0, rate ? &tick : &(struct itimerspec){0}, NULL);
    for (int64_t now_us = due_us; now_us < until_us; now_us = measure_now_us()) {
        due_us = feed(now_us, due_us, gap_us);
        turn(20);
    }
    timerfd_settime(bench.timer, 0, &(struct itimerspec){0}, NULL);
}

static bool any_busy(void)
{
    for (int i = 0; i < bench.at_once; i++)
        if (bench.posts[i].busy)
            return true;
    return false;
}

static int64_t drain(void)
{
    int64_t until_us = measure_now_us() + DRAIN_MS * 1000;
    while (any_busy() && measure_now_us() < until_us)
        turn(5);
    int64_t left = 0;
    for (int i = 0; i < bench.at_once; i++)
        left += bench.posts[i].busy;
    return left;
}

static void run(int port, int pid, int64_t rate, int64_t warm_ms, int64_t ms)
{
    bench.times.count = 0;
    bench.bad = bench.extra = 0;
    if (!open_posts(port)) {
        puts("nobody listens");
        return;
    }
    run_for(warm_ms, rate);
    bench.measuring = true;
    int64_t began_us = measure_now_us(), cpu_us = measure_cpu_us(pid);
    run_for(ms, rate);
    bench.measuring = false;
    double seconds = (double)(measure_now_us() - began_us) / 1e6;
    size_t count = bench.times.count;
    cpu_us = measure_cpu_us(pid) - cpu_us;
    int64_t pss_kb = measure_pss_kb(pid);
    int64_t lost = drain();
    printf("rate=%.1f cpu_us=%.1f p50_ms=%.2f p99_ms=%.2f pss_kb=%lld bad=%lld extra=%lld lost=%lld\n", (double)count / seconds,
           count ? (double)cpu_us / (double)count : 0, times_ms(&bench.times, 0.5), times_ms(&bench.times, 0.99), (long long)pss_kb,
           (long long)bench.bad, (long long)bench.extra, (long long)lost);
    close_posts();
}

static void first(int port)
{
    int at_once = bench.at_once;
    bench.at_once = 1;
    int64_t until_us = measure_now_us() + FIRST_MS * 1000;
    bool done = false;
    while (!done && measure_now_us() < until_us) {
        bench.bad = 0;
        if (open_posts(port)) {
            post_update(&bench.posts[0], measure_now_us());
            for (int i = 0; i < 2000 && bench.posts[0].wire && bench.posts[0].busy && !bench.bad; i++)
                turn(1);
            done = bench.posts[0].wire && !bench.posts[0].busy && !bench.bad;
        }
        close_posts();
        if (!done)
            turn(1);
    }
    bench.at_once = at_once;
    printf("%lld\n", done ? (long long)bench.last_done_us : -1LL);
}

/* ---- commands ---- */

static void command(const char *line)
{
    int port = 0, pid = 0;
    long long rate = 0, warm_ms = 0, ms = 0;
    if (sscanf(line, "run %d %d %127s %d %lld %lld %lld", &bench.server, &port, bench.path, &pid, &rate, &warm_ms, &ms) == 7)
        run(port, pid, rate, warm_ms, ms);
    else if (sscanf(line, "first %d %d %127s", &bench.server, &port, bench.path) == 3)
        first(port);
    else if (sscanf(line, "chats %d", &bench.chats) == 1)
        puts("ok");
    else if (sscanf(line, "pace %lld", &rate) == 1) {
        bench.pace = rate;
        bench.refused = bench.news = bench.most_in_second = 0;
        puts("ok");
    } else if (strncmp(line, "bulk", 4) == 0)
        printf("news=%lld most_in_second=%lld refused=%lld\n", (long long)bench.news, (long long)bench.most_in_second,
               (long long)bench.refused);
    else
        puts("what?");
    fflush(stdout);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fputs("usage: bench_driver <port of the Bot API> <secret> <connections>\n", stderr);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    bench.secret = argv[2];
    bench.at_once = atoi(argv[3]);
    bench.chats = CHATS;
    bench.update_id = measure_now_us();
    bench.epoll = epoll_create1(EPOLL_CLOEXEC);
    bench.listener = wire_listen(atoi(argv[1]));
    bench.timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    epoll_ctl(bench.epoll, EPOLL_CTL_ADD, bench.listener, &(struct epoll_event){.events = EPOLLIN, .data.ptr = &bench.listener});
    epoll_ctl(bench.epoll, EPOLL_CTL_ADD, bench.timer, &(struct epoll_event){.events = EPOLLIN, .data.ptr = &bench.timer});
    epoll_ctl(bench.epoll, EPOLL_CTL_ADD, STDIN_FILENO, &(struct epoll_event){.events = EPOLLIN, .data.ptr = NULL});
    char line[512];
    for (;;) {
        if (!turn(1000))
            continue;
        if (!fgets(line, sizeof line, stdin))
            return 0;
        command(line);
    }
}
