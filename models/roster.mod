/* roster.mod: the duty roster of a region as an integer program.
 *
 * toban (out-of-hours medical rosters), GPL-3.0-or-later.
 *
 * HOW TO READ IT. The program that owns this model looks at calendars, pools, wishes and published rosters and writes down
 * finished index sets: which candidates stand together in which row. So the model below never searches or compares; each
 * statement says what a rule means once one knows who is in it. All data are integers. To solve an exported instance with
 * nothing but GLPK:
 *
 *     toban export model 2026-12 --format dat -o december.dat
 *     glpsol -m roster.mod -d december.dat
 *
 * UNITS. Costs are integers; the unit is one hundredth of the squared deviation of one duty at price 1. Counts are duties.
 *
 * HARD AND PRICED. A hard row (names without _soft) is never broken. A priced row (_soft) has a slack: each unit above the cap
 * costs the price of the rule. Rows that another hard row implies are left out of the data, and equal priced rows are one row
 * with the sum of their prices; so a rule may have fewer rows than one would count. A bound seat (published before) has no
 * column: it has already lowered the caps, or made what it meets dearer (bound_fee), or left no candidate at all.
 */

/* ---- candidates: one provider in one slot, after every rule that a single seat can break --------------------------------- */

param n_x integer >= 0, default 0;
set X := 1..n_x;                              # in the order (slot, provider)
set pinned_X;                                 # fixed into the slot by the office (rule pin)

# What a candidate costs by itself, for those whom it costs anything:
set wish_X;        param wish_fee{wish_X} integer;              # wish: against one that is "if possible"; below 0: as one would like
set consulting_X;  param consulting_fee{consulting_X} integer;  # consulting.hours: his own surgery is not over before the duty begins
set tired_X;       param tired_fee{tired_X} integer;            # labour.rest: with his other work the span of work is too long, the rest too short
set recent_X;      param recent_fee{recent_X} integer;          # every.years: had a day of this class too few years ago
set rhythm_X;      param rhythm_fee{rhythm_X} integer;          # turn.near: far from his place in last year's turn
set bound_X;       param bound_fee{bound_X} integer;            # any priced rule whose limit bound seats have reached already

var x{i in X} integer, >= if i in pinned_X then 1 else 0, <= 1; # 1: the provider takes a seat of the slot

/* ---- cover: every seat is taken or open ----------------------------------------------------------------------------------- */

param n_slots integer >= 0, default 0;
param need{1..n_slots} integer >= 1;          # seats
param first_x{1..n_slots} integer;            # the slot's candidates are first_x .. last_x
param last_x{1..n_slots} integer;
param open_price integer >= 0;                # dearer than the dearest direct way of filling one seat

var open{s in 1..n_slots} integer, >= 0, <= need[s];

# Slots where a hard rule forbids a pin: all pins, out of the pinned candidates that are left. That cannot be, so there is no roster.
param n_pin integer >= 0, default 0;
set pin_X{1..n_pin} default {};
param pins{1..n_pin} integer;

/* ---- hard rules: at most cap of a set of candidates ------------------------------------------------------------------------ */

# one.seat: at most one seat of a duty, date and band for a provider, the reserve included
param n_seat integer, default 0;
set seat_X{1..n_seat};

# wish.count: a provider who must not have more than so many in a survey's days
param n_count integer, default 0;
set count_X{1..n_count};
param count_cap{1..n_count} integer;

# rest.days: one duty in so many days running; a window of days for each row, windows inside a longer list left out
param n_rest integer, default 0;
set rest_X{1..n_rest};

# rest.hours: seats, every two of one person, whose hours (lengthened by the rest) all meet each other
param n_hours integer, default 0;
set hours_X{1..n_hours};

# limit.count: so many in a day, week, month, year or in the planned period, perhaps on days of one class only;
# limit.window: so many in some calendar months running
param n_limit integer, default 0;
set limit_X{1..n_limit};
param limit_cap{1..n_limit} integer;

# class.run: not on two successive dates of a class (two holidays running)
param n_run integer, default 0;
set run_X{1..n_run};

# week.class: who is on at the weekend has no other duty in that week; all seats on days of the class with one other seat
param n_week integer, default 0;
set week_X{1..n_week};

# person.day: so many a day for a doctor together with the clinics he owns
param n_person integer, default 0;
set person_X{1..n_person};
param person_cap{1..n_person} integer;

# link.exclude: not both ends of a link at hours that meet (an owner and his clinic, a doctor and his hospital)
param n_link integer, default 0;
set link_X{1..n_link};

# pair.apart: two providers not both on one day (or in one month)
param n_apart integer, default 0;
set apart_X{1..n_apart};

# area.spread: so many seats of a slot from one area
param n_spread integer, default 0;
set spread_X{1..n_spread};
param spread_cap{1..n_spread} integer;

# every.years: one day of the class (New Year, say) in a fiscal year
param n_years integer, default 0;
set years_X{1..n_years};

# labour.rest: two seats of one provider that leave no rest between them
param n_labour integer, default 0;
set labour_X{1..n_labour};

# skill.min: seats of a slot, or of a day, are kept for those who offer the speciality; the others take what is left
param n_keep integer, default 0;
set keep_X{1..n_keep};
param keep_cap{1..n_keep} integer;

# follow: a seat (a clinic that prescribes outside) and the seats of the other duty (pharmacies) that lie far from it: not both all of these and it
param n_follow integer, default 0;
set follow_X{1..n_follow};
param follow_cap{1..n_follow} integer;

# pair.together: with a seat of the one, a seat of the other on that date
param n_pair integer, default 0;
set pair_X{1..n_pair};
set pair_by{1..n_pair} default {};

# limit.hours: minutes of the seats of a provider within a unit; what is settled already is taken off
param n_hours_most integer, default 0;
set hours_most_X{1..n_hours_most};
param hours_most_cap{1..n_hours_most} integer;
param minutes{X} integer, default 0;

/* ---- priced rules: the same families with a slack -------------------------------------------------------------------------- */

param n_count_soft integer, default 0;
set count_soft_X{1..n_count_soft};
param count_soft_cap{1..n_count_soft} integer;
param count_soft_price{1..n_count_soft} integer;
var count_over{k in 1..n_count_soft} >= 0, <= card(count_soft_X[k]);

param n_rest_soft integer, default 0;
set rest_soft_X{1..n_rest_soft};
param rest_soft_price{1..n_rest_soft} integer;
var rest_over{k in 1..n_rest_soft} >= 0, <= card(rest_soft_X[k]);

param n_hours_soft integer, default 0;        # one row for each pair of seats
set hours_soft_X{1..n_hours_soft};
param hours_soft_price{1..n_hours_soft} integer;
var hours_over{k in 1..n_hours_soft} >= 0, <= card(hours_soft_X[k]);

param n_limit_soft integer, default 0;
set limit_soft_X{1..n_limit_soft};
param limit_soft_cap{1..n_limit_soft} integer;
param limit_soft_price{1..n_limit_soft} integer;
var limit_over{k in 1..n_limit_soft} >= 0, <= card(limit_soft_X[k]);

param n_run_soft integer, default 0;
set run_soft_X{1..n_run_soft};
param run_soft_price{1..n_run_soft} integer;
var run_over{k in 1..n_run_soft} >= 0, <= card(run_soft_X[k]);

param n_person_soft integer, default 0;
set person_soft_X{1..n_person_soft};
param person_soft_cap{1..n_person_soft} integer;
param person_soft_price{1..n_person_soft} integer;
var person_over{k in 1..n_person_soft} >= 0, <= card(person_soft_X[k]);

param n_link_soft integer, default 0;         # one row for each pair of seats
set link_soft_X{1..n_link_soft};
param link_soft_price{1..n_link_soft} integer;
var link_over{k in 1..n_link_soft} >= 0, <= card(link_soft_X[k]);

param n_spread_soft integer, default 0;
set spread_soft_X{1..n_spread_soft};
param spread_soft_cap{1..n_spread_soft} integer;
param spread_soft_price{1..n_spread_soft} integer;
var spread_over{k in 1..n_spread_soft} >= 0, <= card(spread_soft_X[k]);

param n_years_soft integer, default 0;
set years_soft_X{1..n_years_soft};
param years_soft_price{1..n_years_soft} integer;
var years_over{k in 1..n_years_soft} >= 0, <= card(years_soft_X[k]);

param n_labour_soft integer, default 0;
set labour_soft_X{1..n_labour_soft};
param labour_soft_price{1..n_labour_soft} integer;
var labour_over{k in 1..n_labour_soft} >= 0, <= card(labour_soft_X[k]);

param n_follow_soft integer, default 0;
set follow_soft_X{1..n_follow_soft};
param follow_soft_cap{1..n_follow_soft} integer;
param follow_soft_price{1..n_follow_soft} integer;
var follow_over{k in 1..n_follow_soft} >= 0, <= card(follow_soft_X[k]);

# pair.apart: several rows may share a unit (a day or month), which costs once
param n_apart_soft integer, default 0;
param n_apart_units integer, default 0;
set apart_soft_X{1..n_apart_soft};
param apart_soft_cap{1..n_apart_soft} integer;  # 0: the other one's seat is bound
param apart_unit{1..n_apart_soft} integer;
param apart_price{1..n_apart_units} integer;
var apart_both{1..n_apart_units} binary;

# pair.together: the rows of a date share a unit, which costs once
param n_pair_soft integer, default 0;
param n_pair_units integer, default 0;
set pair_soft_X{1..n_pair_soft} default {};
set pair_soft_by{1..n_pair_soft} default {};
param pair_soft_cap{1..n_pair_soft} integer;  # -1: a bound seat asks for the other one
param pair_unit{1..n_pair_soft} integer;
param pair_price{1..n_pair_units} integer;
var pair_alone{1..n_pair_units} binary;

# limit.hours: hours begun beyond the limit
param n_hours_most_soft integer, default 0;
set hours_most_soft_X{1..n_hours_most_soft};
param hours_most_soft_cap{1..n_hours_most_soft} integer;
param hours_most_soft_price{1..n_hours_most_soft} integer;
var hours_more{k in 1..n_hours_most_soft} integer, >= 0, <= (sum{i in hours_most_soft_X[k]} minutes[i] - hours_most_soft_cap[k] + 59) div 60;

# week.class: with a seat on a day of the class, each other seat of the week costs. Where hard rules leave a provider at most one
# seat on such days, a row for each set of other seats of which he can take one:
param n_week_soft integer, default 0;
set week_soft_X{1..n_week_soft};
param week_soft_price{1..n_week_soft} integer;
var week_over{k in 1..n_week_soft} >= 0, <= card(week_soft_X[k]);

# Where they leave more, week by week:
param n_weeks integer, default 0;
param n_week_some integer, default 0;
param n_week_other integer, default 0;
set week_class_X{1..n_weeks};                 # seats on days of the class
param weeks_bound{1..n_weeks} integer;        # bound seats on other days
param weeks_price{1..n_weeks} integer;
set week_some_X{1..n_week_some};              # seats on days of the class of which he can take one
param week_some_of{1..n_week_some} integer;   # in which week
set week_other_X{1..n_week_other};            # other seats of which he can take one
param week_other_of{1..n_week_other} integer;
var week_any{1..n_weeks} binary;              # has a seat on a day of the class
var week_more{w in 1..n_weeks} >= 0, <= card(week_class_X[w]);  # seats on such days above one
var week_also{1..n_week_other} >= 0, <= 1;    # one of the other seats as well

/* ---- priced rules: at least ------------------------------------------------------------------------------------------------ */

# min.count: each provider at least so many in a unit (what bound seats give is taken off)
param n_min integer, default 0;
set min_X{1..n_min};
param min_cap{1..n_min} integer;
param min_price{1..n_min} integer;
var min_short{k in 1..n_min} >= 0, <= min_cap[k];

# skill.min: a slot with at least so many who offer a speciality
param n_skill integer, default 0;
set skill_X{1..n_skill};
param skill_cap{1..n_skill} integer;
param skill_price{1..n_skill} integer;
var skill_short{k in 1..n_skill} >= 0, <= skill_cap[k];

/* ---- fairness: loads in unit steps -----------------------------------------------------------------------------------------
 *
 * A load counts one account of one ledger: the duties of a class that a provider, a person or a municipality gets. With L duties
 * and the entitlement E (hundredths) the cost is w * (100 L^2 - 2 E L): the squared deviation in hundredths without its constant
 * w E^2 / 100. Step k = 1, 2, ... of the load, between 0 and 1, costs w * (100 (2k - 1) - 2E), the growth of that square from
 * k - 1 to k. As the costs rise with k, the steps fill in order by themselves, and at every integer load their sum is the exact
 * square; no binary columns, no big numbers, and a relaxation that is nearly always whole. The last step is wide: a limit on
 * loads is a rule of its own, never the number of steps.
 *
 * A deviation of one duty or more may cost more than its square: 100 v for each duty begun beyond it. Then step k costs 100 v besides when it leads
 * one duty or more above E, and 100 v less when it comes from one duty or more below. The costs still rise with k.
 *
 * Ledgers are nested (all duties, heavy ones, big days): a load may be the loads within it plus its own candidates.
 */

param n_loads integer, default 0;
set load_X{1..n_loads} default {};            # candidates that no load within this one counts
set load_in{1..n_loads} default {};           # loads within this one
param load_price{1..n_loads} integer;         # w
param entitlement{1..n_loads} integer;        # E, hundredths of a duty
param beyond{1..n_loads} integer >= 0;        # v
param steps{1..n_loads} integer >= 1;         # steps written
param last{1..n_loads} integer >= 1;          # width of the last one

var step{l in 1..n_loads, k in 1..steps[l]} >= 0, <= if k = steps[l] then last[l] else 1;

/* ---- what cannot be changed any more --------------------------------------------------------------------------------------- */

param fixed_cost integer, default 0;          # of rules that bound seats alone break in windows that this plan touches
var one >= 1, <= 1;                           # carries it, because files for other solvers have no constant

# This stands before the objective because MathProg numbers columns by their first mention: the candidates in their own order.
s.t. cover{s in 1..n_slots}: sum{i in first_x[s]..last_x[s]} x[i] + open[s] = need[s];

minimize total:
    open_price * sum{s in 1..n_slots} open[s]
  + sum{i in wish_X} wish_fee[i] * x[i]
  + sum{i in consulting_X} consulting_fee[i] * x[i]
  + sum{i in tired_X} tired_fee[i] * x[i]
  + sum{i in recent_X} recent_fee[i] * x[i]
  + sum{i in rhythm_X} rhythm_fee[i] * x[i]
  + sum{i in bound_X} bound_fee[i] * x[i]
  + sum{k in 1..n_count_soft} count_soft_price[k] * count_over[k]
  + sum{k in 1..n_rest_soft} rest_soft_price[k] * rest_over[k]
  + sum{k in 1..n_hours_soft} hours_soft_price[k] * hours_over[k]
  + sum{k in 1..n_limit_soft} limit_soft_price[k] * limit_over[k]
  + sum{k in 1..n_run_soft} run_soft_price[k] * run_over[k]
  + sum{k in 1..n_person_soft} person_soft_price[k] * person_over[k]
  + sum{k in 1..n_link_soft} link_soft_price[k] * link_over[k]
  + sum{k in 1..n_spread_soft} spread_soft_price[k] * spread_over[k]
  + sum{k in 1..n_years_soft} years_soft_price[k] * years_over[k]
  + sum{k in 1..n_labour_soft} labour_soft_price[k] * labour_over[k]
  + sum{k in 1..n_follow_soft} follow_soft_price[k] * follow_over[k]
  + sum{u in 1..n_apart_units} apart_price[u] * apart_both[u]
  + sum{u in 1..n_pair_units} pair_price[u] * pair_alone[u]
  + sum{k in 1..n_hours_most_soft} hours_most_soft_price[k] * hours_more[k]
  + sum{k in 1..n_week_soft} week_soft_price[k] * week_over[k]
  + sum{w in 1..n_weeks} weeks_price[w] * (weeks_bound[w] * week_any[w] + week_more[w])
  + sum{k in 1..n_week_other} weeks_price[week_other_of[k]] * week_also[k]
  + sum{k in 1..n_min} min_price[k] * min_short[k]
  + sum{k in 1..n_skill} skill_price[k] * skill_short[k]
  + sum{l in 1..n_loads, k in 1..steps[l]} (load_price[l] * (100 * (2 * k - 1) - 2 * entitlement[l])
      + 100 * beyond[l] * ((if 100 * k >= entitlement[l] + 100 then 1 else 0) - (if 100 * (k - 1) <= entitlement[l] - 100 then 1 else 0))) * step[l,k]
  + fixed_cost * one;

s.t. pin{k in 1..n_pin}: sum{i in pin_X[k]} x[i] >= pins[k];

s.t. seat{k in 1..n_seat}: sum{i in seat_X[k]} x[i] <= 1;
s.t. count{k in 1..n_count}: sum{i in count_X[k]} x[i] <= count_cap[k];
s.t. rest{k in 1..n_rest}: sum{i in rest_X[k]} x[i] <= 1;
s.t. hours{k in 1..n_hours}: sum{i in hours_X[k]} x[i] <= 1;
s.t. limit{k in 1..n_limit}: sum{i in limit_X[k]} x[i] <= limit_cap[k];
s.t. run{k in 1..n_run}: sum{i in run_X[k]} x[i] <= 1;
s.t. week{k in 1..n_week}: sum{i in week_X[k]} x[i] <= 1;
s.t. person{k in 1..n_person}: sum{i in person_X[k]} x[i] <= person_cap[k];
s.t. link{k in 1..n_link}: sum{i in link_X[k]} x[i] <= 1;
s.t. apart{k in 1..n_apart}: sum{i in apart_X[k]} x[i] <= 1;
s.t. spread{k in 1..n_spread}: sum{i in spread_X[k]} x[i] <= spread_cap[k];
s.t. years{k in 1..n_years}: sum{i in years_X[k]} x[i] <= 1;
s.t. labour{k in 1..n_labour}: sum{i in labour_X[k]} x[i] <= 1;
s.t. keep{k in 1..n_keep}: sum{i in keep_X[k]} x[i] <= keep_cap[k];
s.t. follow{k in 1..n_follow}: sum{i in follow_X[k]} x[i] <= follow_cap[k];
s.t. pair{k in 1..n_pair}: sum{i in pair_X[k]} x[i] - sum{i in pair_by[k]} x[i] <= 0;
s.t. hours_most{k in 1..n_hours_most}: sum{i in hours_most_X[k]} minutes[i] * x[i] <= hours_most_cap[k];

s.t. count_soft{k in 1..n_count_soft}: sum{i in count_soft_X[k]} x[i] - count_over[k] <= count_soft_cap[k];
s.t. rest_soft{k in 1..n_rest_soft}: sum{i in rest_soft_X[k]} x[i] - rest_over[k] <= 1;
s.t. hours_soft{k in 1..n_hours_soft}: sum{i in hours_soft_X[k]} x[i] - hours_over[k] <= 1;
s.t. limit_soft{k in 1..n_limit_soft}: sum{i in limit_soft_X[k]} x[i] - limit_over[k] <= limit_soft_cap[k];
s.t. run_soft{k in 1..n_run_soft}: sum{i in run_soft_X[k]} x[i] - run_over[k] <= 1;
s.t. person_soft{k in 1..n_person_soft}: sum{i in person_soft_X[k]} x[i] - person_over[k] <= person_soft_cap[k];
s.t. link_soft{k in 1..n_link_soft}: sum{i in link_soft_X[k]} x[i] - link_over[k] <= 1;
s.t. spread_soft{k in 1..n_spread_soft}: sum{i in spread_soft_X[k]} x[i] - spread_over[k] <= spread_soft_cap[k];
s.t. years_soft{k in 1..n_years_soft}: sum{i in years_soft_X[k]} x[i] - years_over[k] <= 1;

s.t. labour_soft{k in 1..n_labour_soft}: sum{i in labour_soft_X[k]} x[i] - labour_over[k] <= 1;
s.t. follow_soft{k in 1..n_follow_soft}: sum{i in follow_soft_X[k]} x[i] - follow_over[k] <= follow_soft_cap[k];

s.t. apart_soft{k in 1..n_apart_soft}: sum{i in apart_soft_X[k]} x[i] - apart_both[apart_unit[k]] <= apart_soft_cap[k];
s.t. pair_soft{k in 1..n_pair_soft}: sum{i in pair_soft_X[k]} x[i] - sum{i in pair_soft_by[k]} x[i] - pair_alone[pair_unit[k]] <= pair_soft_cap[k];
s.t. hours_most_soft{k in 1..n_hours_most_soft}: sum{i in hours_most_soft_X[k]} minutes[i] * x[i] - 60 * hours_more[k] <= hours_most_soft_cap[k];

s.t. week_soft{k in 1..n_week_soft}: sum{i in week_soft_X[k]} x[i] - week_over[k] <= 1;
s.t. week_class{w in 1..n_weeks}: sum{i in week_class_X[w]} x[i] - week_more[w] <= 1;
s.t. week_some{k in 1..n_week_some}: sum{i in week_some_X[k]} x[i] - week_any[week_some_of[k]] <= 0;
s.t. week_other{k in 1..n_week_other}: sum{i in week_other_X[k]} x[i] + week_any[week_other_of[k]] - week_also[k] <= 1;

s.t. min_least{k in 1..n_min}: sum{i in min_X[k]} x[i] + min_short[k] >= min_cap[k];
s.t. skill_least{k in 1..n_skill}: sum{i in skill_X[k]} x[i] + skill_short[k] >= skill_cap[k];

s.t. load{l in 1..n_loads}: sum{i in load_X[l]} x[i] + sum{j in load_in[l], k in 1..steps[j]} step[j,k]
    = sum{k in 1..steps[l]} step[l,k];

end;
