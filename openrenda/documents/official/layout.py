"""Measures of GB/T 9704-2012. Every name carries its unit; twips are twentieths of a point."""

from __future__ import annotations

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210, 297
TOP_MM, LEFT_MM, RIGHT_MM, BOTTOM_MM = 37, 28, 26, 35
TYPE_WIDTH_MM, TYPE_HEIGHT_MM = 156, 225
LINES, CHARACTERS = 22, 28

PAGE_WIDTH_TWIPS, PAGE_HEIGHT_TWIPS = 11906, 16838
TOP_TWIPS, LEFT_TWIPS, RIGHT_TWIPS, BOTTOM_TWIPS = 2098, 1588, 1474, 1984
TYPE_WIDTH_TWIPS = PAGE_WIDTH_TWIPS - LEFT_TWIPS - RIGHT_TWIPS
LINE_TWIPS = 579  # 225 mm ÷ 22 lines, rounded down so that 22 lines always fit
PITCH_TWENTIETHS = -5  # 16 pt less 0.25 pt: 28 characters take 441.0 of 442.2 pt, a 29th does not fit
FOOTER_TWIPS = 1304  # the foot of a size-4 line that begins 7 mm below the type area

SIZE_2_POINTS, SIZE_3_POINTS, SIZE_4_POINTS = 22, 16, 14
TITLE_LINE_TWIPS = 660
ISSUER_LARGEST_POINTS, ISSUER_SMALLEST_POINTS = 40, 22
ISSUER_BELOW_TYPE_TOP_MM = 35
RED_LINE_BELOW_NUMBER_MM = 4

LETTER_ISSUER_BELOW_PAGE_TOP_MM = 30
LETTER_RULE_MM = 170
LETTER_RULE_ABOVE_PAGE_FOOT_MM = 20

THICK_RULE_MM, THIN_RULE_MM = 0.35, 0.25
THICK_RULE_EIGHTHS, THIN_RULE_EIGHTHS = 8, 6  # eighths of a point

SONG, FANG, HEI, KAI, TITLE = "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
RED = "FF0000"


def twips(millimetres: float) -> int:
    return round(millimetres / 25.4 * 1440)


def issuer_points(issuer: str, width_mm: float) -> int:
    """As large as the line allows: the whole name on one line, between 22 and 40 points."""
    fitting = int(width_mm / 25.4 * 72 / max(len(issuer), 1))
    return max(ISSUER_SMALLEST_POINTS, min(ISSUER_LARGEST_POINTS, fitting))
