# SPDX-License-Identifier: GPL-3.0-or-later
"""C sources as the house's checks see them: the functions of a file, whatever dialect it is written in.

No parser of C: comments, literals and preprocessor lines are blanked, then a function is `name(...) {` outside of all braces."""
import collections
import glob
import os
import re
import unicodedata

WIDTH = 110
Function = collections.namedtuple("Function", "file name line lines parameters static")
NOISE = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.S)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.M)
HEAD = re.compile(r"([A-Za-z_]\w*)\s*\(")
NO_NAME = {"if", "for", "while", "switch", "return", "sizeof", "_Static_assert", "__attribute__"}


def blank(match):
    return re.sub(r"[^\n]", " ", match.group(0))


def code(text):
    """The text with everything blanked that is no code; lines and columns stay."""
    return DIRECTIVE.sub(blank, NOISE.sub(lambda m: '""'.ljust(len(m.group(0))) if m.group(0)[0] == '"' else blank(m), text))


def closing(text, at, pair):
    """Where the bracket at `at` closes."""
    depth = 0
    for i in range(at, len(text)):
        if text[i] == pair[0]:
            depth += 1
        elif text[i] == pair[1]:
            depth -= 1
            if depth == 0:
                return i
    return len(text) - 1


def count(parameters):
    """Parameters between two brackets: commas at depth 0."""
    if parameters.strip() in ("", "void"):
        return 0
    depth, n = 0, 1
    for c in parameters:
        depth += (c in "([{") - (c in ")]}")
        n += c == "," and depth == 0
    return n


def functions(name, text):
    """Every function defined in the text."""
    text, at = code(text), 0
    while True:
        brace = text.find("{", at)
        if brace < 0:
            return
        start = max(text.rfind(";", at, brace), text.rfind("}", at, brace), at - 1) + 1
        head, end = text[start:brace], closing(text, brace, "{}")
        found = HEAD.search(head)
        while found and found.group(1) in NO_NAME:
            found = HEAD.search(head, closing(head, found.end() - 1, "()"))
        if found and "=" not in head[:found.start()] and head.rstrip().endswith(")"):
            close = closing(head, found.end() - 1, "()")
            first = start + len(head) - len(head.lstrip())
            line = text.count("\n", 0, first) + 1
            yield Function(name, found.group(1), line, text.count("\n", first, end) + 1, count(head[found.end():close]),
                           bool(re.search(r"\bstatic\b", head[:found.start()])))
        at = end + 1


def prototypes(name, text):
    """Every function declared, not defined: (file, name, line, parameters)."""
    text = code(text)
    for found in re.finditer(r"^(?!\s|typedef|static|struct \w+ \{|enum \w+ \{)[\w \t*]*?\b(\w+)\(", text, re.M):
        close = closing(text, found.end() - 1, "()")
        if re.match(r"[^;{]*;", text[close + 1:close + 200]):
            yield name, found.group(1), text.count("\n", 0, found.start()) + 1, count(text[found.end():close])


def width(line):
    """Columns of a line: a wide character is two, one that combines none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def sources(top, *patterns):
    """Files of the tree, as paths from its top."""
    return sorted(os.path.relpath(f, top) for p in patterns for f in glob.glob(os.path.join(top, p), recursive=True))
