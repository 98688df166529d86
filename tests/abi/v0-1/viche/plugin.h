/* SPDX-License-Identifier: MIT
 * What a plugin declares: one constant, `viche_plugin_v0`, from which everything hangs as tables. The host checks all of
 * it when it loads the plugin and refuses, with the reason and the remedy, what could not work.
 *
 * Rules for every struct here: fields are only appended; an absent field is zero, and zero means "as before"; no padding
 * the compiler chose; pointers lead to static constants. Texts that a citizen reads are never here: where a field says
 * "text key", the words stand in texts/<language>.json beside the plugin. */
#ifndef VICHE_PLUGIN_H
#define VICHE_PLUGIN_H

#include <viche/desk.h>
#include <viche/list.h>
#include <viche/turn.h>

#define VICHE_ABI_MAJOR 0 /* compared for equality: the number in the symbol viche_plugin_v0 */
#define VICHE_ABI_MINOR 1 /* grows when a table grows; see viche_plugin.target */

/* ---- options: the plugin's keys in the town's INI file -------------------------------------------------------- */

enum { /* viche_option.kind */
    VICHE_OPTION_TEXT = 0,
    VICHE_OPTION_NUMBER = 1, /* whole, between min and max unless both are 0 */
    VICHE_OPTION_FLAG = 2,   /* yes or no */
    VICHE_OPTION_CHOICE = 3, /* one of .choices, separated by spaces */
    VICHE_OPTION_URL = 4,    /* http:// or https:// */
    VICHE_OPTION_SECONDS = 5, /* a duration: 90, 90s, 15m, 2h, 7d; read back in seconds */
    VICHE_OPTION_FILE = 6 /* since 0.1: a path, from the INI file's folder on; text of at most 1 MiB, read by viche_option_file */
};

enum { /* viche_option.flags */
    VICHE_SECRET = 1 /* the value is the path of a file with mode 0600; only the gateway reads it, as {secret:name} */
};

struct viche_option {
    const char *name;
    const char *help;     /* English, one line; becomes the comment above the key in `viche options` */
    const char *fallback; /* used when the INI leaves the key out; NULL: the key is mandatory */
    const char *choices;
    uint32_t kind, flags;
    int64_t min, max;
};

/* ---- dialogs: named steps ------------------------------------------------------------------------------------- */

enum { /* viche_step.kind: what counts as an answer. The host asks, parses, normalises and asks again. */
    VICHE_NONE = 0,     /* the step waits for nothing: `enter` decides */
    VICHE_TEXT = 1,     /* min..max characters (defaults 1..2000) */
    VICHE_NUMBER = 2,   /* whole number, min..max; "1 200" and "1200" are the same */
    VICHE_PHONE = 3,    /* kept as E.164: +380671234567 */
    VICHE_DATE = 4,     /* kept as 2026-11-25; min..max in days from today unless both are 0 */
    VICHE_CHOICE = 5,   /* one of .choices or of what `enter` offered; kept as its value */
    VICHE_CHOICES = 6,  /* several of them, ended by «Готово»; values separated by '\n'; min..max how many */
    VICHE_YES_NO = 7,   /* kept as "yes" or "no" */
    VICHE_PLACE = 8,    /* kept as "48.379400,28.864500", WGS 84 */
    VICHE_PHOTO = 9,    /* kept as file ids separated by '\n'; min..max how many (default 1) */
    VICHE_FILE = 10,    /* as PHOTO, any type the town allows */
    VICHE_STORY = 11    /* since 0.1: words, photos, files and a place in any order, in as many messages as it takes, until «Готово»;
                         * min..max characters in all (default 0..2000). Words are kept under <save>, ids of at most 10 files under
                         * <save>_files, separated by '\n', the place under <save>_place; any of them may be "" */
};

enum { /* viche_step.flags */
    VICHE_OPTIONAL = 1, /* the citizen may press «Пропустити»; then `save` is set to "" */
    VICHE_OR_WORDS = 2  /* since 0.1: a PLACE may be an address in words, kept as it was written */
};

struct viche_choice {
    const char *value; /* kept; at most 64 bytes; a value that begins with '/' opens another dialog */
    const char *label; /* text key */
};

/* One moment of a dialog. A step with kind, ask, save and next is a form field and needs no code. Order: `ask` is said (or
 * `enter` runs); the citizen's answer is parsed by kind; it is kept under `save`; `answer` runs, or `next` is entered. */
struct viche_step {
    const char *name;     /* stored with half-finished dialogs: never reuse a name for something else */
    const char *formerly; /* the name it had before, so that those dialogs live on */
    const char *ask;      /* text key of the question */
    const char *retry;    /* text key when the answer does not fit; NULL: the host's words for this kind */
    const char *help;     /* text key for «Допомога» here; NULL: the dialog's */
    const char *save;     /* variable that keeps the answer */
    const char *next;     /* step to enter afterwards; NULL: the dialog ends, unless `answer` goes elsewhere */
    uint32_t kind, flags;
    int64_t min, max;
    uint32_t expires_s; /* after so long without an answer: `expired`, or the dialog ends with a sentence; 0: 24 h */
    uint32_t reserved;
    struct viche_list choices; /* struct viche_choice */
    viche_next (*enter)(struct viche_turn *);
    viche_next (*answer)(struct viche_turn *, const char *text); /* text: the normalised answer */
    viche_next (*result)(struct viche_turn *, const struct viche_result *); /* what viche_fetch brought */
    viche_next (*expired)(struct viche_turn *);
};

struct viche_dialog {
    const char *id;    /* unique in the plugin; stored */
    const char *opens; /* commands that open it, separated by spaces: "/directory /dir"; NULL: only opened by others */
    const char *title; /* text key: the label in the menu and in search results */
    const char *help;  /* text key for «Допомога» anywhere in it; NULL: the town's */
    uint32_t version;  /* raise it when stored variables change their meaning */
    uint32_t reserved;
    struct viche_list steps; /* struct viche_step; the first is where it begins */
    viche_next (*migrate)(struct viche_turn *, uint32_t from_version); /* mends the variables of an older one */
};

/* ---- everything else a plugin may offer ----------------------------------------------------------------------- */

#define VICHE_UPLOAD UINT32_MAX /* as viche_route.max_body: up to the host's limit for one file (20 MiB) */

enum { /* viche_route.proof, since 0.1 */
    VICHE_PROOF_SECRET = 1, /* proof_header holds the secret itself */
    VICHE_PROOF_HMAC = 2,   /* proof_header holds the HMAC-SHA256 of the body under the secret, in hexadecimal */
    VICHE_PROOF_OPERATOR = 3, /* closed to the network: only for the operator, by `viche call TOWN PLUGIN/PATH [name=value…]` */
    VICHE_PROOF_PATH = 4 /* the path itself, which only a messenger was told: `serve` looks, and answers 404 to anybody else */
};

/* HTTP under /<town>/<plugin><path>. The handler answers with viche_reply in the same turn. */
struct viche_route {
    const char *method;
    const char *path;  /* "/items/{id}": {id} is read with viche_get(t, "id") */
    uint32_t max_body; /* bytes; 0: the host's limit (1 MiB); VICHE_UPLOAD: a file, kept aside as viche_http.file */
    uint32_t reserved;
    void (*serve)(struct viche_turn *, const struct viche_http *);
    /* Since 0.1. Who calls must know a secret. The gateway looks, in constant time, and refuses before the handler hears of it: no
     * secret is ever handed over. Where the town has not set the secret, the route is closed. */
    const char *proof_header; /* in lower case; the handler does not see it */
    const char *proof_secret; /* name of an option with VICHE_SECRET */
    uint32_t proof;           /* 0: anybody may call */
    uint32_t reserved_too;
};

/* A named time that arrives as a turn without a chat, exactly once for each planned time, missed ones included once. Since 0.1 with
 * neither `at` nor `every_s`: only when viche_plan says so. */
struct viche_schedule {
    const char *name; /* stored */
    const char *at;   /* "08:00" every day, "mon 08:00" every week, of the town's clock; or NULL and every_s */
    uint32_t every_s;
    uint32_t reserved;
    void (*run)(struct viche_turn *, int64_t planned_at);
};

/* A table of functions for other plugins, found by viche_service(t, id). A published revision never changes. */
struct viche_offer {
    const char *id; /* "ua.example.parking/1" */
    const void *table;
};

struct viche_column {
    const char *name;
    const char *help; /* English, one line */
    uint32_t required;
    uint32_t reserved;
};

/* Rows that staff bring in and take out as CSV: `viche import TOWN <name> FILE`, `viche export TOWN <name>`. The host reads the
 * file, checks the header, and calls `row` for each line inside one transaction; if any row called viche_bad, nothing is
 * kept and the whole report is printed. */
struct viche_dataset {
    const char *name;
    struct viche_list columns;                /* struct viche_column */
    void (*begin)(struct viche_turn *);       /* before the first row, for instance to empty the table; may be NULL */
    void (*row)(struct viche_turn *);         /* cells by viche_get(t, column); NULL: cannot be imported */
    void (*finish)(struct viche_turn *);      /* after the last row; may be NULL */
    void (*write)(struct viche_turn *);       /* cells by viche_set, then viche_emit, for each row; NULL: no export */
};

struct viche_plugin {
    uint32_t size;         /* VICHE_HEAD fills the first four */
    uint32_t target;       /* oldest host minor that this plugin can live with */
    uint32_t built;        /* minor of the headers it was compiled with: only for the words of a refusal */
    uint32_t reserved;
    const char *id;        /* "ua.viche.directory": the last part names the .so, the INI section, its tables and routes */
    const char *name, *version, *author, *licence;
    const char *needs; /* service ids that must be there, separated by spaces; refused otherwise */
    const char *likes; /* service ids that, if there, start before this one */
    struct viche_list options;    /* struct viche_option */
    struct viche_list dialogs;    /* struct viche_dialog */
    struct viche_list channels;   /* struct viche_channel, in viche/channel.h */
    struct viche_list routes;     /* struct viche_route */
    struct viche_list schedules;  /* struct viche_schedule */
    struct viche_list migrations; /* const char *: SQL, run once each, in order; the n-th is never edited, only followed */
    struct viche_list offers;     /* struct viche_offer */
    struct viche_list datasets;   /* struct viche_dataset */
    void (*start)(struct viche_turn *);          /* each time a worker takes the town over; a turn without a chat */
    void (*export_citizen)(struct viche_turn *); /* viche_emit what is kept of viche_citizen(t); mandatory with tables */
    void (*erase_citizen)(struct viche_turn *);  /* delete it; mandatory with tables */
    /* Since 0.1. Two citizens turned out to be one person, who proved it: what was `from`'s is now viche_citizen(t)'s. Without it
     * the rows of `from` stay where they are. */
    void (*join_citizen)(struct viche_turn *, uint64_t from);
    /* Since 0.1. What became of a message that was marked with viche_tag: VICHE_SENT, VICHE_REFUSED or VICHE_GONE (viche/channel.h);
     * VICHE_DELIVERED and VICHE_SEEN later, where a messenger tells, in any order. A turn without a chat. */
    void (*delivered)(struct viche_turn *, const char *tag, uint32_t what);
    struct viche_list views; /* since 0.1: struct viche_view, in viche/desk.h */
    /* Since 0.1. Would the town work as it is configured? Called by `viche check` and before the configuration is taken over, when all
     * plugins of the town are loaded: a turn without a chat, whose tables are empty and forgotten afterwards. viche_bad(t, "roads.ini:12",
     * reason) for each finding: any of them keeps the host from starting so, or the old configuration where it runs already. */
    void (*check)(struct viche_turn *);
};

#define VICHE_HEAD .size = sizeof(struct viche_plugin), .target = 0, .built = VICHE_ABI_MINOR

#ifdef __cplusplus
#define VICHE_EXPORT extern "C" __attribute__((visibility("default")))
#else
#define VICHE_EXPORT __attribute__((visibility("default")))
#endif

/* VICHE_PLUGIN = { VICHE_HEAD, .id = "ua.example.hello", … }; */
#define VICHE_PLUGIN                                                                               \
    VICHE_EXPORT extern const struct viche_plugin viche_plugin_v0;                                 \
    const struct viche_plugin viche_plugin_v0

#endif
