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
        """A colour that is seen on the background: black on a dark one becomes grey, white on a light one too."""
        bright = (299 * colour[0] + 587 * colour[1] + 114 * colour[2]) // 1000
        if self.dark and bright < 70:
            return tuple(min(255, part + 110) for part in colour)  # type: ignore[return-value]
        if not self.dark and bright > 200:
            return tuple(max(0, part - 110) for part in colour)  # type: ignore[return-value]
        return colour


PLAIN = TerminalStyle(colour=False, ascii=True)


def rgb(text: str) -> Rgb:
    """Red, green and blue of #rrggbb."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)
