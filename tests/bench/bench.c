/*
 * bench.c - how fast training is, next to FANN in the same run and to what the
 * machine could do at most. `make bench` builds it, runs it and writes what it
 * measured to build/bench.json; it is no test.
 *
 * One line a network and mode: samples a second (forward, backward and update), for
 * backstep and for FANN (with libfann-dev installed), their ratio and the ratio that
 * is asked for. Both have the same network (biases, linear neurons, which are FANN's
 * fastest), the same first weights, data, batches and learning rate; `same` says
 * that both ended with the same first output, to nine digits, after the same number of
 * updates. The two take turns in slices of the same length on one core, and the best slice
 * of each counts, so that what else runs on the machine harms both or neither.
 *
 * Below stand what the core reached at best, in slices of the same kind between
 * them: products rounded and then added in registers, reading an array as large as
 * the weights of the largest network, and reading it and writing it back. The
 * `share` of a line is, for batches, that of the first, which the best stretch between two
 * pauses of a training reached; for one sample at a time in that largest network, the time
 * that its weights need on their way at least (read once forward, read and written once
 * backward), by the time that was needed; for one sample at a time in narrow layers, the time
 * that the sums need where each addition waits for the one before, as their order demands. How
 * fast memory is changes from second to second
 * where others use it too, so each slice that it binds is held against what it gave just
 * before and just after, and the median of these shares counts. `most` is the ratio to FANN
 * that the whole of that bound would be: where it is less than what is asked for, the machine
 * is what stands in the way.
 *
 * The last lines are a pass over 10,000 layers of 8 after an edit at the prompt.
 *
 * bench [--quick] [FILE]: --quick measures a tenth as long. BACKSTEP_KERNELS=base, avx2 or
 * avx512 chooses the code path.
 */
#define _GNU_SOURCE
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sched.h>
#endif

#include "base/memory.h"
#include "bench.h"
#include "net/kernels.h"

/* What was measured for a task. */
struct line {
    double ours, theirs; /* samples a second; theirs 0 without FANN */
    bool same;
    double share; /* of the bound; 0 where none is given */
    double most;  /* samples a second that the whole of the bound would be */
};

struct machine {
    struct rates best;
    double *values;
    size_t count;
};

enum { LARGEST = 10, ROUNDS_MOST = 1000 };

/* ---- the tasks ---- */

static const struct task tasks[] = {
    {.name = "2-3-1", .widths = {2, 3, 1}, .count = 3, .batch = 1, .target = 1.5},
    {.name = "2-8-8-1", .widths = {2, 8, 8, 1}, .count = 4, .batch = 1, .target = 2.3},
    {.name = "2-8-8-1", .widths = {2, 8, 8, 1}, .count = 4, .batch = 10, .target = 4.5},
    {.name = "784-128-10", .widths = {784, 128, 10}, .count = 3, .batch = 1, .target = 4.5},
    {.name = "784-128-10", .widths = {784, 128, 10}, .count = 3, .batch = 32, .target = 9},
    {.name = "1000 x 8", .widths = {8}, .count = 1000, .batch = 1, .target = 6},
    {.name = "10 x 1024", .widths = {1024}, .count = 10, .batch = 1, .target = 5.5},
    {.name = "10 x 1024", .widths = {1024}, .count = 10, .batch = 64, .target = 22},
};
enum { TASKS = sizeof tasks / sizeof *tasks };

/* ---- measuring ---- */

/* One slice: samples a second. */
static double slice(struct runner *runner, const struct task *task, size_t updates) {
    double begin = bench_seconds();
    runner->run(runner->state, updates);
    return (double)(updates * task->batch) / (bench_seconds() - begin);
}

static void keep_best(double *best, double rate) {
    *best = rate > *best ? rate : *best;
}

/* One short try; of memory too where the task is bound by it. */
static struct rates measure_machine(struct machine *machine, const struct task *task) {
    struct rates rates = {bench_peak(), bench_chain(), 0, 0};
    if (bench_is_bound_by_memory(task)) {
        rates.read = bench_read(machine->values, machine->count);
        rates.sweep = bench_sweep(machine->values, machine->count);
    }
    keep_best(&machine->best.peak, rates.peak);
    keep_best(&machine->best.chain, rates.chain);
    keep_best(&machine->best.read, rates.read);
    keep_best(&machine->best.sweep, rates.sweep);
    return rates;
}

static int compare_doubles(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median(double *values, size_t count) {
    qsort(values, count, sizeof *values, compare_doubles);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

/* The best of what lies between two pauses of a training, the core being tried in each. A call's
 * own work is not in it, and it is nearly as short as such a try: what else runs on the machine
 * leaves neither or both alone. */
struct stretch {
    const struct task *task;
    struct machine *machine;
    size_t made; /* updates before it; 0: it has not begun */
    double begin;
    double best; /* samples a second */
};

static void end_stretch(void *context, size_t made) {
    struct stretch *stretch = context;
    double took = bench_seconds() - stretch->begin;
    if (stretch->made > 0) {
        keep_best(&stretch->best, (double)((made - stretch->made) * stretch->task->batch) / took);
    }
    measure_machine(stretch->machine, stretch->task);
    stretch->made = made;
    stretch->begin = bench_seconds();
}

/* Or the rate of a whole slice, where that is better or there are no pauses. */
static double best_stretch(const struct runner *ours, const struct task *task,
                           struct machine *machine, size_t updates, double rate) {
    struct stretch stretch = {.task = task, .machine = machine, .best = rate};
    bench_with_pauses(ours, updates, end_stretch, &stretch);
    return stretch.best;
}

/* How many updates fill a slice of this many seconds, and `least` or more. What a call costs
 * beside its updates must not count, so runs are made longer until they come near to it. */
static size_t updates_in(struct runner *runner, const struct task *task, double seconds,
                         size_t least) {
    size_t n = 1;
    double rate = slice(runner, task, n);
    while ((double)(n * task->batch) < rate * seconds / 4) {
        n *= 4;
        rate = slice(runner, task, n);
    }
    double updates = rate * seconds / (double)task->batch;
    return updates > (double)least ? (size_t)updates : least;
}

/* Both in turns, with the machine measured before and after each slice of ours. */
static void take_turns(struct line *line, const struct task *task, struct machine *machine,
                       struct runner *ours, size_t our_updates, struct runner *theirs,
                       size_t their_updates, double seconds) {
    double end = bench_seconds() + seconds;
    double shares[ROUNDS_MOST];
    size_t round = 0, least = bench_is_bound_by_memory(task) && seconds > 1 ? 9 : 3;
    for (; round < least || (round < ROUNDS_MOST && bench_seconds() < end); round++) {
        struct rates before = measure_machine(machine, task);
        double rate = slice(ours, task, our_updates);
        struct rates after = measure_machine(machine, task);
        shares[round] = rate * (bench_bound(task, &before) + bench_bound(task, &after)) / 2;
        keep_best(&line->ours, rate);
        if (theirs) {
            keep_best(&line->theirs, slice(theirs, task, their_updates));
        }
    }
    double best = line->ours;
    if (task->batch > 1) {
        best = best_stretch(ours, task, machine, round * our_updates, best);
    }
    double least_seconds = bench_bound(task, &machine->best);
    if (bench_is_bound_by_memory(task)) {
        line->share = median(shares, round);
        line->most = line->ours / line->share;
    } else if (least_seconds > 0) {
        line->share = best * least_seconds;
        line->most = 1 / least_seconds;
    }
}

static struct line measure(const struct task *task, struct machine *machine, double seconds) {
    struct line line = {0};
    struct runner ours = bench_backstep(task), theirs;
    bool fann = bench_fann(task, &theirs);
    /* the same number of updates from the same start must end in the same numbers */
    size_t check = task->count > 3 && task->widths[1] > 8 ? 2 : 1000;
    slice(&ours, task, check);
    if (fann) {
        slice(&theirs, task, check);
        line.same = fabs(ours.output(ours.state) - theirs.output(theirs.state)) < 1e-9;
    }
    /* our call copies the weights and makes two passes beside its updates, which in the largest
     * network is 1 to 2 updates' time; theirs does nothing else */
    size_t least = bench_is_bound_by_memory(task) ? 128 : task->batch > 1 ? 48 : 64;
    size_t our_updates = updates_in(&ours, task, seconds / 40, least);
    double each = (double)(our_updates * task->batch) / slice(&ours, task, our_updates);
    size_t their_updates = fann ? updates_in(&theirs, task, each, 1) : 0;
    take_turns(&line, task, machine, &ours, our_updates, fann ? &theirs : NULL, their_updates,
               (fann ? 2 : 1) * seconds);
    ours.close(ours.state);
    if (fann) {
        theirs.close(theirs.state);
    }
    return line;
}

/* ---- telling ---- */

static void print_line(const struct task *task, const struct line *line) {
    printf("%-12s %5zu %12.0f %12.0f ", task->name, task->batch, line->ours, line->theirs);
    if (line->theirs > 0) {
        printf("%8.2f %6.1f %-4s", line->ours / line->theirs, task->target,
               line->same ? "yes" : "NO");
    } else {
        printf("%8s %6.1f %-4s", "-", task->target, "-");
    }
    if (line->share > 0) {
        printf(" %5.0f %%", 100 * line->share);
    }
    if (line->share > 0 && line->theirs > 0) {
        printf(" %6.1f", line->most / line->theirs);
    }
    putchar('\n');
}

static void write_json(const char *path, const struct line *lines, const struct machine *machine,
                       const struct edits *edits) {
    FILE *file = fopen(path, "w");
    if (!file) {
        perror(path);
        exit(1);
    }
    fprintf(file, "{\n  \"kernels\": \"%s\",\n", kernels_choose()->name);
    fprintf(file, "  \"peak_products_per_second\": %.6g,\n", machine->best.peak);
    fprintf(file, "  \"chained_per_second\": %.6g,\n", machine->best.chain);
    fprintf(file, "  \"read_bytes_per_second\": %.6g,\n", machine->best.read);
    fprintf(file, "  \"sweep_bytes_per_second\": %.6g,\n", machine->best.sweep);
    fprintf(file, "  \"edit_first_layer_seconds\": %.6g,\n", edits->first);
    fprintf(file, "  \"edit_middle_layer_seconds\": %.6g,\n  \"lines\": [\n", edits->middle);
    for (size_t n = 0; n < TASKS; n++) {
        fprintf(file, "    {\"network\": \"%s\", \"batch\": %zu, \"backstep\": %.6g, ",
                tasks[n].name, tasks[n].batch, lines[n].ours);
        if (lines[n].theirs > 0) {
            fprintf(file, "\"fann\": %.6g, \"ratio\": %.4g, \"same\": %s, ", lines[n].theirs,
                    lines[n].ours / lines[n].theirs, lines[n].same ? "true" : "false");
        }
        if (lines[n].share > 0) {
            fprintf(file, "\"share\": %.4g, ", lines[n].share);
        }
        fprintf(file, "\"target\": %g}%s\n", tasks[n].target, n + 1 < TASKS ? "," : "");
    }
    fputs("  ]\n}\n", file);
    if (fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

/* Stay on one core, where that can be asked for: the last one, as a rule the quietest. */
static void stay(void) {
#if defined(__linux__)
    cpu_set_t cores;
    if (sched_getaffinity(0, sizeof cores, &cores) == 0) {
        size_t last = CPU_SETSIZE - 1;
        while (last > 0 && !CPU_ISSET(last, &cores)) {
            last--;
        }
        CPU_ZERO(&cores);
        CPU_SET(last, &cores);
        sched_setaffinity(0, sizeof cores, &cores);
    }
#endif
}

int main(int argc, char **argv) {
    double seconds = 2;
    const char *path = NULL;
    for (int n = 1; n < argc; n++) {
        if (strcmp(argv[n], "--quick") == 0) {
            seconds = 0.2;
        } else if (argv[n][0] == '-') {
            fprintf(stderr, "usage: bench [--quick] [FILE]\n");
            return 2;
        } else {
            path = argv[n];
        }
    }
    stay();
    struct edits edits = bench_edits(); /* first, while memory lies as it does in a new program */
    struct line lines[TASKS];
    struct block *memory = block_blank((size_t)LARGEST * 1024 * 1024); /* as the weights lie */
    if (!memory) {
        fputs("bench: memory is short\n", stderr);
        return 1;
    }
    memset(memory->values, 0, memory->count * sizeof(double)); /* it is there before it is read */
    struct machine machine = {.count = memory->count, .values = memory->values};
    printf("code path: %s\n%-12s %5s %12s %12s %8s %6s %-4s %7s %6s\n", kernels_choose()->name,
           "network", "batch", "backstep/s", "fann/s", "ratio", "asked", "same", "share", "most");
    for (size_t n = 0; n < TASKS; n++) {
        struct task task = bench_task_open(&tasks[n]);
        lines[n] = measure(&task, &machine, seconds);
        bench_task_close(&task);
        print_line(&tasks[n], &lines[n]);
        fflush(stdout);
    }
    printf("machine: %.2f G products and additions a second, %.2f G one after the other, reads "
           "%.1f GB/s, reads and writes back %.1f GB/s\n",
           machine.best.peak * 1e-9, machine.best.chain * 1e-9, machine.best.read * 1e-9,
           machine.best.sweep * 1e-9);
    printf("10000 x 8, values after an edit in the first layer %.3f ms, in the middle %.3f ms\n",
           1e3 * edits.first, 1e3 * edits.middle);
    if (path) {
        write_json(path, lines, &machine, &edits);
    }
    block_drop(memory);
    return 0;
}
