"""Ledgers: who has an account, what a seat accrues to whom, what is carried, what a load costs."""
import fractions

from . import days

MILLION = 1000000


def millionths(text):
    return int(fractions.Fraction(text) * MILLION)


def divide(total, weights):
    """{key: weight} -> {key: whole part of total} by largest remainder; of equal remainders the first key's."""
    whole = sum(weights.values())
    if whole == 0:
        return dict.fromkeys(weights, 0)
    out = {k: total * w // whole for k, w in weights.items()}
    short = total - sum(out.values())
    for k in sorted(weights, key=lambda k: (-(total * weights[k] % whole), k))[:short]:
        out[k] += 1
    return out


class Counter:
    def __init__(self, ledger, account, entitlement):
        """entitlement: in hundredths."""
        self.ledger, self.account, self.e = ledger, account, entitlement
        self.steps = max(1, -(-entitlement // 100) + 4)

    def marginal(self, k):
        """What the k-th duty costs."""
        w, v, j = int(self.ledger["price"]), int(self.ledger["beyond"]), min(k, self.steps)
        above = 100 * j >= self.e + 100
        below = 100 * (j - 1) <= self.e - 100
        return w * (100 * (2 * j - 1) - 2 * self.e) + 100 * v * (above - below)

    def cost(self, load):
        return sum(self.marginal(k) for k in range(1, load + 1))


def counts(world, ledger, slot):
    return slot.duty in ledger.ids("duties") and slot.role == ledger["role"] and world.slot_in(slot, ledger["class"])


def has_row(world, ledger, provider):
    return any((duty, provider) in world.members for duty in ledger.ids("duties"))


def person_name(world, ledger, provider, day):
    """Under which name a seat of that day is entered in a ledger of persons; None: nowhere."""
    person = world.persons(day)[provider]
    return person[0] if sum(has_row(world, ledger, p) for p in person) >= 2 else None


def row_of(world, provider, slot):
    return world.members[slot.duty, provider] if world.on_row(provider, slot.duty, slot.date) else None


def account(world, ledger, provider, slot, on):
    """Of a seat, as the books of the day `on` read it; None: it has none there."""
    row = row_of(world, provider, slot)
    if row is not None and row["help"] == "given":
        return None
    if ledger["scope"] == "provider":
        return provider
    if ledger["scope"] == "share":
        return (row["share"] or None) if row is not None else None
    return read_name(world, ledger, person_name(world, ledger, provider, slot.date), on)


def read_name(world, ledger, name, on):
    if ledger["scope"] != "person" or name is None:
        return name
    return world.persons(on)[name][0]


def weights(world, duty, of, day, keys):
    """By the formulas in force on the day, else by the rows."""
    rows = [r for r in world.t["formulas"] if r["duty"] == duty and r["of"] == of and world.in_force(r, day)]
    if not rows:
        if of == "share":
            table = {r["id"]: world.on("shares", r, day)["weight"] for r in world.t["shares"] if r["duty"] == duty}
        else:
            table = {k: world.on("members", world.members[duty, k], day)["weight"] for k in keys}
        return {k: millionths(table[k]) for k in keys}
    total = dict.fromkeys(keys, 0)
    for r in rows:
        year = days.fiscal(day) - int(r["before"])
        parts = {}
        for k in keys:
            told = [f for f in world.t["figures"] if (f["duty"], f["account"], f["part"]) == (duty, k, r["part"]) and int(f["year"]) <= year]
            parts[k] = MILLION if r["part"] == "equal" else millionths(max(told, key=lambda f: int(f["year"]))["value"]) if told else 0
        for k, w in divide(millionths(r["percent"]), parts).items():
            total[k] += w
    return total


def accrual(world, ledger, slot, seats):
    """{provider or, in a ledger of shares, group: millionths} that the seats of a slot add."""
    able = {}
    for duty, provider in sorted(world.members):
        if duty == slot.duty and world.member(provider, duty, slot.date) and world.members[duty, provider]["help"] == "no":
            rows = world.exemptions(provider, slot)
            owed = world.duties[duty]["absence"] == "owed"
            if all(r["accrues"] == "yes" or (r["weekdays"] and owed) for r in rows):
                able[provider] = world.members[duty, provider]["share"]
    mine = weights(world, slot.duty, "member", slot.date, list(able))
    names = sorted({g for g in able.values() if g})
    groups = weights(world, slot.duty, "share", slot.date, names)
    if ledger["scope"] == "share":
        return divide(seats * MILLION, groups)
    if not able or not all(able.values()):
        return divide(seats * MILLION, mine)
    out = {}
    some = {g: w for g, w in groups.items() if any(mine[p] for p in able if able[p] == g)}
    for group, part in divide(seats * MILLION, some).items():
        out.update(divide(part, {p: mine[p] for p in able if able[p] == group}))
    return out


def hundredths(amount):
    """Millionths to hundredths, halves away from zero."""
    return (abs(amount) + 5000) // 10000 * (1 if amount >= 0 else -1)


def accounts_of(problem, ledger):
    """Those of the members, on its date, of a planned slot that the ledger counts."""
    world, out = problem.world, set()
    for slot in problem.slots:
        if counts(world, ledger, slot):
            for duty, provider in world.members:
                if duty == slot.duty and world.member(provider, duty, slot.date):
                    out.add(account(world, ledger, provider, slot, problem.last))
    return sorted(a for a in out if a)


def books_hold(world, ledger, provider, slot, name):
    """Does a filled seat accrue? Where he who fills it has an account; to a ledger of persons, which holds a part of its pool, in any case."""
    row = row_of(world, provider, slot)
    return not (row is not None and row["help"] == "given") if ledger["scope"] == "person" else name is not None


def counters(problem):
    """{(ledger id, account): Counter} of the ledgers that count a planned slot."""
    world, out = problem.world, {}
    months = len({days.month(d) for d in days.days(problem.first, problem.last)})
    for ledger in world.t["ledgers"]:
        known = accounts_of(problem, ledger)
        carried, accrued = dict.fromkeys(known, 0), dict.fromkeys(known, 0)
        for r in world.t["balances"]:
            name = read_name(world, ledger, r["account"], problem.last) if r["ledger"] == ledger["id"] else None
            if name in carried and days.date(r["date"]) <= problem.last:
                carried[name] += millionths(r["carried"])

        def add(into, slot, n):
            """Is there anybody whom it is shared among?"""
            parts = accrual(world, ledger, slot, n)
            for who, part in parts.items():
                name = who if ledger["scope"] == "share" else account(world, ledger, who, slot, problem.last)
                if name in into:
                    into[name] += part
            return any(parts.values()) or not n

        for slot, n in problem.slots.items():
            if counts(world, ledger, slot):
                add(accrued, slot, n)
        by_slot = {}
        for seat in problem.published:
            if counts(world, ledger, seat.slot) and seat.slot.date <= problem.last:
                by_slot.setdefault(seat.slot, []).append(seat.provider)
        for slot, providers in by_slot.items():
            names = [account(world, ledger, p, slot, problem.last) for p in providers]
            if add(carried, slot, sum(books_hold(world, ledger, p, slot, name) for p, name in zip(providers, names))):
                for name in names:
                    if name in carried:
                        carried[name] -= MILLION
        cap = millionths(ledger["catch_up"]) * months
        for name in known:
            c = min(carried[name], cap) if cap else carried[name]
            out[ledger["id"], name] = Counter(ledger, name, hundredths(c + accrued[name]))
    return out
