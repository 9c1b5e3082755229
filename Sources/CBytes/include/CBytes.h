/* Byte scanning that Swift cannot express well: 64 bytes are compared at once and the hits come back as a bit mask.
 *
 * SSE2 is part of every x86-64; elsewhere a plain loop gives the same masks. No function reads outside
 * [bytes, bytes + length) or writes beyond the stated capacities. */
#ifndef ASSAY_CBYTES_H
#define ASSAY_CBYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* Where three bytes stand in a block of 64: bit i belongs to byte i. */
typedef struct {
    uint64_t delimiters;
    uint64_t breaks;
    uint64_t quotes;
} assay_csv_masks;

static inline assay_csv_masks assay_csv_match(
    const uint8_t *block, uint8_t delimiter, uint8_t line_break, uint8_t quote) {
    assay_csv_masks masks = {0, 0, 0};
#if defined(__SSE2__)
    const __m128i d = _mm_set1_epi8((char)delimiter);
    const __m128i b = _mm_set1_epi8((char)line_break);
    const __m128i q = _mm_set1_epi8((char)quote);
    for (int i = 0; i < 4; i++) {
        const __m128i x = _mm_loadu_si128((const __m128i *)(block + 16 * i));
        masks.delimiters |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(x, d)) << (16 * i);
        masks.breaks |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(x, b)) << (16 * i);
        masks.quotes |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(x, q)) << (16 * i);
    }
#else
    for (int i = 0; i < 64; i++) {
        masks.delimiters |= (uint64_t)(block[i] == delimiter) << i;
        masks.breaks |= (uint64_t)(block[i] == line_break) << i;
        masks.quotes |= (uint64_t)(block[i] == quote) << i;
    }
#endif
    return masks;
}

/* One record of a CSV text. */
typedef struct {
    uint32_t fields_end; /* how many ends were written up to and with this record */
    uint32_t line;       /* line breaks between the start of the text and the record */
    uint32_t is_broken;  /* 1: its quotes do not fit; it is the one line where they began */
} assay_csv_record;

typedef struct {
    size_t consumed; /* bytes up to and with the last record's line break */
    size_t records;
    size_t fields;
    uint32_t lines; /* line breaks inside the consumed bytes */
    bool is_full;   /* an array was full before the text was used up */
} assay_csv_index_result;

/* The dialect and the text that assay_csv_index reads. */
typedef struct {
    const uint8_t *bytes;
    size_t length;
    uint8_t delimiter;
    uint8_t line_break;
    uint8_t quote;
    bool is_last; /* nothing follows: a record without a line break is whole */
} assay_csv_text;

/* Goes through a text record by record and, where `notes` says so, writes down where each field ends.
 *
 * ends[k] is the place of the delimiter or line break behind a field, or the length of the text. A record starts
 * behind the last end of the one before. A quote opens a quoted field only as its first byte (RFC 4180); elsewhere
 * it is text. Where a closing quote is followed by anything but a delimiter or a line break, or is missing at the
 * end of the text, the line on which the record began becomes a broken record and reading goes on with the next line,
 * so that one stray quote costs one line. A record that is not whole is left for the next call.
 * 64 free places in each array are needed to go on. */
static inline __attribute__((always_inline)) assay_csv_index_result assay_csv_walk(
    assay_csv_text text, uint32_t *ends, size_t end_capacity, assay_csv_record *records, size_t record_capacity,
    const bool notes) {
    const uint8_t *bytes = text.bytes;
    const size_t length = text.length;
    assay_csv_index_result out = {0, 0, 0, 0, false};
    size_t fields = 0, position = 0, record_start = 0, ignored_to = 0;
    uint32_t line = 0, record_line = 0;
    bool inside = false, broken = false;

    for (;;) {
        while (position < length && !broken) {
            if (notes && (end_capacity - fields < 64 || record_capacity - out.records < 64)) {
                out.is_full = true;
                return out;
            }
            const size_t left = length - position;
            uint8_t tail[64];
            const uint8_t *block = bytes + position;
            uint64_t valid = ~(uint64_t)0;
            if (left < 64) {
                memset(tail, 0, 64);
                memcpy(tail, block, left);
                block = tail;
                valid = ((uint64_t)1 << left) - 1;
            }
            const assay_csv_masks masks = assay_csv_match(block, text.delimiter, text.line_break, text.quote);
            uint64_t special = (masks.delimiters | masks.breaks) & valid;
            if (!notes && !inside && (masks.quotes & valid) == 0) {
                const uint64_t breaks = masks.breaks & valid;
                if (breaks) {
                    const int count = __builtin_popcountll(breaks);
                    out.records += (size_t)count;
                    line += (uint32_t)count;
                    record_line = line;
                    record_start = position + 64 - (size_t)__builtin_clzll(breaks);
                    out.consumed = record_start;
                    out.lines = line;
                }
                position += 64;
                continue;
            }
            if (!inside && (masks.quotes & valid) == 0) {
                while (special) {
                    const int bit = __builtin_ctzll(special);
                    ends[fields++] = (uint32_t)(position + bit);
                    if (masks.breaks >> bit & 1) {
                        out.records += 1;
                        records[out.records - 1] = (assay_csv_record){(uint32_t)fields, record_line, 0};
                        record_line = ++line;
                        record_start = position + bit + 1;
                        out.consumed = record_start;
                        out.fields = fields;
                        out.lines = line;
                    }
                    special &= special - 1;
                }
                position += 64;
                continue;
            }
            special |= masks.quotes & valid;
            for (; special; special &= special - 1) {
                const size_t at = position + (size_t)__builtin_ctzll(special);
                const uint8_t byte = bytes[at];
                if (at < ignored_to) continue;
                if (byte == text.quote) {
                    if (!inside) {
                        inside = at == record_start || bytes[at - 1] == text.delimiter;
                        continue;
                    }
                    if (at + 1 == length) {
                        if (!text.is_last) return out;
                        inside = false;
                        continue;
                    }
                    const uint8_t next = bytes[at + 1];
                    if (next == text.quote) {
                        ignored_to = at + 2;
                        continue;
                    }
                    bool closes = next == text.delimiter || next == text.line_break;
                    if (!closes && next == '\r') {
                        if (at + 2 == length && !text.is_last) return out;
                        closes = at + 2 == length || bytes[at + 2] == text.line_break;
                    }
                    if (!closes) {
                        broken = true;
                        break;
                    }
                    inside = false;
                } else if (byte == text.line_break) {
                    line += 1;
                    if (inside) continue;
                    out.records += 1;
                    if (notes) {
                        ends[fields++] = (uint32_t)at;
                        records[out.records - 1] = (assay_csv_record){(uint32_t)fields, record_line, 0};
                    }
                    record_line = line;
                    record_start = at + 1;
                    out.consumed = record_start;
                    out.fields = fields;
                    out.lines = line;
                } else if (notes && !inside) {
                    ends[fields++] = (uint32_t)at;
                }
            }
            position += 64;
        }
        if (!broken && !(inside && text.is_last)) break;

        /* The quotes do not fit: give up the record's first line and start again behind it. */
        const void *found = memchr(bytes + record_start, text.line_break, length - record_start);
        if (found == NULL && !text.is_last) return out;
        const size_t end = found == NULL ? length : (size_t)((const uint8_t *)found - bytes);
        if (notes && (end_capacity - out.fields < 64 || record_capacity - out.records < 64)) {
            out.is_full = true;
            return out;
        }
        fields = out.fields;
        out.records += 1;
        if (notes) {
            ends[fields++] = (uint32_t)end;
            records[out.records - 1] = (assay_csv_record){(uint32_t)fields, record_line, 1};
        }
        line = record_line + (found == NULL ? 0 : 1);
        record_line = line;
        record_start = found == NULL ? length : end + 1;
        position = record_start;
        ignored_to = record_start;
        out.consumed = record_start;
        out.fields = fields;
        out.lines = line;
        inside = false;
        broken = false;
    }

    if (text.is_last && record_start < length) {
        if (notes && (end_capacity == fields || record_capacity == out.records)) {
            out.is_full = true;
            return out;
        }
        out.records += 1;
        if (notes) {
            ends[fields++] = (uint32_t)length;
            records[out.records - 1] = (assay_csv_record){(uint32_t)fields, record_line, 0};
        }
        out.consumed = length;
        out.fields = fields;
        out.lines = line;
    }
    return out;
}

/* Notes where each field ends, record by record. */
static inline assay_csv_index_result assay_csv_index(
    assay_csv_text text, uint32_t *ends, size_t end_capacity, assay_csv_record *records, size_t record_capacity) {
    return assay_csv_walk(text, ends, end_capacity, records, record_capacity, true);
}

/* Only counts the whole records, their bytes and their line breaks: exactly those that assay_csv_index finds. */
static inline assay_csv_index_result assay_csv_whole(assay_csv_text text) {
    return assay_csv_walk(text, NULL, 0, NULL, 0, false);
}

/* The place of the first quote, backslash or control character (below 0x20) at or behind `from`, else `length`. */
static inline size_t assay_json_text_end(const uint8_t *bytes, size_t from, size_t length) {
    size_t at = from;
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i control = _mm_set1_epi8(0x1F);
    for (; length - at >= 16; at += 16) {
        const __m128i x = _mm_loadu_si128((const __m128i *)(bytes + at));
        const __m128i hit = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(x, quote), _mm_cmpeq_epi8(x, backslash)),
            _mm_cmpeq_epi8(_mm_min_epu8(x, control), x));
        const int mask = _mm_movemask_epi8(hit);
        if (mask) return at + (size_t)__builtin_ctz((unsigned)mask);
    }
#endif
    for (; at < length; at++) {
        if (bytes[at] == '"' || bytes[at] == '\\' || bytes[at] < 0x20) return at;
    }
    return at;
}

/* The place of a byte at or behind `from`, else `length`. */
static inline size_t assay_find_byte(const uint8_t *bytes, size_t from, size_t length, uint8_t byte) {
    if (from >= length) return length;
    const void *found = memchr(bytes + from, byte, length - from);
    return found == NULL ? length : (size_t)((const uint8_t *)found - bytes);
}

/* Whether two stretches hold the same bytes. */
static inline bool assay_equal(const uint8_t *one, const uint8_t *other, size_t length) {
    return memcmp(one, other, length) == 0;
}

/* Whether no byte between `from` and `to` is above 0x7F. */
static inline bool assay_is_ascii(const uint8_t *bytes, size_t from, size_t to) {
    uint8_t any = 0;
    for (size_t at = from; at < to; at++) any |= bytes[at];
    return any < 0x80;
}

/* How often a byte stands between `from` and `to`. */
static inline size_t assay_count_byte(const uint8_t *bytes, size_t from, size_t to, uint8_t byte) {
    size_t count = 0;
    size_t at = from;
#if defined(__SSE2__)
    const __m128i wanted = _mm_set1_epi8((char)byte);
    const __m128i zero = _mm_setzero_si128();
    while (to - at >= 16) {
        /* Each of the 16 lanes counts to 255 at most before they are added up. */
        const size_t blocks = (to - at) / 16 < 255 ? (to - at) / 16 : 255;
        __m128i lanes = zero;
        for (size_t block = 0; block < blocks; block++, at += 16) {
            const __m128i x = _mm_loadu_si128((const __m128i *)(bytes + at));
            lanes = _mm_sub_epi8(lanes, _mm_cmpeq_epi8(x, wanted));
        }
        const __m128i sums = _mm_sad_epu8(lanes, zero);
        count += (size_t)_mm_cvtsi128_si64(sums) + (size_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums));
    }
#endif
    for (; at < to; at++) count += bytes[at] == byte;
    return count;
}

#endif
