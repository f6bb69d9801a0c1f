/*
 * support/book.c - training as a textbook would do it.
 */
#include "book.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "net/activation.h"
#include "net/cost.h"
#include "net/data.h"

static double *numbers(size_t count) {
    double *values = calloc(count, sizeof *values);
    assert_non_null(values);
    return values;
}

void book_open(struct book *book, const struct model *model) {
    *book = (struct book){.model = model};
    for (size_t k = 0; k <= model->network.K; k++) {
        const struct layer *layer = &model->network.layers[k];
        book->z[k] = numbers(layer->n);
        book->r[k] = numbers(layer->n);
        book->dr[k] = numbers(layer->n);
        book->dz[k] = numbers(layer->n);
        if (k < model->network.K) {
            size_t to = layer[1].n;
            book->W[k] = numbers(layer->n * to);
            book->gW[k] = numbers(layer->n * to);
            book->b[k] = numbers(to);
            book->gb[k] = numbers(to);
            for (size_t i = 0; i < layer->n; i++) {
                memcpy(book->W[k] + i * to, layer->W->values + i * layer->stride,
                       to * sizeof(double));
            }
            memcpy(book->b[k], layer->b->values, to * sizeof(double));
        }
    }
}

void book_close(struct book *book) {
    for (size_t k = 0; k <= book->model->network.K; k++) {
        free(book->z[k]);
        free(book->r[k]);
        free(book->dr[k]);
        free(book->dz[k]);
        free(book->W[k]);
        free(book->gW[k]);
        free(book->b[k]);
        free(book->gb[k]);
    }
}

void book_forward(struct book *book, const double *x) {
    const struct network *network = &book->model->network;
    memcpy(book->r[0], x, network->layers[0].n * sizeof *x);
    for (size_t k = 0; k < network->K; k++) {
        const struct layer *after = &network->layers[k + 1];
        for (size_t j = 0; j < after->n; j++) {
            double sum = 0;
            for (size_t i = 0; i < network->layers[k].n; i++) {
                sum += book->W[k][i * after->n + j] * book->r[k][i];
            }
            book->z[k + 1][j] = network->bias ? sum + book->b[k][j] : sum;
        }
        if (after->activation->layer) {
            after->activation->layer(after->n, book->z[k + 1], book->r[k + 1]);
        }
        for (size_t j = 0; j < after->n && !after->activation->layer; j++) {
            book->r[k + 1][j] = after->activation->value(book->z[k + 1][j]);
        }
    }
}

static void book_dz(struct book *book, size_t k) {
    const struct layer *layer = &book->model->network.layers[k];
    const double *r = book->r[k], *dr = book->dr[k];
    double sum = 0;
    for (size_t m = 0; m < layer->n; m++) {
        sum += dr[m] * r[m];
    }
    for (size_t j = 0; j < layer->n; j++) {
        book->dz[k][j] =
            layer->activation->layer
                ? r[j] * (dr[j] - sum)
                : dr[j] * layer->activation->slope(book->z[k][j], r[j], book->model->network.step0);
    }
}

void book_backward(struct book *book, const double *y) {
    const struct network *network = &book->model->network;
    size_t K = network->K, n_K = network->layers[K].n;
    for (size_t j = 0; j < n_K; j++) {
        book->dr[K][j] = network->cost->slope(n_K, y[j], book->r[K][j]);
    }
    book_dz(book, K);
    const struct pairing *pairing = pairing_of(network->cost, network->layers[K].activation);
    bool finite = isfinite(network->cost->value(n_K, y, book->r[K]));
    for (size_t j = 0; j < n_K; j++) {
        finite = finite && isfinite(book->dz[K][j]);
    }
    if (pairing && (network->combine || !finite)) {
        pairing->slope(n_K, y, book->r[K], book->dz[K]);
    }
    for (size_t k = K; k-- > 1;) {
        size_t to = network->layers[k + 1].n;
        for (size_t i = 0; i < network->layers[k].n; i++) {
            double sum = 0;
            for (size_t j = 0; j < to; j++) {
                sum += book->dz[k + 1][j] * book->W[k][i * to + j];
            }
            book->dr[k][i] = sum;
        }
        book_dz(book, k);
    }
}

/* g = dz r for a batch of one, else the sum of them, begun at 0 */
static void book_add(struct book *book, size_t sample, size_t batch) {
    const struct network *network = &book->model->network;
    for (size_t k = 0; k < network->K; k++) {
        size_t to = network->layers[k + 1].n;
        for (size_t i = 0; i <= network->layers[k].n; i++) {
            bool bias = i == network->layers[k].n;
            double *g = bias ? book->gb[k] : book->gW[k] + i * to;
            for (size_t j = 0; j < to; j++) {
                double product = bias ? book->dz[k + 1][j] : book->dz[k + 1][j] * book->r[k][i];
                g[j] = batch == 1 ? product : (sample == 1 ? 0.0 : g[j]) + product;
            }
        }
    }
}

/* W - lr (g / m) */
static void book_update(struct book *book, size_t batch) {
    const struct network *network = &book->model->network;
    double lr = book->model->optimizer.h.lr, m = (double)batch;
    for (size_t k = 0; k < network->K; k++) {
        size_t to = network->layers[k + 1].n;
        for (size_t n = 0; n < network->layers[k].n * to && !network->layers[k].frozen; n++) {
            double g = batch == 1 ? book->gW[k][n] : book->gW[k][n] / m;
            book->W[k][n] = book->W[k][n] - lr * g;
        }
        for (size_t j = 0; j < to && network->bias && !network->freeze_bias; j++) {
            double g = batch == 1 ? book->gb[k][j] : book->gb[k][j] / m;
            book->b[k][j] = book->b[k][j] - lr * g;
        }
    }
}

void book_train(struct book *book, uint64_t updates) {
    const struct model *model = book->model;
    struct feed feed = feed_copy(&model->feed);
    for (uint64_t u = 0; u < updates; u++) {
        size_t batch = feed_batch(&feed);
        for (size_t n = 1; n <= batch; n++) {
            size_t row = feed.data ? feed_batch_row(&feed, n) : 0;
            book_forward(book, row ? dataset_x(feed.data, row) : model->x->values);
            book_backward(book, row ? dataset_y(feed.data, row) : model->y->values);
            book_add(book, n, batch);
        }
        book_update(book, batch);
        assert_int_equal(feed_prepare(&feed), STATUS_OK);
        feed_advance(&feed);
    }
    feed_close(&feed);
}
