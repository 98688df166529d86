/* SPDX-License-Identifier: MPL-2.0
 * Every kind of file that is no plugin for this host gets its own sentence. */
#include "plugin/plugin.h"

#include <elf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"

#include <cmocka.h> /* last: its fail() is a macro */

#define REFUSED BUILD_DIR "/tests/abi/refused"

static char path[] = "/tmp/viche-load-XXXXXX";
static struct buf hello;

static int set_up(void **state)
{
    (void)state;
    int fd = mkstemp(path);
    return fd >= 0 && close(fd) == 0 && buf_read_file(&hello, BUILD_DIR "/plugins/hello/hello.so") ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    buf_free(&hello);
    return unlink(path);
}

static void write_file(const void *data, size_t size_bytes)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, size_bytes, file), size_bytes);
    fclose(file);
}

static void refuses(const char *file, const char *because)
{
    struct fail fail = {0};
    if (plugin_load(file, &fail) || !strstr(fail.words, because) || !strstr(fail.words, file))
        fail_msg("wanted «%s», got «%s»", because, fail.words);
}

static void refuses_bytes(const void *data, size_t size_bytes, const char *because)
{
    write_file(data, size_bytes);
    refuses(path, because);
}

static void refuses_when_checked(const char *file, const char *because)
{
    struct fail fail = {0};
    struct plugin *plugin = plugin_load(file, &fail);
    if (!plugin || plugin_check(plugin, "uk en", &fail) || !strstr(fail.words, because) || !strstr(fail.words, file))
        fail_msg("wanted «%s», got «%s»", because, fail.words);
    plugin_free(plugin);
}

static void loads_a_plugin_with_its_texts(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct plugin *plugin = plugin_load(BUILD_DIR "/plugins/hello/hello.so", &fail);
    if (!plugin)
        fail_msg("%s", fail.words);
    assert_string_equal(plugin->name, "hello");
    assert_true(words_has_language(plugin->words, "en"));
    assert_true(plugin_check(plugin, "uk en", &fail));
    assert_non_null(plugin_step(plugin_dialog(plugin, "hello"), "greet"));
    assert_null(plugin_step(plugin_dialog(plugin, "hello"), "leave"));
    assert_null(plugin_dialog(plugin, "goodbye"));
    plugin_free(plugin);
}

static void refuses_files_that_are_no_library(void **state)
{
    (void)state;
    refuses("/nowhere/x.so", "cannot be read");
    refuses("/tmp", "is no file");
    refuses_bytes("", 0, "is empty");
    refuses_bytes("#!/bin/sh\nexit 0\n", 17, "is no shared library");
    refuses_bytes(hello.data, 40, "is cut off after 40 bytes");
    refuses_bytes(hello.data, hello.size / 2, "is cut off");
    refuses_bytes(hello.data, hello.size - 1, "is cut off");
}

static void refuses_libraries_for_another_machine(void **state)
{
    (void)state;
    Elf64_Ehdr *head = mem_alloc(hello.size);
    memcpy(head, hello.data, hello.size);
    head->e_machine = head->e_machine == EM_AARCH64 ? EM_X86_64 : EM_AARCH64;
    refuses_bytes(head, hello.size, head->e_machine == EM_AARCH64 ? "is built for aarch64" : "is built for x86-64");
    memcpy(head, hello.data, hello.size);
    head->e_ident[EI_CLASS] = ELFCLASS32;
    refuses_bytes(head, hello.size, "build it for this machine");
    memcpy(head, hello.data, hello.size);
    head->e_type = ET_REL;
    refuses_bytes(head, hello.size, "linked with -shared");
    free(head);
}

static void refuses_a_file_that_anybody_may_write(void **state)
{
    (void)state;
    write_file(hello.data, hello.size);
    assert_int_equal(chmod(path, 0666), 0);
    refuses(path, "chmod o-w");
    assert_int_equal(chmod(path, 0600), 0);
}

static void refuses_libraries_that_are_no_plugin_of_ours(void **state)
{
    (void)state;
    refuses(REFUSED "/nosymbol/nosymbol.so", "exports no viche_plugin_v0");
    refuses(REFUSED "/newer/newer.so", "is built for viche ABI 1, this host speaks 0.1; upgrade the host");
    refuses(REFUSED "/unlinked/unlinked.so", "undefined symbol: somewhere_else; a plugin must link everything it uses");
    refuses(REFUSED "/renamed/renamed.so", "the file must be named original.so");
}

static void refuses_plugins_that_could_not_work(void **state)
{
    (void)state;
    refuses_when_checked(REFUSED "/deadend/deadend.so", "step \"island\": cannot be reached");
    refuses_when_checked(REFUSED "/wordless/wordless.so", "lacks the key \"question\"");
    refuses_when_checked(REFUSED "/hookless/hookless.so", "it must have export_citizen");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loads_a_plugin_with_its_texts),
        cmocka_unit_test(refuses_files_that_are_no_library),
        cmocka_unit_test(refuses_libraries_for_another_machine),
        cmocka_unit_test(refuses_a_file_that_anybody_may_write),
        cmocka_unit_test(refuses_libraries_that_are_no_plugin_of_ours),
        cmocka_unit_test(refuses_plugins_that_could_not_work),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
