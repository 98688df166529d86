/* SPDX-License-Identifier: MPL-2.0
 * viched: arguments → role. A person starts the supervisor; the supervisor starts the other roles. */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include "base/log.h"
#include "base/text.h"
#include "gateway/gateway.h"
#include "supervisor/supervisor.h"
#include "worker/worker.h"

struct arguments {
    const char *role, *config;
    struct host_overrides over;
    int index, count, page_fd, listen_fd, control_fd, post_fd, link_fd;
};

static const char usage[] =
    "viched " VICHE_VERSION ": the chat host of town halls\n\n"
    "  viched [--config FILE] [--listen ADDRESS] [--data FOLDER] [--plugins FOLDERS] [--share FOLDER]\n\n"
    "  --config    the host's INI file (" VICHE_CONFIG_FILE ")\n"
    "  --listen    127.0.0.1:8080, [::1]:8080 or unix:/run/viche/http\n"
    "  --data      folder of the towns' data\n"
    "  --plugins   folders with plugins, separated by ':'\n"
    "  --share     folder with the host's texts and static files\n\n"
    "SIGHUP reloads the configuration, SIGTERM stops. `viche check` looks at a configuration without running it.\n";

static bool read_option(struct arguments *arguments, int option, const char *value)
{
    const char **texts[] = {
        ['c'] = &arguments->config,       ['r'] = &arguments->role,         ['l'] = &arguments->over.listen,
        ['d'] = &arguments->over.data,    ['p'] = &arguments->over.plugins, ['s'] = &arguments->over.share,
        ['t'] = &arguments->over.towns,   ['b'] = &arguments->over.base,    ['B'] = &arguments->over.towns_base,
    };
    int *numbers[] = {
        ['i'] = &arguments->index,      ['n'] = &arguments->count,   ['P'] = &arguments->page_fd, ['L'] = &arguments->listen_fd,
        ['C'] = &arguments->control_fd, ['O'] = &arguments->post_fd, ['K'] = &arguments->link_fd,
    };
    size_t at = (size_t)option;
    int64_t number = 0;
    if (at < sizeof texts / sizeof *texts && texts[at])
        *texts[at] = value;
    else if (at < sizeof numbers / sizeof *numbers && numbers[at] && text_number(value, &number))
        *numbers[at] = (int)number;
    else
        return false;
    return true;
}

static bool read_arguments(struct arguments *arguments, int argc, char **argv)
{
    static const struct option options[] = {
        {"config", 1, NULL, 'c'}, {"listen", 1, NULL, 'l'}, {"data", 1, NULL, 'd'}, {"plugins", 1, NULL, 'p'},
        {"share", 1, NULL, 's'},
        /* from the supervisor to the roles it starts */
        {"role", 1, NULL, 'r'}, {"base", 1, NULL, 'b'}, {"towns", 1, NULL, 't'}, {"towns-base", 1, NULL, 'B'},
        {"index", 1, NULL, 'i'}, {"count", 1, NULL, 'n'}, {"page-fd", 1, NULL, 'P'}, {"listen-fd", 1, NULL, 'L'},
        {"control-fd", 1, NULL, 'C'}, {"post-fd", 1, NULL, 'O'}, {"link-fd", 1, NULL, 'K'}, {NULL, 0, NULL, 0}};
    for (int option = getopt_long(argc, argv, "", options, NULL); option != -1;
         option = getopt_long(argc, argv, "", options, NULL))
        if (option == '?' || !read_option(arguments, option, optarg))
            return false;
    return optind == argc;
}

/* Ctrl-C in a terminal reaches all roles; only the supervisor decides what follows. */
static void ignore(int signal_number) { sigaction(signal_number, &(struct sigaction){.sa_handler = SIG_IGN}, NULL); }

static int run_check(const struct arguments *arguments)
{
    struct host_config host;
    struct fail fail = {0};
    bool good = host_read(&host, arguments->config, &arguments->over, &fail);
    if (good) {
        good = worker_check(&host, &fail);
        host_close(&host);
    }
    if (!good)
        printf("%s\n", fail.words);
    return good ? 0 : 1;
}

static int run_role(const struct arguments *arguments)
{
    struct host_config host;
    struct fail fail = {0};
    char name[16];
    bool gateway = text_is(arguments->role, "gateway");
    snprintf(name, sizeof name, gateway ? "gateway" : "worker-%d", arguments->index);
    if (!host_read(&host, arguments->config, &arguments->over, &fail)) {
        log_line(LOG_ALARM, "main", "cannot read the configuration", "%s", fail.words);
        return 1;
    }
    log_open(name, host.log_debug ? LOG_DEBUG_ : LOG_NOTE);
    prctl(PR_SET_NAME, name);
    struct page *page = page_map(arguments->page_fd);
    if (!page) {
        log_line(LOG_ALARM, "main", "no heartbeat page", "why=%s", strerrordesc_np(errno));
        return 1;
    }
    log_key(page->log_key);
    if (gateway)
        return gateway_main(&(struct gateway_args){.host = &host, .over = &arguments->over, .page = page,
                                                   .listen_fd = arguments->listen_fd, .control_fd = arguments->control_fd,
                                                   .post_fd = arguments->post_fd});
    int code = worker_main(&(struct worker_args){.host = &host, .page = page, .index = (uint32_t)arguments->index,
                                                 .count = (uint32_t)arguments->count, .link_fd = arguments->link_fd,
                                                 .stop_fd = -1});
    host_close(&host);
    return code;
}

int main(int argc, char **argv)
{
    struct arguments arguments = {.role = "supervisor", .config = VICHE_CONFIG_FILE};
    if (!read_arguments(&arguments, argc, argv)) {
        fputs(usage, stderr);
        return 2;
    }
    if (sodium_init() < 0) {
        fputs("viched: no source of randomness in this system\n", stderr);
        return 1;
    }
    ignore(SIGPIPE);
    if (text_is(arguments.role, "supervisor")) {
        log_open("supervisor", LOG_NOTE);
        return supervisor_main(&(struct supervisor_args){.config = arguments.config, .over = arguments.over});
    }
    ignore(SIGINT);
    ignore(SIGHUP);
    return text_is(arguments.role, "check") ? run_check(&arguments) : run_role(&arguments);
}
