/*
 * sheet.c - the network 8-8-8-8 of the measured scene as a sheet: forward pass, backward
 * pass and update, a formula for each number of them.
 *
 *          A   B   C   D   E   F   G   H   I    J    K    L    M    N       O ...
 *      0   x   z1  r1  z2  r2  z3  r3  y   dr3  dz3  dr2  dz2  dr1  dz1    a row a
 *      :                                                                   neuron
 *      8   C
 *     10   the first columns of W2    of dW2         of the new W2         the others
 *      :
 *     50   W0, dW0 and the new W0; below them those of W1
 *
 * Up to column N and row 30 a screen of 120 x 40 shows it: what ours shows after the last
 * step, the neurons of all layers (ours has some of them as nodes only) and four columns
 * of the last joint. The rest is computed out of sight, as ours computes it. Columns are 8
 * wide and have 4 decimals, as ours. The weights are made up here, the same for both.
 */
#include "sheet.h"

#include <stdio.h>
#include <stdlib.h>

enum { N = 8, JOINTS = 3, SHOWN = 4, TOP = 10, HIDDEN = 50 };

/* The columns of neurons. */
enum { X, Z1, R1, Z2, R2, Z3, R3, Y, DR3, DZ3, DR2, DZ2, DR1, DZ1 };
static const int Z[JOINTS + 1] = {-1, Z1, Z2, Z3}, R[JOINTS + 1] = {X, R1, R2, R3};
static const int DR[JOINTS + 1] = {-1, DR1, DR2, DR3}, DZ[JOINTS + 1] = {-1, DZ1, DZ2, DZ3};

/* What a joint has a matrix of. */
enum matrix { WEIGHTS, GRADIENTS, NEW_WEIGHTS };

static double weights[JOINTS][N][N];

static void make_weights(void) {
    unsigned long state = 1;
    for (int k = 0; k < JOINTS; k++) {
        for (int n = 0; n < N * N; n++) {
            state = (state * 1103515245UL + 12345UL) & 0x7FFFFFFFUL;
            weights[k][n / N][n % N] = ((double)(state >> 12) / 0x7FFFF) * 1.6 - 0.8;
        }
    }
}

/* ---- the scene ---- */

static void write_scene(FILE *file) {
    fputs("net 8 8 8 8\nx = 1\n", file);
    for (int k = 0; k < JOINTS; k++) {
        fprintf(file, "W%d = [", k);
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                fprintf(file, "%s%.4f", j ? " " : i ? "; " : "", weights[k][i][j]);
            }
        }
        fputs("]\n", file);
    }
}

/* ---- the sheet ---- */

/* The name of a cell, "AB12"; good until four others are asked for. */
static const char *cell(int col, int row) {
    static char names[4][16];
    static int next;
    char *name = names[next = (next + 1) % 4];
    char first[2] = {(char)('A' + col / 26 - 1), '\0'};
    snprintf(name, sizeof names[0], "%s%c%d", col < 26 ? "" : first, 'A' + col % 26, row);
    return name;
}

static const char *weight_cell(int k, int i, int j, enum matrix matrix) {
    int at = (int)matrix;
    if (k == JOINTS - 1) {
        int col = j < SHOWN ? at * (SHOWN + 1) + j : DZ1 + 1 + at * SHOWN + j - SHOWN;
        return cell(col, TOP + i);
    }
    return cell(at * N + j, HIDDEN + k * N + i);
}

static void write_forward(FILE *file) {
    for (int k = 0; k < JOINTS; k++) {
        for (int j = 0; j < N; j++) {
            fprintf(file, "let %s = ", cell(Z[k + 1], j));
            for (int i = 0; i < N; i++) {
                fprintf(file, "%s%s*%s", i ? "+" : "", weight_cell(k, i, j, WEIGHTS),
                        cell(R[k], i));
            }
            fprintf(file, "\nlet %s = @max(0,%s)\n", cell(R[k + 1], j), cell(Z[k + 1], j));
        }
    }
    fprintf(file, "let %s = 0.5*(", cell(X, N));
    for (int j = 0; j < N; j++) {
        fprintf(file, "%s(%s-%s)^2", j ? "+" : "", cell(Y, j), cell(R3, j));
    }
    fputs(")\n", file);
}

/* dr of a neuron: from the cost in the last layer, over the weights in the others. */
static void write_dr(FILE *file, int layer, int i) {
    fprintf(file, "let %s = ", cell(DR[layer], i));
    if (layer == JOINTS) {
        fprintf(file, "%s-%s\n", cell(R3, i), cell(Y, i));
        return;
    }
    for (int j = 0; j < N; j++) {
        fprintf(file, "%s%s*%s", j ? "+" : "", cell(DZ[layer + 1], j),
                weight_cell(layer, i, j, WEIGHTS));
    }
    fputs("\n", file);
}

static void write_backward(FILE *file) {
    for (int layer = JOINTS; layer > 0; layer--) {
        for (int i = 0; i < N; i++) {
            write_dr(file, layer, i);
            fprintf(file, "let %s = %s*(%s>0)\n", cell(DZ[layer], i), cell(DR[layer], i),
                    cell(Z[layer], i));
        }
    }
}

/* The weights, their gradients and the new weights. */
static void write_joint(FILE *file, int k) {
    for (int n = 0; n < N * N; n++) {
        int i = n / N, j = n % N;
        fprintf(file, "let %s = %.4f\n", weight_cell(k, i, j, WEIGHTS), weights[k][i][j]);
        fprintf(file, "let %s = %s*%s\n", weight_cell(k, i, j, GRADIENTS), cell(DZ[k + 1], j),
                cell(R[k], i));
        fprintf(file, "let %s = %s-0.1*%s\n", weight_cell(k, i, j, NEW_WEIGHTS),
                weight_cell(k, i, j, WEIGHTS), weight_cell(k, i, j, GRADIENTS));
    }
}

static void write_sheet(FILE *file) {
    fputs("set bycols\n", file);
    for (int col = 0; col < JOINTS * N; col++) {
        char letter[16];
        snprintf(letter, sizeof letter, "%s", cell(col, 0));
        fprintf(file, "format %c 8 4 0\n", letter[0]);
    }
    for (int i = 0; i < N; i++) {
        fprintf(file, "let %s = 1\nlet %s = 0\n", cell(X, i), cell(Y, i));
    }
    for (int k = 0; k < JOINTS; k++) {
        write_joint(file, k);
    }
    write_forward(file);
    write_backward(file);
    fputs("goto A0\n", file);
}

static void write_with(const char *path, void (*write)(FILE *file)) {
    FILE *file = fopen(path, "w");
    if (file) {
        write(file);
    }
    if (!file || ferror(file) || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

void sheet_write(const char *scene, const char *sheet) {
    make_weights();
    write_with(scene, write_scene);
    write_with(sheet, write_sheet);
}
