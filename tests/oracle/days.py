"""Dates, minutes and national holidays. A minute is counted from 0:00 of 0001-01-01, so that a night needs no care."""
import datetime as dt

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 1440


def date(text):
    return dt.date.fromisoformat(text)


def days(first, last):
    return [first + dt.timedelta(n) for n in range((last - first).days + 1)]


def weekday(day):
    return WEEKDAYS[day.weekday()]


def midnight(day):
    return day.toordinal() * DAY


def day_of(minute):
    return dt.date.fromordinal(minute // DAY)


def clock(text):
    """'32:30' or '翌08:30' as minutes."""
    next_day = text.startswith("翌")
    hours, minutes = text.lstrip("翌").split(":")
    return int(hours) * 60 + int(minutes) + DAY * next_day


def instant(text):
    day, hour = text.split("T")
    return midnight(date(day)) + clock(hour)


def fiscal(day):
    return day.year - (day.month < 4)


def month(day):
    return day.year * 12 + day.month - 1


def first_of(month_number):
    return dt.date(month_number // 12, month_number % 12 + 1, 1)


def age(born, day):
    """Completed years; who was born on 29 February has his birthday on 1 March where there is none."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def overlap(a, b):
    """Of [from, to): ends that only touch do not."""
    return a[0] < b[1] and b[0] < a[1]


def days_of(intervals):
    """Days of which one of them holds a minute."""
    return sorted({day_of(m) for a, b in intervals for m in (*range(a, b, DAY), b - 1)})


def named_by_law(year):
    """The holidays of a year from 2022 on that have a name: day -> name."""

    def monday(month_, n):
        first = dt.date(year, month_, 1)
        return first + dt.timedelta((0 - first.weekday()) % 7 + 7 * (n - 1))

    def equinox(base):
        return int(base + 0.242194 * (year - 1980)) - (year - 1980) // 4

    fixed = "元日 1 1,建国記念の日 2 11,天皇誕生日 2 23,昭和の日 4 29,憲法記念日 5 3,みどりの日 5 4,こどもの日 5 5,山の日 8 11,文化の日 11 3,勤労感謝の日 11 23"
    named = {dt.date(year, int(m), int(d)): name for name, m, d in (x.split() for x in fixed.split(","))}
    named |= {monday(1, 2): "成人の日", monday(7, 3): "海の日", monday(9, 3): "敬老の日", monday(10, 2): "スポーツの日"}
    return named | {dt.date(year, 3, equinox(20.8431)): "春分の日", dt.date(year, 9, equinox(23.2488)): "秋分の日"}


def law(year):
    """The same, and the days off that they make."""
    named = named_by_law(year)
    found = set(named)
    one = dt.timedelta(1)
    for day in sorted(named):
        if day.weekday() == 6:
            while day in named:
                day += one
            found.add(day)
        elif day + 2 * one in named and day + one not in named and (day + one).weekday() != 6:
            found.add(day + one)
    return found
