"""Rosters made worse: moves, exchanges, removals, strangers, seats told twice."""
from .problem import Seat
from .world import Slot


def some(r, problem, roster):
    """One mutated copy; `r` a random.Random."""
    out = list(roster)
    world = problem.world
    people = sorted(world.providers)
    slots = sorted(problem.slots)
    for _ in range(r.choice((1, 2, 4, 8))):
        what = r.randrange(8)
        if what == 0 and out:
            out.pop(r.randrange(len(out)))
        elif what == 1 and len(out) > 1:
            i, j = r.sample(range(len(out)), 2)
            out[i], out[j] = Seat(out[j].provider, out[i].slot), Seat(out[i].provider, out[j].slot)
        elif what in (2, 3, 4) and out:
            i = r.randrange(len(out))
            pool = sorted(p for d, p in world.members if d == out[i].slot.duty)
            out[i] = Seat(r.choice(pool if what < 4 else people), out[i].slot)
        elif what == 5 and slots:
            slot = r.choice(slots)
            pool = sorted(p for d, p in world.members if d == slot.duty)
            out.append(Seat(r.choice(pool), slot))
        elif what == 6 and out and r.randrange(4) == 0:
            out.append(r.choice(out))
        elif what == 7 and out and r.randrange(4) == 0:
            s = r.choice(out)
            other = Slot(*s.slot[:3], "reserve" if s.slot.role == "primary" else "primary")
            if other in problem.slots:
                out.append(Seat(s.provider if r.randrange(2) else r.choice(people), other))
    return out
