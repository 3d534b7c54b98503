"""What a terminal can show: colours or none, on dark or on light, and with which signs."""

from __future__ import annotations

from dataclasses import dataclass

Rgb = tuple[int, int, int]


@dataclass(frozen=True)
class TerminalStyle:
    """How figures and curves are drawn. No meaning is in colour alone, whatever the style."""

    colour: bool = True
    dark: bool = True
    """Whether the background is dark."""
    ascii: bool = False
    """Signs of the typewriter only, for plain lines."""

    @property
    def markers(self) -> str:
        """A sign for each class or series, in order."""
        return "ox+*#@%&" if self.ascii else "●×+◆○▲□◇"

    @property
    def shades(self) -> str:
        """Signs from dark to bright, where there are no colours."""
        return " .:-=+*#%@" if self.ascii else " ░▒▓█"

    @property
    def line(self) -> str:
        """What joined points are drawn with; without colours each series has its own sign."""
        return "" if self.ascii or not self.colour else "braille"

    def visible(self, colour: Rgb) -> Rgb:
        """A colour of the same hue that is seen on the background: 3 to 1 and more, as WCAG 2.2 asks of graphics."""
        for _ in range(32):
            if self.dark and _luminance(colour) < DARKEST:
                colour = _mixed(colour, 255)
            elif not self.dark and _luminance(colour) > BRIGHTEST:
                colour = _mixed(colour, 0)
        return colour


DARKEST, BRIGHTEST = 0.15, 0.19
"""Luminance of what is still seen on the darkest grounds of the themes, and on their light ones."""


def _luminance(colour: Rgb) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(colour: Rgb, end: int) -> Rgb:
    red, green, blue = (round(part + (end - part) / 10) for part in colour)
    return red, green, blue


PLAIN = TerminalStyle(colour=False, ascii=True)


def rgb(text: str) -> Rgb:
    """Red, green and blue of #rrggbb."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)
