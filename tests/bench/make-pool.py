#!/usr/bin/env python3
"""Writes a region of one pool of N doctors who share the nights of a city: for growth with size, and for 2,000 doctors in a month.

    make-pool.py N FILE.json

One seat a night for every twenty doctors, half as many again on Sundays and holidays, in one place for
every 500 doctors (each third doctor serves in two). Of 100 doctor-days 15 cannot and 10 would rather not. A week
between two nights; loads fair over all nights and over Sundays and holidays. The same N gives the same file; all names are fictitious.
"""
import json
import sys

count, path = int(sys.argv[1]), sys.argv[2]
DAYS = 31


def draw(i, k):
    """0..99, the same on every machine."""
    h = (i * 2654435761 + k * 40503 + 12345) & 0xFFFFFFFF
    h = ((h ^ (h >> 15)) * 2246822519) & 0xFFFFFFFF
    return ((h ^ (h >> 13)) >> 7) % 100


doctors = [f"d{i:05d}" for i in range(1, count + 1)]
places = [f"place{k}" for k in range(1, count // 500 + 2)]
usual = max(1, count // 20 // len(places))
# who lives near: every doctor serves in one place, each third in the next as well
serves = [[places[i % len(places)]] + ([places[(i + 1) % len(places)]] if i % 3 == 0 and len(places) > 1 else []) for i in range(count)]
wishes = [{"survey": "2026-12", "provider": d, "type": "cannot" if draw(i, k) < 15 else "rather-not", "from": f"2026-12-{k + 1:02d}"}
          for i, d in enumerate(doctors) for k in range(DAYS) if draw(i, k) < 25]
region = {
    "format_version": 1,
    "region": {"id": "pool", "name": "大きな当番団（見本・架空）", "name_en": "A large pool (sample, fictitious)", "notice": "見本です。人名・電話番号・当番はすべて架空です。", "travel_default": 20},
    "areas": [{"id": "all", "name": "全域（架空）", "level": "region"}, {"id": "city", "name": "見本市（架空）", "level": "municipality", "parent": "all", "population": 1000 * count, "under15": 120 * count}],
    "bodies": [{"id": "body", "name": "見本市医師会（架空）", "name_en": "Medical association (fictitious)", "kind": "medical-association", "phone": "000-000-0001"}],
    "kinds": [{"id": "doctor", "name": "医師", "name_en": "doctor"}],
    "specialities": [{"id": "internal", "name": "内科", "name_en": "internal medicine"}],
    "classes": [{"id": "all", "name": "毎日", "name_en": "every day"},
                {"id": "sun", "name": "日曜・祝日", "name_en": "Sundays and holidays", "weekdays": "sun", "holiday": "yes"}],
    "providers": [{"id": d, "name": f"架空 {d}", "kana": "かくう", "kind": "doctor", "area": "city", "specialities": ["internal"]} for d in doctors],
    "duties": [{"id": b, "name": f"夜間当番 {b}", "name_en": f"night duty {b}", "title": "夜間当番", "kind": "doctor", "specialities": ["internal"], "tier": 1, "body": "body", "period": "month", "area": "all"} for b in places],
    "bands": [{"duty": b, "id": "eve", "name": "準夜", "when": "all", "from": "19:30", "to": "23:00"} for b in places],
    "seats": [{"duty": b, "band": "eve", "role": "primary", "rank": rank, "when": when, "count": n}
              for b in places for rank, when, n in [(0, "all", usual), (1, "sun", usual + (usual + 1) // 2)]],
    "members": [{"duty": b, "provider": d} for d, near in zip(doctors, serves) for b in near],
    "ledgers": [{"id": "night.all", "name": "夜間 全部", "scope": "provider", "duties": places, "class": "all", "price": 4},
                {"id": "night.sun", "name": "夜間 日曜・祝日", "scope": "provider", "duties": places, "class": "sun", "price": 8, "within": "night.all"}],
    "rules": [{"id": "rest", "type": "rest.days", "duties": places, "params": "days=7", "ja": "当番は六日以上あける", "en": "At least six days between two nights"},
              {"id": "rather", "type": "wish", "duties": places, "price": 30, "params": "wish=rather-not", "ja": "できれば避けたい日を避ける", "en": "Avoid days that somebody would rather not have"}],
    "surveys": [{"id": "2026-12", "from": "2026-12-01", "to": "2026-12-31", "duties": places, "deadline": "2026-11-05"}],
    "wishes": wishes,
    "complaints": [{"id": "internal", "name": "内科系", "name_en": "internal", "specialities": ["internal"]}],
}
with open(path, "w", encoding="utf-8") as f:
    json.dump(region, f, ensure_ascii=False, indent=1)
    f.write("\n")
