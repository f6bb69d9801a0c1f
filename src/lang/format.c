/*
 * lang/format.c - the table of formats: the files of other programs that `export`
 * writes and `import` reads. A row is all there is to one: help, completion and errors
 * find it here.
 */
#include <string.h>

#include "base/table.h"
#include "call.h"
#include "out/dot.h"
#include "out/json.h"
#include "out/torch.h"
#include "out/weights.h"

static enum status write_json(struct call *call, const struct word *file, struct text *out) {
    (void)file;
    json_state(out, state_model(call->state));
    return STATUS_OK;
}

static enum status write_torch(struct call *call, const struct word *file, struct text *out) {
    (void)file;
    torch_script(out, state_model(call->state));
    return STATUS_OK;
}

static enum status write_dot(struct call *call, const struct word *file, struct text *out) {
    (void)file;
    dot_graph(out, state_model(call->state), call->state->digits);
    return STATUS_OK;
}

static enum status write_tensors(struct call *call, enum naming naming, struct text *out,
                                 enum status (*write)(struct text *out,
                                                      const struct tensors *tensors,
                                                      struct error *error)) {
    struct tensors tensors = {0};
    enum status status = weights_collect(&tensors, state_model(call->state), naming, call->error);
    if (status == STATUS_OK) {
        status = write(out, &tensors, call->error);
    }
    tensors_free(&tensors);
    return status;
}

static enum status write_safetensors(struct call *call, const struct word *file, struct text *out) {
    (void)file;
    return write_tensors(call, NAMING_TORCH, out, safetensors_write);
}

static enum status write_npz(struct call *call, const struct word *file, struct text *out) {
    (void)file;
    return write_tensors(call, NAMING_OWN, out, npz_write);
}

/* name, ending, help, how it is written (all, or one quantity) and read */
static const struct format formats[] = {
    {"json", ".json", "every value of the network and its pass", write_json, NULL, NULL},
    {"safetensors", ".safetensors", "the weights, with PyTorch's names and shapes",
     write_safetensors, NULL, safetensors_read},
    {"npz", ".npz", "W, b, x and y for NumPy, with the names of the prompt", write_npz, NULL,
     npz_read},
    {"npy", ".npy", "one vector or matrix for NumPy: 'export npy W0 FILE'", NULL, npy_write,
     npy_read},
    {"csv", ".csv", "one vector or matrix, a row a line: 'export csv dW0 FILE'", NULL,
     csv_matrix_write, csv_matrix_read},
    {"torch", ".py", "a PyTorch script that computes the same pass and gradients", write_torch,
     NULL, NULL},
    {"dot", ".dot", "a drawing of the network for Graphviz", write_dot, NULL, NULL},
    {"frame", ".svg", "the screen: the file's ending says whether as text or as a picture",
     frame_write, NULL, NULL},
};

const struct format *format_at(size_t index) {
    return TABLE_AT(formats, index);
}

const struct format *format_read_by(const char *path) {
    for (size_t i = 0; i < TABLE_COUNT(formats); i++) {
        const char *ending = string_ending(path, formats[i].ending);
        if (formats[i].read && ending && ending > path) {
            return &formats[i];
        }
    }
    return NULL;
}
