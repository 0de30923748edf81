"""The structure of a text: headings, paragraphs, lists, tables and what introduces them.

An own line parser: articles are pasted without blank lines, where CommonMark
would take everything behind a bullet as part of it.
"""

from __future__ import annotations

import re

from policygraph.reading.lines import Line, split_lines
from policygraph.reading.paragraphs import ends_sentence, is_title, paragraphs
from policygraph.reading.tables import cells, is_separator, starts_table, table_end, without_emphasis
from policygraph.records import Block, BlockKind, Span

_MARKED_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)(?!#+$)")
_ITEM = re.compile(r"(?:[-*+•‣◦▪·–]|(\d{1,3})[.)])[ \t]+(?=\S)")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}+")
_UNDERLINE = re.compile(r"=+|-+")
_FENCE = ("```", "~~~")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)|<!--.*-->")
_NUMBERED_CAPTION = re.compile(r"(?:table|figure|tabla|tableau|tabelle|quadro)\s+\d", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"[\w-]+:(?:\s|$)|-\s|#")

_INTRODUCING = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CAPTION)


def structure(text: str) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks of `text` in order, and a warning for each ragged table row.

    >>> blocks, _ = structure("Key points:\\n- Trade\\n- Migration")
    >>> [(b.kind.value, b.span.quote, b.lead) for b in blocks]
    [('paragraph', 'Key points:', None), ('item', 'Trade', 0), ('item', 'Migration', 0)]
    """
    parser = _Parser(text)
    parser.run()
    return tuple(parser.blocks), tuple(parser.warnings)


class _Parser:
    """Walks over the lines once; each step takes the lines of one thing."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = split_lines(text)
        self.blocks: list[Block] = []
        self.warnings: list[str] = []
        self.tables = 0
        self.lists = 0
        # The open list: the indents of its levels, its lead, its next item.
        self.indents: list[int] = []
        self.list_lead: int | None = None
        self.items = 0

    def run(self) -> None:
        at = self._front_matter_end()
        while at < len(self.lines):
            line = self.lines[at]
            if not line.text or _RULE.fullmatch(line.text) or _PICTURE.fullmatch(line.text):
                at += 1
            elif line.text.startswith(_FENCE):
                at = self._after_fence(at)
            elif starts_table(self.lines, at):
                at = self._table(at)
            elif _MARKED_HEADING.match(line.text):
                at = self._marked_heading(at)
            elif self._is_numbered_heading(at):
                at = self._numbered_heading(at)
            elif _ITEM.match(line.text):
                at = self._item(at)
            else:
                at = self._paragraphs(at)

    def _front_matter_end(self) -> int:
        if not self.lines or self.lines[0].text != "---":
            return 0
        for at, line in enumerate(self.lines[1:], 1):
            if line.text == "---":
                return at + 1
            if line.indent == 0 and not _FRONT_MATTER.match(line.text):
                break
        return 0

    def _after_fence(self, at: int) -> int:
        """Code is no reporting; a fence that is never closed hides nothing."""
        mark = self.lines[at].text[:3]
        closing = (i for i in range(at + 1, len(self.lines)) if self.lines[i].text.startswith(mark))
        return next(closing, at) + 1

    def _add(self, kind: BlockKind, start: int, end: int, **rest: int | bool | tuple[Span, ...] | None) -> None:
        block = Block(len(self.blocks), kind, Span.of(self.text, start, end), **rest)  # type: ignore[arg-type]
        self.blocks.append(block)
        if kind is not BlockKind.ITEM:
            self.indents = []

    def _lead(self) -> int | None:
        """The block just before, where it can introduce a list or table."""
        if self.blocks and self.blocks[-1].kind in _INTRODUCING:
            return self.blocks[-1].index
        return None

    def _marked_heading(self, at: int) -> int:
        line = self.lines[at]
        marks = _MARKED_HEADING.match(line.text)
        assert marks is not None  # noqa: S101  (the caller matched it)
        body = line.text[marks.end() :].rstrip("#").rstrip()
        start = line.start + marks.end()
        self._add(BlockKind.HEADING, *without_emphasis(self.text, start, start + len(body)), level=len(marks.group(1)))
        return at + 1

    def _is_numbered_heading(self, at: int) -> bool:
        """Whether "2. What happened" opens a section: a title with running text below and no item above."""
        line = self.lines[at]
        marker = _ITEM.match(line.text)
        if marker is None or not marker.group(1) or not is_title(line.text[marker.end() :]):
            return False
        if self.blocks and self.blocks[-1].kind is BlockKind.ITEM and self.blocks[-1].ordered:
            return False
        below = self._next_with_text(at + 1)
        if below >= len(self.lines) or self.lines[below].indent > line.indent:
            return False
        running = self._is_plain(below) and not is_title(self.lines[below].text)
        return running or starts_table(self.lines, below)

    def _numbered_heading(self, at: int) -> int:
        line = self.lines[at]
        marker = _ITEM.match(line.text)
        assert marker is not None  # noqa: S101  (the caller matched it)
        self._add(BlockKind.HEADING, *without_emphasis(self.text, line.start + marker.end(), line.end), level=2)
        return at + 1

    def _table(self, at: int) -> int:
        end = table_end(self.lines, at)
        lead, columns, row = self._lead(), 0, 0
        for line in self.lines[at:end]:
            if is_separator(line):
                continue
            found = cells(self.text, line)
            columns = len(found) if row == 0 else columns
            if len(found) != columns:
                self.warnings.append(
                    f"line {line.number}: row {row} of table {self.tables + 1} has {len(found)} cells "
                    f"where its header has {columns}"
                )
            self._add(BlockKind.ROW, line.start, line.end, group=self.tables, row=row, cells=found, lead=lead)
            row += 1
        self.tables += 1
        return end

    def _item(self, at: int) -> int:
        line = self.lines[at]
        marker = _ITEM.match(line.text)
        assert marker is not None  # noqa: S101  (the caller matched it)
        level = self._item_level(line, ordered=marker.group(1) is not None)
        end = at + 1
        while end < len(self.lines) and self._continues_item(end, line):
            end += 1
        self._add(
            BlockKind.ITEM,
            line.start + marker.end(),
            self.lines[end - 1].end,
            level=level,
            group=self.lists - 1,
            row=self.items,
            lead=self.list_lead,
            ordered=marker.group(1) is not None,
        )
        self.items += 1
        return end

    def _item_level(self, line: Line, *, ordered: bool) -> int:
        """The depth of an item; opens a new list where none is open or its kind changes."""
        while len(self.indents) > 1 and line.indent < self.indents[-1]:
            self.indents.pop()
        another_kind = len(self.indents) == 1 and self.blocks[-1].level == 0 and self.blocks[-1].ordered != ordered
        if not self.indents or (another_kind and line.indent <= self.indents[0]):
            self.list_lead = self._lead()
            self.lists += 1
            self.items = 0
            self.indents = [line.indent]
        elif line.indent > self.indents[-1] + 1:
            self.indents.append(line.indent)
        return len(self.indents) - 1

    def _continues_item(self, at: int, item: Line) -> bool:
        line = self.lines[at]
        if not self._is_plain(at):
            return False
        before = self.lines[at - 1]
        return line.indent > item.indent or (line.text[0].islower() and not ends_sentence(before.text))

    def _is_plain(self, at: int) -> bool:
        """Whether the line is running text that no other structure claims."""
        text = self.lines[at].text
        return bool(text) and not (
            _RULE.fullmatch(text)
            or _PICTURE.fullmatch(text)
            or text.startswith(_FENCE)
            or _MARKED_HEADING.match(text)
            or _ITEM.match(text)
            or starts_table(self.lines, at)
        )

    def _paragraphs(self, at: int) -> int:
        end = at + 1
        while end < len(self.lines) and self._is_plain(end) and not self._is_underline(end):
            end += 1
        underline = self._is_underline(end)
        groups = paragraphs(self.lines[at:end])
        for number, group in enumerate(groups, 1):
            is_last = number == len(groups)
            self._paragraph(group, next_line=end, last=is_last, underlined=underline and is_last)
        return end + underline

    def _is_underline(self, at: int) -> bool:
        """Whether the line underlines a heading: `====`, or `----` below something like a title."""
        if at >= len(self.lines) or not _UNDERLINE.fullmatch(self.lines[at].text):
            return False
        text = self.lines[at].text
        return len(text) > 2 and (text[0] == "=" or is_title(self.lines[at - 1].text))

    def _paragraph(self, group: list[Line], *, next_line: int, last: bool, underlined: bool) -> None:
        start, end = group[0].start, group[-1].end
        body = group[0].text
        alone = len(group) == 1
        if alone and underlined:
            self._add(BlockKind.HEADING, start, end, level=1 if self.lines[next_line].text[0] == "=" else 2)
        elif alone and last and self._is_caption(body, next_line):
            self._add(BlockKind.CAPTION, start, end)
        elif alone and is_title(body) and not (last and self._next_with_text(next_line) == len(self.lines)):
            self._add(BlockKind.HEADING, *without_emphasis(self.text, start, end), level=2)
        else:
            self._add(BlockKind.PARAGRAPH, start, end)

    def _next_with_text(self, at: int) -> int:
        while at < len(self.lines) and not self.lines[at].text:
            at += 1
        return at

    def _is_caption(self, body: str, at: int) -> bool:
        """Whether a line stands as the title of the table that begins next."""
        table = self._next_with_text(at)
        before_table = table < len(self.lines) and starts_table(self.lines, table)
        return before_table and (is_title(body.rstrip(":")) or _NUMBERED_CAPTION.match(body) is not None)
