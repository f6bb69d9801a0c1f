/*
 * net/cache.c - the memory of a cache.
 */
#include "net/cache.h"

#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "narrow.h"

struct cache *cache_new(const struct network *network) {
    struct cache *cache = memory_array(1, sizeof *cache);
    if (!cache) {
        return NULL;
    }
    cache->squares = memory_array(2 * network->K, sizeof *cache->squares);
    cache->before = memory_array(network->K, sizeof *cache->before);
    if (!cache->squares || !cache->before) {
        cache_free(cache);
        return NULL;
    }
    return cache;
}

void cache_free(struct cache *cache) {
    if (cache) {
        pass_close(&cache->pass);
        if (cache->batch) {
            batch_close(cache->batch);
        }
        free(cache->batch);
        if (cache->narrow) {
            narrow_close(cache->narrow);
        }
        free(cache->narrow);
        free(cache->squares);
        free(cache->before);
        free(cache->flow);
        free(cache->grid_values);
        free(cache);
    }
}

void cache_take_means(struct cache *cache, const struct cache *other) {
    memcpy(cache->means, other->means, sizeof cache->means);
}

void cache_forget(struct cache *cache) {
    cache->row = 0;
    memset(cache->means, 0, sizeof cache->means);
    cache->squares_known = false;
    cache->sound_known = false;
    cache->underflow_known = false;
    cache->flow_known = false;
    cache->grid_known = false;
}

struct pass *cache_scratch(struct cache *cache, const struct network *network) {
    cache->row = 0;
    if (!cache->pass.memory && pass_open(&cache->pass, network) != STATUS_OK) {
        cache->pass = (struct pass){0};
        return NULL;
    }
    return &cache->pass;
}

struct batch *cache_batch(struct cache *cache, const struct network *network, size_t count) {
    if (!cache->batch) {
        cache->batch = memory_array(1, sizeof *cache->batch);
    }
    if (!cache->batch || count <= cache->batch->wanted) {
        return cache->batch;
    }
    batch_close(cache->batch);
    return batch_open(cache->batch, network, count) ? cache->batch : NULL;
}

struct narrow *cache_narrow(struct cache *cache, const struct network *network, struct pass *pass,
                            size_t batch) {
    if (!cache->narrow) {
        cache->narrow = memory_array(1, sizeof *cache->narrow);
    }
    bool open = cache->narrow && narrow_open(cache->narrow, network, pass, batch);
    return open ? cache->narrow : NULL;
}
