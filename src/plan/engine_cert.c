#include "engine_int.h"

bool tb_engine_cert_check(glp_prob *P, const struct tb_engine_cert *k,
			  int64_t *bound)
{
	(void)P;
	(void)k;
	*bound = 0;
	return false;
}
