/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/coalesce.h"

enum {
    TOGETHER = 6,               /* as many are worth waiting for */
    ONE = 16,                   /* of `company` */
    COMPANY_BEGIN = 2 * ONE,    /* what is hoped for */
    COMPANY_MIN = 3 * ONE / 2,  /* less was not worth the wait */
    REST_US = 1000 * 1000,      /* before it is tried again, and the longest gap that counts */
    WEIGHT = 4
};

struct coalesce coalesce_new(int64_t longest_ms)
{
    return (struct coalesce){.longest_us = longest_ms * 1000, .gap_us = REST_US, .company = COMPANY_BEGIN};
}

int64_t coalesce_wait_ms(const struct coalesce *coalesce, int64_t now_us)
{
    if (now_us < coalesce->off_us || coalesce->gap_us >= coalesce->longest_us)
        return 0;
    int64_t wait_us = TOGETHER * coalesce->gap_us;
    return (wait_us < coalesce->longest_us ? wait_us : coalesce->longest_us) / 1000;
}

static void judge(struct coalesce *coalesce, int64_t now_us, unsigned calls)
{
    coalesce->company += ((int64_t)calls * ONE - coalesce->company) / WEIGHT;
    if (coalesce->company >= COMPANY_MIN)
        return;
    coalesce->off_us = now_us + REST_US;
    coalesce->company = COMPANY_BEGIN;
}

void coalesce_found(struct coalesce *coalesce, int64_t now_us, unsigned calls, bool waited)
{
    if (waited)
        judge(coalesce, now_us, calls);
    if (calls == 0)
        return;
    int64_t passed_us = now_us - coalesce->last_us;
    int64_t gap_us = (passed_us < REST_US ? passed_us : REST_US) / calls;
    coalesce->gap_us += (gap_us - coalesce->gap_us) / WEIGHT;
    coalesce->last_us = now_us;
}
