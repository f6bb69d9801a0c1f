/*
 * term/direct.c - colour numbers of terminals with direct colours.
 */
#include "term/direct.h"

#include <stdio.h>
#include <string.h>

enum { PALETTE = 256 };

bool direct_type(const char *type, const char *promise, char *direct, size_t size) {
    static const char SUFFIX[] = "-direct";
    if (!promise || (strcmp(promise, "truecolor") != 0 && strcmp(promise, "24bit") != 0)) {
        return false;
    }
    const char *tail = strstr(type, "-256color");
    size_t length = tail ? (size_t)(tail - type) : strlen(type);
    if (strstr(type, SUFFIX) || length + sizeof SUFFIX > size) {
        return false;
    }
    snprintf(direct, size, "%.*s%s", (int)length, type, SUFFIX);
    return true;
}

void direct_bits(long colors, int number, const char *string, int bits[3]) {
    int total = 0;
    while (total < 30 && (1L << (total + 1)) <= colors) {
        total++;
    }
    bits[0] = bits[1] = bits[2] = total / 3;
    if (number > 0 && number <= 10) {
        bits[0] = bits[1] = bits[2] = number;
    } else if (string && strlen(string) == 5) {
        for (int i = 0; i < 3; i++) {
            char digit = string[2 * i];
            bits[i] = digit >= '1' && digit <= '9' ? digit - '0' : bits[i];
        }
    }
}

int direct_number(const int bits[3], int32_t rgb) {
    int value = 0;
    for (int i = 0; i < 3; i++) {
        int channel = (int)((uint32_t)rgb >> (16 - 8 * i)) & 0xFF;
        int scaled = bits[i] >= 8 ? channel << (bits[i] - 8) : channel >> (8 - bits[i]);
        value = (value << bits[i]) | scaled;
    }
    bool deep = bits[0] + bits[1] + bits[2] > 16;
    return deep && value < PALETTE ? value | (1 << (bits[1] + bits[2])) : value;
}
