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
 * `share` of a line is, for batches, that of the first; for one sample at a time in
 * that largest network, the time that its weights need on their way at least (read once
 * forward, read and written once backward), by the time that was needed; for one sample
 * at a time in narrow layers, the time that the sums need where each addition waits for
 * the one before, as their order demands. How fast memory is changes from second to second
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
#include "base/random.h"
#include "bench.h"
#include "net/kernels.h"

/* What was measured for a task. */
struct line {
    double ours, theirs; /* samples a second; theirs 0 without FANN */
    bool same;
    double share; /* of the bound; 0 where none is given */
};

/* What the core can do in a second. */
struct rates {
    double peak, chain; /* products and additions: at once, and one after the other */
    double read, sweep; /* bytes: read, and read and written back */
};

struct machine {
    struct rates best;
    double *values;
    size_t count;
};

enum { ALL_ROWS = 16, LARGEST = 10, ROUNDS_MOST = 1000 };

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

static double *numbers(size_t count) {
    double *values = memory_array(count, sizeof *values);
    if (!values) {
        fputs("bench: memory is short\n", stderr);
        exit(1);
    }
    return values;
}

/* Weights that neither blow up nor die out on the way through many layers. */
static void fill_W(double *W, size_t from, size_t to, struct random *random) {
    for (size_t i = 0; i < from; i++) {
        for (size_t j = 0; j < to; j++) {
            double noise = 2 * random_unit(random) - 1;
            W[i * to + j] =
                from == to ? (i == j) + 1e-3 * noise / (double)from : noise / sqrt((double)from);
        }
    }
}

static struct task open_task(const struct task *plan) {
    struct task task = *plan;
    size_t weights = 0, biases = 0;
    for (size_t k = 0; k < task.count; k++) {
        task.widths[k] = task.widths[k] ? task.widths[k] : task.widths[0];
        weights += k ? task.widths[k - 1] * task.widths[k] : 0;
        biases += k ? task.widths[k] : 0;
    }
    task.rows = task.batch > 1 ? task.batch : ALL_ROWS;
    size_t n_0 = task.widths[0], n_K = task.widths[task.count - 1];
    struct random random;
    random_seed(&random, 1);
    task.W = numbers(weights);
    task.b = numbers(biases);
    task.x = numbers(task.rows * n_0);
    task.y = numbers(task.rows * n_K);
    double *W = task.W;
    for (size_t k = 0; k + 1 < task.count; k++) {
        fill_W(W, task.widths[k], task.widths[k + 1], &random);
        W += task.widths[k] * task.widths[k + 1];
    }
    for (size_t n = 0; n < task.rows * n_0; n++) {
        task.x[n] = random_unit(&random);
    }
    for (size_t n = 0; n < task.rows * n_K; n++) {
        task.y[n] = random_unit(&random);
    }
    return task;
}

static void close_task(struct task *task) {
    free(task->W);
    free(task->b);
    free(task->x);
    free(task->y);
}

/* Products (each with its addition) that an update needs for a sample, and bytes of
 * weights: all but dC/dx. */
static double products(const struct task *task) {
    double sum = 0;
    for (size_t k = 0; k + 1 < task->count; k++) {
        sum += (k ? 3.0 : 2.0) * (double)(task->widths[k] * task->widths[k + 1]);
    }
    return sum;
}

/* Products and additions that must wait for each other from one update to the next: a
 * sum of n terms is a product and n - 1 additions, forward in every layer, where the bias is
 * one more, and backward in all but the first. The slopes are all 1. */
static double links(const struct task *task) {
    double sum = 0;
    for (size_t k = 0; k + 1 < task->count; k++) {
        sum += 1 + (double)task->widths[k] + (k ? (double)task->widths[k + 1] : 0);
    }
    return sum;
}

/* Bytes of weights that must come from memory to be read, and to be read and written back: all
 * are once, and all but those of the first layer, whose update can wait for the next sample,
 * another time. */
static double bytes_read(const struct task *task) {
    double sum = 0;
    for (size_t k = 1; k + 1 < task->count; k++) {
        sum += 8.0 * (double)(task->widths[k] * task->widths[k + 1]);
    }
    return sum;
}

static double bytes_swept(const struct task *task) {
    return bytes_read(task) + 8.0 * (double)(task->widths[0] * task->widths[1]);
}

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

static bool is_bound_by_memory(const struct task *task) {
    return task->batch == 1 && task->widths[1] > 128;
}

/* One short try; of memory too where the task is bound by it. */
static struct rates measure_machine(struct machine *machine, const struct task *task) {
    struct rates rates = {bench_peak(), bench_chain(), 0, 0};
    if (is_bound_by_memory(task)) {
        rates.read = bench_read(machine->values, machine->count);
        rates.sweep = bench_sweep(machine->values, machine->count);
    }
    keep_best(&machine->best.peak, rates.peak);
    keep_best(&machine->best.chain, rates.chain);
    keep_best(&machine->best.read, rates.read);
    keep_best(&machine->best.sweep, rates.sweep);
    return rates;
}

/* Seconds that a sample needs at least; 0 where nothing is said of that. */
static double bound(const struct task *task, const struct rates *rates) {
    if (is_bound_by_memory(task)) {
        return bytes_read(task) / rates->read + bytes_swept(task) / rates->sweep;
    }
    return task->batch > 1        ? products(task) / rates->peak
           : task->widths[1] <= 8 ? links(task) / rates->chain
                                  : 0;
}

static int compare_doubles(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median(double *values, size_t count) {
    qsort(values, count, sizeof *values, compare_doubles);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
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
    size_t round = 0, least = is_bound_by_memory(task) && seconds > 1 ? 9 : 3;
    for (; round < least || (round < ROUNDS_MOST && bench_seconds() < end); round++) {
        struct rates before = measure_machine(machine, task);
        double rate = slice(ours, task, our_updates);
        struct rates after = measure_machine(machine, task);
        shares[round] = rate * (bound(task, &before) + bound(task, &after)) / 2;
        keep_best(&line->ours, rate);
        if (theirs) {
            keep_best(&line->theirs, slice(theirs, task, their_updates));
        }
    }
    line->share =
        is_bound_by_memory(task) ? median(shares, round) : line->ours * bound(task, &machine->best);
}

static struct line measure(const struct task *task, struct machine *machine, double seconds) {
    struct line line = {0, 0, false, 0};
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
    size_t least = is_bound_by_memory(task) ? 128 : task->batch > 1 ? 48 : 64;
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
        printf(" %6.1f", line->ours / line->theirs / line->share);
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
        struct task task = open_task(&tasks[n]);
        lines[n] = measure(&task, &machine, seconds);
        close_task(&task);
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
