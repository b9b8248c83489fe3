"""Endless payloads for the owners' language: written by a loose grammar, or bent from those of the corpus."""

import random
import re
from collections.abc import Iterator

from tests.bpmn.sandbox import own_attacks, shared_corpus

BLANK = re.compile("<([a-z])>")
NAMES = (
    *("score", "name", "grades", "items", "closed", "data", "big", "long", "other_long", "deep", "other_deep", "huge"),
    *("wide", "nan", "nul", "surrogate", "rows", "left", "right", "reserved", "odd_keys", "case", "module", "alien"),
    *("function", "missing", "x", "y", "len", "wd", "_meter", "__builtins__", "_call", "_the_input", "ſcore", "true"),
)
FUNCTIONS = (
    *("len", "sum", "min", "max", "any", "all", "abs", "round", "str", "int", "bool", "lower", "upper", "sorted"),
    *(
        "wd",
        "lucky",
        "lend",
        "broken",
        "cyclic",
        "spill",
        "open",
        "eval",
        "getattr",
        "range",
        "type",
        "_reckon",
        "_put",
    ),
)
FIELDS = (
    "flag",
    "deeper",
    "list",
    "grade",
    "days",
    "inner",
    "__class__",
    "upper",
    "format",
    "append",
    "update",
    "gi_frame",
)
LITERALS = (
    *("0", "1", "-1", "2", "3.5", "9223372036854775807", "1e308", "1e999", "1000000000", "0x10", "1_0", "1j", "0o7"),
    *(
        "''",
        "'a'",
        '"good"',
        "'é'",
        "'\\n'",
        "'\\x00'",
        "b'a'",
        "u'a'",
        "'%s'",
        "'{}'",
        "'flag'",
        "'typename'",
        "'__x'",
    ),
    *("True", "False", "None", "...", "[]", "()", "{}", "{1}", "'" + "b" * 900 + "'"),
)
OPERATORS = (
    *("+", "-", "*", "/", "//", "%", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "is", "is not", "and", "or"),
    *("**", "<<", ">>", "&", "|", "^", "@", ":="),
)
SCRAPS = (
    *(
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        ".",
        "=",
        "+=",
        ";",
        "#",
        "\\",
        "?",
        "\n",
        "\n    ",
        "'",
        '"',
        "*",
        "**",
        "`",
    ),
    *(" for x in ", " if ", " else ", "lambda x: ", "await ", "yield ", "import os", "del ", "def f():", "class A: "),
    *(
        "while True: ",
        "try: ",
        "with x: ",
        "@",
        "->",
        "\0",
        "\ud800",
        "\u202e",
        "ｘ",
        "é",
        "“",
        "𝘰",
        "f'{",
        "}'",
        "$",
        "!",
    ),
)
STATEMENTS = (
    *("<t> = <e>", "<t> = <e>", "<t> = <e>", "<t> <a>= <e>", "if <e>:\n    <t> = <e>\nelse:\n    <t> = <e>", "pass"),
    *("for x in <e>:\n    <t> = <e>", "while <e>:\n    <t> = <e>", "def f(x):\n    return <e>", "<e>", "del <t>"),
    *("<t>: int = <e>", "<t> = <t> = <e>", "<t>, <t> = <e>", "import <n>", "return <e>"),
    "try:\n    <t> = <e>\nexcept Exception:\n    pass",
)
TARGETS = (
    *("x", "y", "<n>", "<n>[<e>]", "data['flag']", "data['deeper']['list'][<e>]", "items[<e>]", "rows[0]['days']"),
    "<n>.<f>",
)
SHAPES = (
    *(
        "<e> <o> <e>",
        "(<e> <o> <e>)",
        "(<e> <o> <e> <o> <e>)",
        "<g>(<e>)",
        "<g>(<e>, <e>)",
        "[<e>, <e>, <e>]",
        "(<e>, <e>)",
    ),
    *(
        "<g>(<e> for x in <e> if <e>)",
        "[<e> for x in <c>]",
        "[<e> for <n> in <e>]",
        "<e>[<e>]",
        "<e>[<e>:<e>]",
        "<e>.<f>",
    ),
    *("{<e>: <e>, <e>: <e>}", "(<e> if <e> else <e>)", "not <e>", "-<e>", "+<e>", "- - -<e>", "not not <e>"),
    *("(<e> <q> <e>)", "<h>(<e>)", "<h>(<e>, <e>)", "<h>(*<e>)", "<h>(**<e>)", "<h>(reverse=<e>)", "<h>(key=<e>)"),
    *(
        "<h>(n=<e>)",
        "<h>(_x=<e>)",
        "<e>[::<e>]",
        "<e>.<f>(<e>)",
        "{**<e>}",
        "~<e>",
        "(lambda x: <e>)(<e>)",
        "(x := <e>)",
    ),
    *(
        "(<e> for x in <e> for y in <e>)",
        "f'{<n>} and {<n>.<f>}'",
        "f'{<n>!r}'",
        "f'{<n>:>10}'",
        "f'{<n>=}'",
        "((((((<e>))))))",
    ),
    *("<e> + <e> + <e> + <e> + <e> + <e> + <e> + <e> + <e>", "[[[[[[[[<e>]]]]]]]]", "[x for x in [y for y in <e>]]"),
)
SOUND_SHAPES = SHAPES[:20]


def payloads(rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield (mode, text) without end; the same for the same seed."""
    corpus = [one.text for one in (*shared_corpus(), *own_attacks())]
    while True:
        mode = rng.choices(("expr", "exec", "cell"), (55, 30, 15))[0]
        writer = Writer(rng, sound=rng.random() < 0.6)
        text = writer.script() if mode == "exec" else writer.expression(rng.randint(1, 4))
        if mode == "cell" and rng.random() < 0.5:
            text = f"{rng.choice(OPERATORS)} {text}"
        if rng.random() < 0.3:
            text = bent(rng, rng.choice((text, rng.choice(corpus))), corpus)
        yield mode, text


class Writer:
    """Writes sources; a sound one mostly keeps to what the language allows."""

    def __init__(self, rng: random.Random, sound: bool) -> None:
        self.rng = rng
        self.shapes = SOUND_SHAPES if sound else SHAPES
        self.leaves = NAMES[:6] + LITERALS[:5] if sound else NAMES + LITERALS
        self.statements = STATEMENTS[:6] if sound else STATEMENTS
        self.parts = {
            "t": TARGETS[:8] if sound else TARGETS,
            "a": OPERATORS[:6],
            "o": OPERATORS[:18],
            "q": OPERATORS,
            "n": NAMES[:6] if sound else NAMES,
            "f": FIELDS[:5] if sound else FIELDS,
            "g": FUNCTIONS[:15] if sound else FUNCTIONS,
            "h": FUNCTIONS,
            "c": ("big", "rows", "left", "items", "long", "wide", "grades"),
        }

    def script(self) -> str:
        return "\n".join(self.filled(self.rng.choice(self.statements), 3) for _ in range(self.rng.randint(1, 5)))

    def expression(self, depth: int) -> str:
        if depth <= 0 or self.rng.random() < 0.2:
            return self.rng.choice(self.leaves)
        return self.filled(self.rng.choice(self.shapes), depth)

    def filled(self, pattern: str, depth: int) -> str:
        return BLANK.sub(lambda blank: self.part(blank[1], depth - 1), pattern)

    def part(self, name: str, depth: int) -> str:
        if name == "e":
            return self.expression(depth)
        return self.filled(self.rng.choice(self.parts[name]), depth)


def bent(rng: random.Random, text: str, corpus: list[str]) -> str:
    """Return the text with one to four accidents."""
    for _ in range(rng.randint(1, 4)):
        start = rng.randint(0, len(text))
        end = min(len(text), start + rng.randint(0, 8))
        accident = rng.randrange(6)
        if accident == 0:
            text = text[:start] + text[end:]
        elif accident == 1:
            text = text[:start] + text[start:end] * rng.randint(2, 40) + text[end:]
        elif accident == 2:
            text = text[:start] + rng.choice(SCRAPS) + text[start:]
        elif accident == 3:
            text = text[:start] + rng.choice(NAMES + FUNCTIONS + LITERALS) + text[end:]
        elif accident == 4:
            other = rng.choice(corpus)
            text = text[:start] + other[rng.randint(0, len(other)) :]
        else:
            text = text[:start] + chr(rng.choice((rng.randrange(32, 127), rng.randrange(0x3000)))) + text[end:]
    return text
