/* SPDX-License-Identifier: MPL-2.0 */
#include "worker/machine.h"

#include <stdlib.h>
#include <string.h>

#include "worker/batch.h"
#include "worker/job.h"
#include "worker/ready.h"

struct machine {
    struct machine_setup setup;
    struct batch **towns;
    size_t count;
};

static void say_ready(const struct machine *machine)
{
    struct town **towns = mem_alloc((machine->count + 1) * sizeof *towns);
    for (size_t i = 0; i < machine->count; i++)
        towns[i] = batch_town(machine->towns[i]);
    ready_write(machine->setup.out, machine->setup.index, towns, machine->count);
    free(towns);
    for (size_t i = 0; i < machine->count; i++)
        batch_hand_over(machine->towns[i]);
}

struct machine *machine_open(const struct machine_setup *setup, struct fail *fail)
{
    const struct host_config *host = setup->host;
    struct machine *machine = mem_alloc(sizeof *machine);
    machine->setup = *setup;
    machine->towns = mem_alloc(host->town_count * sizeof(struct batch *));
    for (size_t i = setup->index; i < host->town_count; i += setup->count) {
        struct batch *town = batch_open(&machine->setup, host->town_files[i], fail);
        if (!town) {
            machine_close(machine);
            return NULL;
        }
        machine->towns[machine->count++] = town;
    }
    say_ready(machine);
    return machine;
}

void machine_close(struct machine *machine)
{
    for (size_t i = 0; i < machine->count; i++)
        batch_close(machine->towns[i]);
    free(machine->towns);
    free(machine);
}

static struct batch *find(const struct machine *machine, const char *id)
{
    for (size_t i = 0; i < machine->count; i++)
        if (strcmp(batch_town(machine->towns[i])->id, id) == 0)
            return machine->towns[i];
    return NULL;
}

struct town *machine_town(struct machine *machine, const char *id)
{
    struct batch *town = find(machine, id);
    return town ? batch_town(town) : NULL;
}

void machine_frame(struct machine *machine, struct frame *frame)
{
    struct frame peek = *frame;
    uint64_t id = frame_read_u64(&peek);
    struct batch *town = find(machine, frame_read_text(&peek));
    if (peek.broken)
        return;
    if (town)
        batch_put(town, frame);
    else if (frame->kind == FRAME_REQUEST)
        job_refuse(machine->setup.out, id, 404, "no-town", "There is no such town here.");
}

void machine_run(struct machine *machine)
{
    for (size_t i = 0; i < machine->count; i++)
        if (batch_can_run(machine->towns[i]))
            batch_run(machine->towns[i]);
}

size_t machine_busy(const struct machine *machine)
{
    size_t busy = 0;
    for (size_t i = 0; i < machine->count; i++)
        busy += !batch_idle(machine->towns[i]);
    return busy;
}

bool machine_idle(const struct machine *machine) { return machine_busy(machine) == 0; }

int64_t machine_due_ms(const struct machine *machine)
{
    int64_t due_ms = INT64_MAX;
    for (size_t i = 0; i < machine->count; i++) {
        int64_t own_ms = batch_due_ms(machine->towns[i]);
        if (own_ms < due_ms)
            due_ms = own_ms;
    }
    return due_ms;
}
