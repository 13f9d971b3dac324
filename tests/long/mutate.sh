#!/usr/bin/env bash
# Does the third hand see a wrong rule? From a clean tree: each named one-line change of a C file is built apart, and tests/cli/oracle.sh is
# expected to fail. Prints caught or NOT CAUGHT for each. Takes about half a minute for each on an idle machine.
#   mutate.sh [GLOB]    only those whose name matches
#   SEEDS='1 60'        the regions
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
glob=${1:-*}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP # bash runs what is for EXIT only where it ends by itself
git diff --quiet HEAD || { echo "mutate: the tree is not clean; what is committed is what is changed" >&2; exit 2; }
git archive HEAD | tar -x -C "$work"
cp -r node_modules "$work" 2>/dev/null
build() { make -C "$work" -s -j2 build/toban >"$work/build.log" 2>&1; }
build || { cat "$work/build.log"; exit 1; }
# NAME@@FILE@@WHAT IS THERE@@WHAT IS PUT THERE (nothing: it goes)
changes=$(
    cat <<'LIST'
check-rest-days-by-one@@src/domain/check_rules.c@@if (y->date - x->date < t->a->days && any_planned@@if (y->date - x->date <= t->a->days && any_planned
check-min-by-one@@src/domain/check_rules.c@@if (n < t->a->min && ours@@if (n + 1 < t->a->min && ours
check-min-any-unit@@src/domain/check_rules.c@@if (from < t->j->p->from || to > t->j->p->to) return;@@if (to > t->j->p->to) return;
check-every-years-by-one@@src/domain/check_rules.c@@if (before > last) file_pair@@if (before >= last) file_pair
check-rest-hours-exact@@src/domain/check_rules.c@@< t->a->hours * 60) file_pair@@<= t->a->hours * 60) file_pair
check-rest-hours-same-slot@@src/domain/check_rules.c@@if (x->slot == y->slot || !(x->planned@@if (!(x->planned
check-link-any-date@@src/domain/check_rules.c@@if (!tb_link_on(link, x->date)) continue;@@if (0) continue;
check-turn-by-one@@src/domain/check_rules.c@@if (least > t->a->days)@@if (least >= t->a->days)
check-turn-same-year@@src/domain/check_rules.c@@tb_fiscal_year(x->date) - 1) continue;@@tb_fiscal_year(x->date)) continue;
check-hours-floor@@src/domain/check_rules.c@@(minutes + 59) / 60@@minutes / 60
check-skill-open-soft@@src/domain/check_rules.c@@(t->hard ? x->open : 0)@@x->open
check-follow-open@@src/domain/check_rules.c@@others && !open && !near@@others && !near
check-wish-must@@src/domain/check_rules.c@@tb_facts_wish_mild(f, w) &&@@1 &&
check-wish-count@@src/domain/check_rules.c@@if (n <= wish->count) continue;@@if (n < wish->count) continue;
check-window-from-period@@src/domain/check_rules.c@@for (int m = 1 - t->a->months;@@for (int m = 0;
check-area-need@@src/domain/check_rules.c@@x->need < 2) return;@@x->need < 3) return;
check-help-given@@src/domain/check.c@@if (member >= 0 && r->members[member].help == TB_HELP_GIVEN) return -1;@@
score-week@@src/domain/score.c@@if (have > 1 && sum(s, s->marked@@if (have > 2 && sum(s, s->marked
score-run-gap@@src/domain/score.c@@d - last <= 400@@d - last <= 4
score-turn@@src/domain/score.c@@near |= y->date + 364 >= x->date@@near |= y->date + 365 >= x->date
score-hours-floor@@src/domain/score.c@@over / 60 + (over % 60 > 0)@@over / 60
score-area@@src/domain/score.c@@n += x.n[area] - s->f.args[rule].max;@@n += 1;
score-rest-window@@src/domain/score.c@@int have = sum(s, s->seats, d, d + a->days - 1);@@int have = sum(s, s->seats, d, d + a->days);
books-help-accrues@@src/domain/accounts.c@@if (row->help != TB_HELP_NO || @@if (
books-ungrouped@@src/domain/accounts.c@@grouped = grouped && members->v[i].group >= 0;@@grouped = grouped && true;
books-given-booked@@src/domain/accounts.c@@bool given = m >= 0 && r->members[m].help == TB_HELP_GIVEN;@@bool given = false;
books-given-done@@src/domain/accounts.c@@if (m >= 0 && r->members[m].help == TB_HELP_GIVEN) return -1;@@
books-formula-year@@src/domain/accounts.c@@tb_fiscal_year(date) - f->before)@@tb_fiscal_year(date))
books-no-remainder@@src/domain/accounts.c@@i < n && left > 0; i++, left--@@i < n && left > n; i++, left--
books-carried-whole@@src/domain/problem.c@@cap > 0 && c->carried > cap ? cap@@cap > 0 && c->carried > cap ? c->carried
price-open-beyond@@src/domain/problem.c@@+ 100 * (int64_t)p->counters[i].beyond;@@;
plan-rest-days-strict@@src/plan/gen_rules.c@@tb_gen_date_of(c, &c->sel[k]) < days;)@@tb_gen_date_of(c, &c->sel[k]) <= days;)
plan-rest-hours-strict@@src/plan/gen_rules.c@@< tb_slot_end(tb_gen_slot_of(c, a)) + gap;@@<= tb_slot_end(tb_gen_slot_of(c, a)) + gap;
plan-rest-outside-permit@@src/plan/gen_rules.c@@if (!x->permit && tb_slot_start@@if (tb_slot_start
plan-every-years@@src/plan/gen_rules.c@@ago > 0 && ago < a->years;@@ago > 0 && ago <= a->years;
plan-week-bound@@src/plan/gen_rules.c@@(w->bound_class || (w->bound_other@@(w->bound_class || (0 && w->bound_other
plan-age@@src/plan/gen_rules.c@@*end = birthday(born, a->age_to + 1);@@*end = birthday(born, a->age_to);
plan-min-one-less@@src/plan/gen_rules.c@@int missing = a->min - tb_gen_gather@@int missing = a->min - 1 - tb_gen_gather
plan-link-touch@@src/plan/gen_rules.c@@interval[i].from - margin < b->interval@@interval[i].from - margin <= b->interval
plan-holiday-hours@@src/plan/gen_unary.c@@if (tb_region_holiday(r, d)) continue;@@
plan-wish-duty@@src/plan/gen_unary.c@@if (w->duty >= 0 ? w->duty != s->duty : @@if (
plan-wish-band@@src/plan/gen_unary.c@@return w->band[0] == '\0' || @@return true || 
plan-wish-last-day@@src/plan/gen_unary.c@@s->date > to) {@@s->date >= to) {
plan-labour-reach@@src/plan/gen_labour.c@@(a->night_rest + a->night_span) * HOUR;@@(a->night_rest) * HOUR;
plan-labour-trainee@@src/plan/gen_labour.c@@(night && through_the_night@@(through_the_night
proof-one-too-high@@src/domain/proof.c@@if (rest > 0 && integer) whole++;@@whole++;
proof-floor@@src/domain/proof.c@@if (rest < 0 && !integer) whole--;@@
LIST
)
n=0 missed=0
while IFS= read -r line; do
    name=${line%%@@*}
    # shellcheck disable=SC2254
    case "$name" in $glob) ;; *) continue ;; esac
    file=${line#*@@} there=${line#*@@*@@}
    file=${file%%@@*} put=${there#*@@} there=${there%%@@*}
    n=$((n + 1))
    cp "$work/$file" "$work/kept"
    text=$(cat "$work/$file")
    if [ "${text/"$there"/}" = "$text" ]; then
        echo "not ok $n - $name: $file has no such line"
        missed=$((missed + 1))
        continue
    fi
    printf '%s\n' "${text/"$there"/"$put"}" >"$work/$file"
    if ! build; then
        echo "not ok $n - $name: does not build: $(grep -m1 error "$work/build.log")"
        missed=$((missed + 1))
    elif (cd "$work" && ORACLE="--first --time ${SECONDS_EACH:-4}" bash tests/cli/oracle.sh >"$work/run.log" 2>&1); then
        echo "not ok $n - $name: NOT CAUGHT"
        missed=$((missed + 1))
    else
        echo "ok $n - $name: caught, $(grep -m1 -A1 '^not ok' "$work/run.log" | tail -n 1 | sed 's/.*exit 70: toban: //; s/^# *//' | cut -c1-110)"
    fi
    cp "$work/kept" "$work/$file"
    touch "$work/$file"
done <<<"$changes"
echo "1..$n"
[ "$missed" -eq 0 ]
