/* SPDX-License-Identifier: MPL-2.0 */
#include "plugin/elf.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct machine {
    uint16_t number;
    const char *name;
} machines[] = {
    {EM_X86_64, "x86-64"}, {EM_386, "i386"},   {EM_AARCH64, "aarch64"},
    {EM_ARM, "arm"},       {EM_RISCV, "riscv"}, {EM_PPC64, "ppc64"},
};

#if defined(__x86_64__)
enum { OURS = EM_X86_64 };
#elif defined(__aarch64__)
enum { OURS = EM_AARCH64 };
#elif defined(__riscv)
enum { OURS = EM_RISCV };
#elif defined(__powerpc64__)
enum { OURS = EM_PPC64 };
#else
#error "which machine is this? add it to the table above"
#endif

static const char *machine_name(unsigned number)
{
    for (size_t i = 0; i < sizeof machines / sizeof *machines; i++)
        if (machines[i].number == number)
            return machines[i].name;
    return "another machine";
}

static bool owner_fits(const char *path, const struct stat *info, struct fail *fail)
{
    if (!S_ISREG(info->st_mode))
        return fail_set(fail, "%s: is no file", path);
    if (info->st_uid != 0 && info->st_uid != geteuid())
        return fail_set(fail, "%s: belongs to user %u; it must belong to root or to the user viche runs as: chown root",
                        path, (unsigned)info->st_uid);
    if (info->st_mode & S_IWOTH)
        return fail_set(fail, "%s: everybody may write it, so anybody could run code here: chmod o-w", path);
    if (info->st_size == 0)
        return fail_set(fail, "%s: is empty; copy or build it again", path);
    return true;
}

static bool header_fits(const char *path, const Elf64_Ehdr *head, size_t got, int64_t size_bytes, struct fail *fail)
{
    if (got < SELFMAG || memcmp(head->e_ident, ELFMAG, SELFMAG) != 0)
        return fail_set(fail, "%s: is no shared library; a plugin is built with cc -shared -fPIC", path);
    if (got < sizeof *head)
        return fail_set(fail, "%s: is cut off after %zu bytes; copy or build it again", path, got);
    if (head->e_ident[EI_CLASS] != ELFCLASS64 || head->e_ident[EI_DATA] != ELFDATA2LSB || head->e_machine != OURS)
        return fail_set(fail, "%s: is built for %s, this host runs on %s; build it for this machine", path,
                        machine_name(head->e_machine), machine_name(OURS));
    if (head->e_type != ET_DYN)
        return fail_set(fail, "%s: is no shared library; a plugin is linked with -shared", path);
    uint64_t end = head->e_shoff + (uint64_t)head->e_shnum * head->e_shentsize; /* the section table is written last */
    if (end > (uint64_t)size_bytes)
        return fail_set(fail, "%s: is cut off: %lld bytes of at least %llu; copy or build it again", path,
                        (long long)size_bytes, (unsigned long long)end);
    return true;
}

bool elf_fits(const char *path, struct fail *fail)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_set(fail, "%s: cannot be read: %s", path, strerrordesc_np(errno));
    struct stat info = {0};
    Elf64_Ehdr head = {0};
    bool ok = fstat(fd, &info) == 0 && owner_fits(path, &info, fail);
    if (ok) {
        ssize_t got = pread(fd, &head, sizeof head, 0);
        ok = header_fits(path, &head, got > 0 ? (size_t)got : 0, info.st_size, fail);
    }
    close(fd);
    return ok;
}
