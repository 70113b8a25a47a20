/* Loops over the vocabulary: a distribution is read once, in registers, where tensor operations would carry it through
   memory a dozen times.

   Kept probabilities are numbers in half precision or, with `single`, in single precision. Exponentials and logarithms are the polynomials of Cephes' expf and
   logf (Moshier, https://www.netlib.org/cephes), right to 1e-7 of themselves. What is no number makes its row's sums no
   numbers. */

#include <math.h>
#include <stdint.h>
#include <string.h>
#if defined(__F16C__)
#include <immintrin.h>
#endif

typedef uint16_t half;

#define BLOCK 1024  /* tokens summed up in single precision before their sum goes to a double */
#define AHEAD 4096  /* so many tokens before they are read, halves are brought near: some processors foresee nothing */
#define LINE 64     /* bytes in a line of most caches */

static inline float power_of_two(float whole) {
    int32_t bits = ((int32_t)whole + 127) << 23;
    float power;
    memcpy(&power, &bits, 4);
    return power;
}

/* For x from -87 to 88. */
static inline float exp_of(float x) {
    float n = floorf(x * 1.44269504f + 0.5f);
    x = x - n * 0.693359375f + n * 2.12194440e-4f;
    float p = 1.9875691500e-4f * x + 1.3981999507e-3f;
    p = p * x + 8.3334519073e-3f;
    p = p * x + 4.1665795894e-2f;
    p = p * x + 1.6666665459e-1f;
    p = p * x + 5.0000001201e-1f;
    return (p * x * x + x + 1.0f) * power_of_two(n);
}

/* For positive x that is not subnormal. */
static inline float log_of(float x) {
    const int32_t root = 0x3f3504f3; /* the bits of sqrt(1/2): the mantissa is from there to sqrt(2) */
    int32_t bits;
    memcpy(&bits, &x, 4);
    bits -= root;
    float exponent = (float)(bits >> 23), m;
    bits = (bits & 0x7fffff) + root;
    memcpy(&m, &bits, 4);
    m -= 1.0f;
    float p = 7.0376836292e-2f * m - 1.1514610310e-1f;
    p = p * m + 1.1676998740e-1f;
    p = p * m - 1.2420140846e-1f;
    p = p * m + 1.4249322787e-1f;
    p = p * m - 1.6668057665e-1f;
    p = p * m + 2.0000714765e-1f;
    p = p * m - 2.4999993993e-1f;
    p = p * m + 3.3333331174e-1f;
    return p * m * m * m - 0.5f * m * m + m + exponent * 0.693147181f;
}

#if defined(__F16C__)
static inline void to_floats(const half *restrict from, float *restrict to, long count) {
    long i = 0;
    for (; i + 8 <= count; i += 8)
        _mm256_storeu_ps(to + i, _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(from + i))));
    for (; i < count; i++) to[i] = _cvtsh_ss(from[i]);
}

static inline void to_halves(const float *restrict from, half *restrict to, long count) {
    long i = 0;
    for (; i + 8 <= count; i += 8)
        _mm_storeu_si128((__m128i *)(to + i), _mm256_cvtps_ph(_mm256_loadu_ps(from + i), 0));
    for (; i < count; i++) to[i] = _cvtss_sh(from[i], 0);
}
#else
static inline void to_floats(const half *restrict from, float *restrict to, long count) {
    for (long i = 0; i < count; i++) {
        _Float16 number;
        memcpy(&number, from + i, 2);
        to[i] = (float)number;
    }
}

static inline void to_halves(const float *restrict from, half *restrict to, long count) {
    for (long i = 0; i < count; i++) {
        _Float16 number = (_Float16)from[i];
        memcpy(to + i, &number, 2);
    }
}
#endif

/* Entries `at` and after of what is kept, in halves or in `single` precision; halves are put into `room`. */
static inline const float *loaded(const void *kept, long at, long count, int single, float *room) {
    if (single) return (const float *)kept + at;
    to_floats((const half *)kept + at, room, count);
    return room;
}

/* What was kept of `numbers`, rounded. */
static inline const float *stored(void *kept, long at, long count, int single, float *numbers) {
    if (single) {
        memcpy((float *)kept + at, numbers, count * sizeof(float));
        return numbers;
    }
    to_halves(numbers, (half *)kept + at, count);
    return loaded(kept, at, count, single, numbers);
}

static inline long lesser(long a, long b) { return a < b ? a : b; }

/* The largest logits of every `maxima_of` tokens, the last that are fewer left out; the largest of all. */
static float largest_of(const float *restrict logits, float *restrict maxima, long vocab, long maxima_of) {
    long blocks = vocab / maxima_of;
    float largest = logits[0];
    for (long block = 0; block < blocks; block++) {
        const float *some = logits + block * maxima_of;
        float most = some[0];
#pragma omp simd reduction(max : most)
        for (long i = 0; i < maxima_of; i++) most = some[i] > most ? some[i] : most;
        maxima[block] = most;
        largest = most > largest ? most : largest;
    }
    for (long i = blocks * maxima_of; i < vocab; i++) largest = logits[i] > largest ? logits[i] : largest;
    return largest;
}

/* Of each row's w = exp(z), z = logits - largest and at least `lowest`, put w * scale into `kept`, and the largest logit
   and the sums of w, of w z, of what was kept of w, and of that times z into `sums` (rows, 5). */
void distribute(const float *logits, float *maxima, void *kept, double *sums, long rows, long vocab, long maxima_of,
                float scale, float lowest, int single, int threads) {
#pragma omp parallel for num_threads(threads) schedule(static)
    for (long row = 0; row < rows; row++) {
        const float *read = logits + row * vocab;
        float largest = largest_of(read, maxima + row * (vocab / maxima_of), vocab, maxima_of);
        double of_w = 0, of_wz = 0, of_r = 0, of_rz = 0;
        for (long begin = 0; begin < vocab; begin += BLOCK) {
            long count = lesser(BLOCK, vocab - begin);
            const float *some = read + begin;
            float zs[BLOCK], ws[BLOCK], w_sum = 0, wz_sum = 0, r_sum = 0, rz_sum = 0;
            for (long i = 0; i < count; i++) {
                float z = some[i] - largest;
                z = z < lowest ? lowest : z;
                float w = exp_of(z);
                zs[i] = z;
                ws[i] = w * scale;
                w_sum += w;
                wz_sum += w * z;
            }
            const float *rs = stored(kept, row * vocab + begin, count, single, ws);
            for (long i = 0; i < count; i++) {
                r_sum += rs[i];
                rz_sum += rs[i] * zs[i];
            }
            of_w += w_sum;
            of_wz += wz_sum;
            of_r += r_sum;
            of_rz += rz_sum;
        }
        double *own = sums + row * 5;
        own[0] = largest;
        own[1] = of_w;
        own[2] = of_wz;
        own[3] = of_r / scale;
        own[4] = of_rz / scale;
    }
}

/* Of each row's m = (after + share * before) / scale put the sum of m log m into `logs` (rows). */
void mix(const void *after, const void *before, const float *shares, double *logs, long rows, long vocab, float scale,
         int single, int threads) {
    long size = single ? 4 : 2;
#pragma omp parallel for num_threads(threads) schedule(static)
    for (long row = 0; row < rows; row++) {
        float down = 1 / scale, share = shares[row] / scale;
        double total = 0;
        for (long begin = 0; begin < vocab; begin += BLOCK) {
            long count = lesser(BLOCK, vocab - begin), first = row * vocab + begin;
            for (long i = first + AHEAD; i < first + AHEAD + BLOCK; i += LINE / size) {
                __builtin_prefetch((const char *)after + i * size);
                __builtin_prefetch((const char *)before + i * size);
            }
            float a_room[BLOCK], b_room[BLOCK], sum = 0;
            const float *a = loaded(after, first, count, single, a_room);
            const float *b = loaded(before, first, count, single, b_room);
            for (long i = 0; i < count; i++) {
                float m = a[i] * down + b[i] * share;
                sum += m * log_of(m);
            }
            total += sum;
        }
        logs[row] = total;
    }
}
